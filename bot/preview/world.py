"""The people, chats and messages of the local Telegram, all in memory."""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.preview.events import Events
from bot.preview.files import Files
from bot.preview.profile import BotProfile
from bot.preview.wire import Json

# Enough to scroll through; a load test must not fill the memory.
LONGEST_HISTORY = 3000


@dataclass(slots=True)
class Message:
    """One message as the chat shows it now, edits applied."""

    id: int
    chat: Chat
    sender: Json | None
    date: int
    content: Json
    by_bot: bool = False
    markup: Json | None = None
    had_keyboard: bool = False
    edit_date: int = 0
    reply_to: Message | None = None
    seen: bool = False

    def as_json(self) -> Json:
        """The Message object of the Bot API."""
        body: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.as_json()}
        if self.sender:
            body["from"] = self.sender
        else:
            body["sender_chat"] = self.chat.as_json()
        if self.edit_date:
            body["edit_date"] = self.edit_date
        if self.reply_to:
            original = self.reply_to.as_json()
            original.pop("reply_to_message", None)  # Telegram nests one level
            body["reply_to_message"] = original
        body.update(self.content)
        if self.markup:
            body["reply_markup"] = self.markup
        return body


@dataclass(slots=True)
class Chat:
    """A conversation the bot is part of; `user` is set in a private one."""

    id: int
    kind: str
    title: str = ""
    user: Json | None = None
    started: bool = False
    blocked: bool = False
    deleted: bool = False
    moved_to: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    bot_said: deque[Message] = field(default_factory=lambda: deque(maxlen=LONGEST_HISTORY))
    bot_said_count: int = 0
    keyboard: Json | None = None
    menu_button: Json | None = None

    def as_json(self) -> Json:
        """The Chat object of the Bot API."""
        body: Json = {"id": self.id, "type": self.kind}
        if self.user is None:
            body["title"] = self.title
            return body
        for name in ("first_name", "last_name", "username"):
            if self.user.get(name):
                body[name] = self.user[name]
        return body

    def hear(self, message: Message) -> None:
        """Notes that the bot said or changed something, for who waits for it."""
        self.bot_said.append(message)
        self.bot_said_count += 1


class World:
    """Everything the server knows. Nothing here asks anything of the network."""

    def __init__(self, clock: Clock, profile: BotProfile) -> None:
        self.clock = clock
        self.profile = profile
        self.events = Events()
        self.files = Files()
        self.chats: dict[int, Chat] = {}
        # A bot keeps message ids across restarts of this server: an old id must not
        # suddenly mean another message.
        self._last_message = secrets.randbelow(1_000_000_000)

    def timestamp(self) -> int:
        """Now, in seconds as Telegram counts."""
        return int(self.clock.now().timestamp())

    def person(self, user_id: int, first_name: str, language_code: str | None) -> Chat:
        """The private chat with a person, who is made known if new."""
        chat = self.chats.get(user_id)
        if chat is None:
            user: Json = {"id": user_id, "is_bot": False, "first_name": first_name}
            if language_code:
                user["language_code"] = language_code
            chat = self.chats[user_id] = Chat(user_id, "private", user=user)
            self.events.publish(user_id, "person", {})
        return chat

    def group(self, title: str, kind: str) -> Chat:
        """The group, supergroup or channel with this title, made if new."""
        for chat in self.chats.values():
            if chat.kind == kind and chat.title == title:
                return chat
        prefix = 0 if kind == "group" else -1_000_000_000_000
        chat_id = prefix - (1000 + secrets.randbelow(900_000_000))
        chat = self.chats[chat_id] = Chat(chat_id, kind, title, started=True)
        return chat

    def user(self, user_id: int) -> Json | None:
        """The User object of a known person."""
        chat = self.chats.get(user_id)
        return chat.user if chat else None

    def add(
        self,
        chat: Chat,
        sender: Json | None,
        content: Json,
        *,
        by_bot: bool = False,
        markup: Json | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Puts a message into the chat and shows it to who is looking."""
        self._last_message += 1
        message = Message(self._last_message, chat, sender, self.timestamp(), content, by_bot)
        message.reply_to = reply_to
        if markup and "inline_keyboard" in markup:
            message.markup = markup
        elif markup:
            message.had_keyboard = True
            chat.keyboard = None if "remove_keyboard" in markup else markup
        chat.messages[message.id] = message
        if len(chat.messages) > LONGEST_HISTORY:
            del chat.messages[next(iter(chat.messages))]
        if by_bot:
            chat.hear(message)
        if message.had_keyboard:
            self.events.publish(chat.id, "keyboard", {"keyboard": chat.keyboard})
        self.events.publish(chat.id, "message", shown(message))
        return message

    def edit(self, message: Message, content: Json, markup: Json | None) -> None:
        """Replaces what a message says and the buttons under it."""
        message.content, message.markup = content, markup
        message.edit_date = self.timestamp()
        if message.by_bot:
            message.chat.hear(message)
        self.events.publish(message.chat.id, "edited", shown(message))

    def delete(self, message: Message) -> None:
        """Takes a message out of the chat."""
        del message.chat.messages[message.id]
        self.events.publish(message.chat.id, "deleted", {"message_id": message.id})

    def saw(self, chat: Chat, message_id: int) -> None:
        """The bot has taken this message."""
        message = chat.messages.get(message_id)
        if message and not message.seen:
            message.seen = True
            self.events.publish(chat.id, "seen", {"message_id": message_id})


def shown(message: Message) -> Json:
    """A message as the chat page needs it."""
    return {**message.as_json(), "by_bot": message.by_bot, "seen": message.seen}
