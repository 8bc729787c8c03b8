"""Reads Telegram's updates; every kind has a defined outcome, also those not invented yet."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import structlog
from telegram import Bot, CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User

from bot.conversation.incoming import Arrival, Incoming, Point
from bot.tg.attachments import attached_file
from bot.tg.envelope import at, read_envelope

log = structlog.get_logger()

# A name, perhaps ours behind it; "start" perhaps with the payload of a link (t.me/bot?start=…).
# A command with words behind it is read as words: danger is looked for in all words.
COMMAND = re.compile(
    r"/((?i:start))(?:@\w+)?\s+([A-Za-z0-9_-]{1,64})\s*|/([A-Za-z0-9_]{1,32})(?:@\w+)?\s*"
)
GROUP_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@(\w+))?(?=\s|$)")

# What a person can send that is neither words nor a file nor a place.
USELESS_CONTENT = (
    "sticker",
    "dice",
    "poll",
    "game",
    "story",
    "invoice",
    "checklist",
    "paid_media",
    "giveaway",
    "giveaway_winners",
)
OUTSIDE = frozenset((ChatMember.LEFT, ChatMember.BANNED))


@dataclass(frozen=True, slots=True)
class _Myself:
    """The bot as others call it; no name before Telegram was reached for the first time."""

    id: int
    username: str


def read(update_json: str, bot: Bot) -> Incoming:
    """What reached the bot. Raises ValueError for what is no update at all."""
    envelope = read_envelope(update_json)
    raw = json.loads(update_json)
    try:
        update = Update.de_json(raw, bot)
        return _read(update, envelope.lane, _myself(bot))
    except Exception as exc:  # whatever the library stumbles over, the words are heard
        log.error("update.unreadable", update=envelope.update_id, error=type(exc).__name__)
        return _unreadable(envelope.update_id, envelope.lane, raw)


def _myself(bot: Bot) -> _Myself:
    number = int(bot.token.partition(":")[0])
    try:
        return _Myself(number, bot.username.lower())
    except RuntimeError:
        return _Myself(number, "")


def _unreadable(update_id: int, address: int, raw: object) -> Incoming:
    """Telegram changed something: a person's words are still heard, and never met by silence."""
    for kind, with_words, without in (
        ("message", Arrival.TEXT, Arrival.OTHER),
        ("edited_message", Arrival.EDIT, Arrival.IGNORED),
    ):
        if at(raw, kind, "chat", "type") == "private":
            words = (at(raw, kind, name) for name in ("text", "caption"))
            text = next((found for found in words if isinstance(found, str)), "")
            number = at(raw, kind, "message_id")
            message = number if isinstance(number, int) else None
            arrival = with_words if text else without
            return Incoming(update_id, arrival, address, text=_whole(text), message=message)
    return Incoming(update_id, Arrival.IGNORED, address)


def _read(update: Update, address: int, myself: _Myself) -> Incoming:
    if update.message is not None:
        return _message(update.update_id, update.message, myself)
    if update.edited_message is not None:
        return _edit(update.update_id, update.edited_message)
    if update.callback_query is not None:
        return _tap(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    return Incoming(update.update_id, Arrival.IGNORED, address)


def _message(update_id: int, message: Message, myself: _Myself) -> Incoming:
    user = message.from_user
    ignored = Incoming(update_id, Arrival.IGNORED, message.chat.id, message=message.message_id)
    if user is None or user.is_bot or message.is_automatic_forward:
        return ignored
    if message.chat.type == "private":
        return _in_private(update_id, user, message)
    if message.chat.type in ("group", "supergroup") and _is_addressed(message, myself):
        language = user.language_code or ""
        return Incoming(update_id, Arrival.GROUP, message.chat.id, language)
    return ignored


def _in_private(update_id: int, user: User, message: Message) -> Incoming:
    file = attached_file(message)
    arrival, text, point = _content(message)
    return Incoming(
        update_id,
        Arrival.FILE if file is not None else arrival,
        message.chat.id,
        user.language_code or "",
        _whole(message.caption or "" if file is not None else text),
        message.message_id,
        point,
        file,
    )


def _content(message: Message) -> tuple[Arrival, str, Point | None]:
    """What a message without a file is, its words and its place."""
    if message.text is not None:
        if command := COMMAND.fullmatch(message.text):
            return Arrival.COMMAND, " ".join(filter(None, command.groups())), None
        return Arrival.TEXT, message.text, None
    place = message.location or (message.venue.location if message.venue else None)
    if place is not None:
        return Arrival.LOCATION, "", Point(place.latitude, place.longitude)
    if message.contact is not None:
        return Arrival.CONTACT, message.contact.phone_number, None
    # A field this library does not know yet may be something the person sent.
    if message.api_kwargs or any(getattr(message, name) for name in USELESS_CONTENT):
        return Arrival.OTHER, "", None
    return Arrival.IGNORED, "", None  # Telegram's own notices: pinned, timer changed and the like


def _edit(update_id: int, message: Message) -> Incoming:
    user, text = message.from_user, message.text or message.caption or ""
    by_person = user is not None and not user.is_bot and message.chat.type == "private"
    # A moving live location comes as a stream of edits; it has no words.
    arrival = Arrival.EDIT if by_person and text else Arrival.IGNORED
    return Incoming(
        update_id,
        arrival,
        message.chat.id,
        (user.language_code or "") if user is not None else "",
        _whole(text) if arrival is Arrival.EDIT else "",
        message.message_id,
        file=attached_file(message) if arrival is Arrival.EDIT else None,
    )


def _tap(update_id: int, query: CallbackQuery) -> Incoming:
    message = query.message  # None when it is too old or was sent through another chat
    private = message is None or message.chat.type == "private"
    return Incoming(
        update_id,
        Arrival.TAP if private else Arrival.IGNORED,
        query.from_user.id if message is None else message.chat.id,
        query.from_user.language_code or "",
        query.data or "",
        None if message is None else message.message_id,
    )


def _membership(update_id: int, change: ChatMemberUpdated) -> Incoming:
    was_in = _is_inside(change.old_chat_member)
    is_in = _is_inside(change.new_chat_member)
    arrival = Arrival.IGNORED
    if change.chat.type == "private":
        arrival = Arrival.UNBLOCKED if is_in else Arrival.BLOCKED
    elif change.chat.type in ("group", "supergroup") and is_in and not was_in:
        arrival = Arrival.GROUP
    language = change.from_user.language_code or ""
    return Incoming(update_id, arrival, change.chat.id, language)


def _is_inside(member: ChatMember) -> bool:
    return member.status not in OUTSIDE and getattr(member, "is_member", True)


def _is_addressed(message: Message, myself: _Myself) -> bool:
    """A command for this bot, its name, or an answer to what it said."""
    text = message.text or message.caption or ""
    if command := GROUP_COMMAND.match(text):
        return command[1] is None or command[1].lower() == myself.username
    original = message.reply_to_message
    if original is not None and original.from_user and original.from_user.id == myself.id:
        return True
    if not myself.username:
        return False
    return re.search(rf"@{re.escape(myself.username)}\b", text.lower()) is not None


def _whole(text: str) -> str:
    """The text without halves of characters, which no database stores."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
