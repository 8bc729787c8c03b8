"""Changing what was sent: edits, deletions, and answers to tapped buttons."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.preview.keyboards import check_markup
from bot.preview.sending import Sending
from bot.preview.wire import Json, bad_request
from bot.preview.world import Chat, Message, World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
DELETABLE_FOR = timedelta(hours=48)


@dataclass(slots=True)
class Tap:
    """A tapped button, and the bot's answer once it came."""

    chat: int
    until: datetime
    answer: Json | None = None


class Editing:
    """Edits, deletions and callback answers in the world's chats."""

    def __init__(self, world: World, sending: Sending, callback_lifetime: timedelta) -> None:
        self.world = world
        self.sending = sending
        self.callback_lifetime = callback_lifetime
        self._taps: dict[str, Tap] = {}

    async def text(self, params: Json) -> Json:
        """editMessageText."""
        message = self._editable(params)
        if "text" not in params:
            raise bad_request("message text is empty")
        formatted = self.sending.formatted(params, "text")
        if "text" not in message.content:
            raise bad_request("there is no text in the message to edit")
        content = formatted.as_json("text", self.world.user)
        if "link_preview_options" in params:
            content["link_preview_options"] = params["link_preview_options"]
        return self._change(message, content, params)

    async def caption(self, params: Json) -> Json:
        """editMessageCaption."""
        message = self._editable(params)
        if not {"photo", "document", "voice", "audio", "video"} & message.content.keys():
            raise bad_request("there is no caption in the message to edit")
        kept = {k: v for k, v in message.content.items() if not k.startswith("caption")}
        formatted = self.sending.formatted(params, "caption")
        if formatted.text:
            kept.update(formatted.as_json("caption", self.world.user))
        return self._change(message, kept, params)

    async def markup(self, params: Json) -> Json:
        """editMessageReplyMarkup."""
        message = self._editable(params)
        return self._change(message, message.content, params)

    async def delete(self, params: Json) -> bool:
        """deleteMessage."""
        chat = self.sending.chat(params["chat_id"])
        message = chat.messages.get(params["message_id"])
        if message is None:
            raise bad_request("message to delete not found")
        age = self.world.timestamp() - message.date
        if age > DELETABLE_FOR.total_seconds() or (chat.kind != "private" and not message.by_bot):
            raise bad_request("message can't be deleted for everyone")
        self.world.delete(message)
        return True

    def tapped(self, chat: Chat) -> str:
        """The id of a new callback query, to be answered before its time is over."""
        now = self.world.clock.now()
        for query in [q for q, tap in self._taps.items() if tap.until <= now]:
            del self._taps[query]
        query = str(10**17 + secrets.randbelow(9 * 10**17))
        self._taps[query] = Tap(chat.id, now + self.callback_lifetime)
        return query

    async def answer_callback(self, params: Json) -> bool:
        """answerCallbackQuery."""
        query = params["callback_query_id"]
        tap = self._taps.get(query)
        if tap is None or tap.until <= self.world.clock.now():
            raise bad_request(TOO_OLD)
        if "url" in params:
            raise bad_request("URL_INVALID")  # games and t.me/bot?start= only
        answer = {
            "id": query,
            "text": params.get("text", ""),
            "show_alert": params.get("show_alert", False),
        }
        tap.answer = answer
        self.world.events.publish(tap.chat, "answer", answer)
        return True

    def answer_of(self, query: str) -> Json | None:
        """What the bot answered to a tap; None so far."""
        tap = self._taps.get(query)
        return tap.answer if tap else None

    def _editable(self, params: Json) -> Message:
        if "inline_message_id" in params:
            raise bad_request("MESSAGE_ID_INVALID")
        if "chat_id" not in params or "message_id" not in params:
            raise bad_request("message identifier is not specified")
        chat = self.sending.chat(params["chat_id"])
        message = chat.messages.get(params["message_id"])
        if message is None:
            raise bad_request("message to edit not found")
        # Telegram edits no message that came with a reply keyboard.
        if not message.by_bot or message.had_keyboard:
            raise bad_request("message can't be edited")
        return message

    def _change(self, message: Message, content: Json, params: Json) -> Json:
        markup = params.get("reply_markup")
        if markup is not None:
            markup = check_markup(markup, private=message.chat.kind == "private")
            markup = markup if markup["inline_keyboard"] else None
        if content == message.content and markup == message.markup:
            raise bad_request(NOT_MODIFIED)
        self.sending.flood.count(message.chat.id)
        self.world.edit(message, content, markup)
        return message.as_json()
