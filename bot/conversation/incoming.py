"""What reached the bot, without anything of Telegram in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.cases.model import FileRef


class Arrival(StrEnum):
    """What sort of thing arrived."""

    TEXT = "text"
    COMMAND = "command"  # text holds the name without the slash
    TAP = "tap"  # text holds the button's action
    LOCATION = "location"
    CONTACT = "contact"  # text holds the phone number
    FILE = "file"  # text holds the caption
    OTHER = "other"  # sticker, dice, poll, video note without use …
    EDIT = "edit"  # text holds the new words
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    GROUP = "group"  # addressed in a group, or added to one
    IGNORED = "ignored"  # channel posts, group chatter, service messages


@dataclass(frozen=True, slots=True)
class Point:
    """A shared position; used for one answer and never stored."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. `message` is Telegram's id of the message it is, edits or was tapped on."""

    update_id: int
    arrival: Arrival
    address: int
    language_code: str = ""
    text: str = ""
    message: int | None = None
    point: Point | None = None
    file: FileRef | None = None
