"""What people do in chats, turned into messages there and updates for the bot."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.errors import Conflict, NotFound
from bot.preview.editing import Editing
from bot.preview.files import image_size
from bot.preview.formatting import CAPTION_LIMIT, TEXT_LIMIT, format_text, plain_text
from bot.preview.sending import document_json, photo_json
from bot.preview.updates import Update, Updates
from bot.preview.wire import Json, Upload, utf16_length
from bot.preview.world import Chat, Message, World


class Acts:
    """Every act of a person; each tells the bot in the form Telegram tells it."""

    def __init__(self, world: World, updates: Updates, editing: Editing) -> None:
        self.world = world
        self.updates = updates
        self.editing = editing
        updates.on_taken = self._taken

    def say(self, chat: Chat, text: str, reply_to: int | None, sender: Json | None = None) -> int:
        """A typed text, cut into several messages when it is too long for one."""
        message_id = 0
        for part in _parts(text):
            formatted = plain_text(part)
            if formatted.text:
                content = formatted.as_json("text", self.world.user)
                message_id = self.send(chat, content, reply_to=reply_to, sender=sender)
        if not message_id:
            raise Conflict("An empty message cannot be sent.")
        return message_id

    def send(
        self, chat: Chat, content: Json, *, reply_to: int | None = None, sender: Json | None = None
    ) -> int:
        """Any message of a person. Raises Conflict while they have blocked the bot."""
        if chat.blocked:
            raise Conflict("The bot is blocked here; unblock it first.")
        chat.started = True
        original = chat.messages.get(reply_to) if reply_to else None
        message = self.world.add(chat, sender or chat.user, content, reply_to=original)
        self._tell("message", chat, message.as_json())
        return message.id

    def send_contact(self, chat: Chat, phone_number: str) -> int:
        """The person's own phone number."""
        user = chat.user or {}
        contact = {"phone_number": phone_number, "user_id": chat.id}
        contact["first_name"] = user.get("first_name", "")
        return self.send(chat, {"contact": contact})

    def send_photo(self, chat: Chat, data: bytes, caption: str, mime: str) -> int:
        """A picture; what is none goes as a file, as Telegram's apps do."""
        size = image_size(data)
        extension = mime.rpartition("/")[2].replace("jpeg", "jpg")
        upload = Upload(f"photo.{extension}", mime, data)
        if size is None:
            return self.send_document(chat, data, upload.name, mime, caption)
        stored = self.world.files.keep(upload, "photos")
        return self.send(chat, {"photo": [photo_json(stored, size)], **self._caption(caption)})

    def send_voice(self, chat: Chat, data: bytes, duration: int, mime: str) -> int:
        """A voice message."""
        extension = "oga" if "ogg" in mime else mime.partition(";")[0].rpartition("/")[2]
        stored = self.world.files.keep(Upload(f"voice.{extension}", mime, data), "voice")
        voice = {**stored.as_json(), "duration": duration, "mime_type": mime.partition(";")[0]}
        return self.send(chat, {"voice": voice})

    def send_document(self, chat: Chat, data: bytes, filename: str, mime: str, caption: str) -> int:
        """A file."""
        stored = self.world.files.keep(Upload(filename, mime, data), "documents")
        return self.send(chat, {"document": document_json(stored), **self._caption(caption)})

    def send_sticker(self, chat: Chat, emoji: str) -> int:
        """A sticker; the picture behind it is a drawing of its emoji."""
        picture = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
            '<text x="256" y="400" font-size="400" text-anchor="middle">'
            f"{escape(emoji)}</text></svg>"
        )
        upload = Upload("sticker.svg", "image/svg+xml", picture.encode())
        stored = self.world.files.keep(upload, "stickers")
        sticker = {**stored.as_json(), "type": "regular", "width": 512, "height": 512}
        sticker |= {"is_animated": False, "is_video": False, "emoji": emoji}
        return self.send(chat, {"sticker": sticker})

    def edit(self, chat: Chat, message_id: int, text: str) -> None:
        """Changes the text or caption of an own message."""
        message = chat.messages.get(message_id)
        if message is None or message.by_bot:
            raise NotFound("There is no such message of yours.")
        if "text" in message.content:
            content = plain_text(text).as_json("text", self.world.user)
        else:
            kept = {k: v for k, v in message.content.items() if not k.startswith("caption")}
            content = {**kept, **self._caption(text)}
        if content == message.content:
            return
        self.world.edit(message, content, message.markup)
        self._tell("edited_message", chat, message.as_json())

    def tap(self, chat: Chat, message_id: int, data: str) -> str:
        """A tapped inline button; returns the callback query's id."""
        message = chat.messages.get(message_id)
        if message is None:
            raise NotFound("This message is gone.")
        if chat.blocked:
            raise Conflict("The bot is blocked here; unblock it first.")
        query = self.editing.tapped(chat)
        body: Json = {"id": query, "from": chat.user, "message": message.as_json(), "data": data}
        body["chat_instance"] = str(chat.id)
        self.updates.put("callback_query", f"user:{chat.id}", body)
        return query

    def set_blocked(self, chat: Chat, blocked: bool, by: Json | None = None) -> None:
        """Blocks or unblocks the bot, or takes it out of a group or back in."""
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        self._membership(chat, by or chat.user, was_member=blocked)
        self.world.events.publish(chat.id, "blocked", {"blocked": blocked})

    def join_group(self, member: Chat, title: str) -> Chat:
        """The group with this title; a new one is made and the bot taken in."""
        known = set(self.world.chats)
        chat = self.world.group(title, "group")
        if chat.id not in known:
            self._membership(chat, member.user, was_member=False)
        return chat

    def migrate(self, group: Chat, by: Json | None) -> int:
        """Turns a group into a supergroup with another id."""
        new = self.world.group(group.title, "supergroup")
        group.moved_to = new.id
        old_notice = self.world.add(group, by, {"migrate_to_chat_id": new.id})
        new_notice = self.world.add(new, by, {"migrate_from_chat_id": group.id})
        self._tell("message", group, old_notice.as_json())
        self._tell("message", new, new_notice.as_json())
        return new.id

    def channel_post(self, title: str, text: str) -> int:
        """A post in a channel the bot administers."""
        chat = self.world.group(title, "channel")
        content = plain_text(text).as_json("text", self.world.user)
        message: Message = self.world.add(chat, None, content)
        self._tell("channel_post", chat, message.as_json())
        return message.id

    def _membership(self, chat: Chat, by: Json | None, *, was_member: bool) -> None:
        bot = self.world.profile.user()
        inside: Json = {"status": "member", "user": bot}
        outside: Json = {"status": "left", "user": bot}
        if chat.kind == "private" or was_member:
            outside = {"status": "kicked", "user": bot, "until_date": 0}
        before, after = (inside, outside) if was_member else (outside, inside)
        body: Json = {"chat": chat.as_json(), "from": by, "date": self.world.timestamp()}
        body |= {"old_chat_member": before, "new_chat_member": after}
        self.updates.put("my_chat_member", str(chat.id), body)

    def _caption(self, caption: str) -> Json:
        formatted = format_text(caption, None, None, CAPTION_LIMIT)
        return formatted.as_json("caption", self.world.user) if formatted.text else {}

    def _tell(self, kind: str, chat: Chat, body: Json) -> None:
        self.updates.put(kind, str(chat.id), body)

    def _taken(self, update: Update) -> None:
        if update.kind in ("message", "edited_message") and "chat" in update.body:
            chat = self.world.chats.get(update.body["chat"]["id"])
            if chat:
                self.world.saw(chat, update.body["message_id"])


def _parts(text: str) -> Iterator[str]:
    """The text in pieces Telegram takes, cut at a blank where there is one."""
    while utf16_length(text) > TEXT_LIMIT:
        cut = TEXT_LIMIT
        while utf16_length(text[:cut]) > TEXT_LIMIT:
            cut -= 1
        blank = max(text.rfind(" ", cut // 2, cut), text.rfind("\n", cut // 2, cut))
        cut = blank if blank > 0 else cut
        yield text[:cut]
        text = text[cut:].lstrip()
    yield text
