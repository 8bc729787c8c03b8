"""The send methods: what a bot can put into a chat."""

from __future__ import annotations

from typing import Any

from bot.preview.faults import Flood
from bot.preview.files import BIGGEST_PHOTO, StoredFile, image_size
from bot.preview.formatting import CAPTION_LIMIT, TEXT_LIMIT, Formatted, format_text
from bot.preview.keyboards import check_markup
from bot.preview.wire import Json, Refused, Upload, bad_request
from bot.preview.world import Chat, Message, World

CHAT_ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)
# Real at Telegram, but a world of one bot and plain chats has none of these.
NOT_HERE = {
    "business_connection_id": "business connection not found",
    "message_thread_id": "message thread not found",
    "direct_messages_topic_id": "DIRECT_MESSAGES_TOPIC_NOT_FOUND",
    "suggested_post_parameters": "suggested posts can be sent to channel direct messages only",
}


class Sending:
    """Puts the bot's messages into the world's chats."""

    def __init__(self, world: World, flood: Flood) -> None:
        self.world = world
        self.flood = flood

    def chat(self, chat_id: int | str) -> Chat:
        """The chat the bot may write to. Raises Refused as Telegram does."""
        chat = self.known_chat(chat_id)
        if chat.moved_to:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.moved_to},
            )
        if chat.deleted:
            raise Refused(403, "Forbidden: user is deactivated")
        if chat.blocked:
            private = chat.kind == "private"
            words = (
                "was blocked by the user" if private else f"was kicked from the {chat.kind} chat"
            )
            raise Refused(403, f"Forbidden: bot {words}")
        if not chat.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def known_chat(self, chat_id: int | str) -> Chat:
        """The chat with this id. Raises Refused when there is none."""
        chat = self.world.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def formatted(self, params: Json, name: str) -> Formatted:
        """The "text" or "caption" parameter as it will be shown."""
        entities = params.get("entities" if name == "text" else "caption_entities")
        limit = TEXT_LIMIT if name == "text" else CAPTION_LIMIT
        result = format_text(params.get(name, ""), params.get("parse_mode"), entities, limit)
        if name == "text" and not result.text:
            empty = not params.get(name)
            raise bad_request("message text is empty" if empty else "text must be non-empty")
        return result

    async def message(self, params: Json) -> Json:
        """sendMessage."""
        chat = self.chat(params["chat_id"])
        content = self.formatted(params, "text").as_json("text", self.world.user)
        if "link_preview_options" in params:
            content["link_preview_options"] = params["link_preview_options"]
        return self._put(chat, params, content)

    async def photo(self, params: Json) -> Json:
        """sendPhoto."""
        chat = self.chat(params["chat_id"])
        stored = self._stored(params, "photo", "photos")
        size = image_size(stored.data)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if len(stored.data) > BIGGEST_PHOTO:
            raise bad_request("file is too big")
        if sum(size) > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self._put_file(chat, params, {"photo": [photo_json(stored, size)]})

    async def document(self, params: Json) -> Json:
        """sendDocument."""
        stored = self._stored(params, "document", "documents")
        return self._put_file(
            self.chat(params["chat_id"]), params, {"document": document_json(stored)}
        )

    async def voice(self, params: Json) -> Json:
        """sendVoice."""
        stored = self._stored(params, "voice", "voice")
        voice = {**_media(stored), "duration": params.get("duration", 0)}
        return self._put_file(self.chat(params["chat_id"]), params, {"voice": voice})

    async def audio(self, params: Json) -> Json:
        """sendAudio."""
        stored = self._stored(params, "audio", "music")
        audio = {**document_json(stored), "duration": params.get("duration", 0)}
        audio.update({name: params[name] for name in ("performer", "title") if name in params})
        return self._put_file(self.chat(params["chat_id"]), params, {"audio": audio})

    async def video(self, params: Json) -> Json:
        """sendVideo."""
        stored = self._stored(params, "video", "videos")
        sizes = {name: params.get(name, 0) for name in ("duration", "width", "height")}
        return self._put_file(
            self.chat(params["chat_id"]), params, {"video": {**document_json(stored), **sizes}}
        )

    async def location(self, params: Json) -> Json:
        """sendLocation."""
        names = ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")
        extra = {name: params[name] for name in names if name in params}
        content = {"location": {**_place(params), **extra}}
        return self._put(self.chat(params["chat_id"]), params, content)

    async def venue(self, params: Json) -> Json:
        """sendVenue."""
        names = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
        venue: Json = {"location": _place(params)}
        venue.update({name: params[name] for name in ("title", "address")})
        venue.update({name: params[name] for name in names if name in params})
        if not venue["title"].strip():
            raise bad_request("venue title must be non-empty")
        content = {"venue": venue, "location": venue["location"]}
        return self._put(self.chat(params["chat_id"]), params, content)

    async def contact(self, params: Json) -> Json:
        """sendContact."""
        names = ("phone_number", "first_name", "last_name", "vcard")
        contact = {name: params[name] for name in names if name in params}
        if not contact["phone_number"].strip():
            raise bad_request("contact phone number must be non-empty")
        if not contact["first_name"].strip():
            raise bad_request("contact first name must be non-empty")
        return self._put(self.chat(params["chat_id"]), params, {"contact": contact})

    async def chat_action(self, params: Json) -> bool:
        """sendChatAction."""
        chat = self.chat(params["chat_id"])
        if params["action"] not in CHAT_ACTIONS:
            raise bad_request("wrong parameter action in request")
        self.world.events.publish(chat.id, "action", {"action": params["action"]})
        return True

    def _put_file(self, chat: Chat, params: Json, content: Json) -> Json:
        caption = self.formatted(params, "caption")
        if caption.text:
            content.update(caption.as_json("caption", self.world.user))
        return self._put(chat, params, content)

    def _put(self, chat: Chat, params: Json, content: Json) -> Json:
        for name, words in NOT_HERE.items():
            if name in params:
                raise bad_request(words)
        markup = params.get("reply_markup")
        if markup is not None:
            markup = check_markup(markup, private=chat.kind == "private")
        reply_to = self._replied_to(chat, params.get("reply_parameters"))
        self.flood.count(chat.id)
        if params.get("protect_content"):
            content["has_protected_content"] = True
        sender = None if chat.kind == "channel" else self.world.profile.user()
        return self.world.add(
            chat, sender, content, by_bot=True, markup=markup, reply_to=reply_to
        ).as_json()

    def _replied_to(self, chat: Chat, reply: Json | None) -> Message | None:
        if reply is None:
            return None
        original = chat.messages.get(reply["message_id"])
        if original is None and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return original

    def _stored(self, params: Json, name: str, folder: str) -> StoredFile:
        given: Any = params[name]
        if isinstance(given, Upload):
            return self.world.files.keep(given, folder)
        if isinstance(given, str) and (known := self.world.files.by_id(given)):
            return known
        if isinstance(given, str) and given.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content (the local server opens none)")
        raise bad_request("wrong file identifier/HTTP URL specified")


def photo_json(stored: StoredFile, size: tuple[int, int]) -> Json:
    """A PhotoSize."""
    return {**stored.as_json(), "width": size[0], "height": size[1]}


def document_json(stored: StoredFile) -> Json:
    """A Document, or the part audio and video share with it."""
    return {**_media(stored), "file_name": stored.name}


def _media(stored: StoredFile) -> Json:
    return {**stored.as_json(), "mime_type": stored.mime}


def _place(params: Json) -> Json:
    latitude, longitude = params["latitude"], params["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong location specified")
    return {"latitude": latitude, "longitude": longitude}
