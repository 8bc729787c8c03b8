"""What the bot says, before it is a Telegram message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter


class Kind(StrEnum):
    """What a card is for; shown by `bot ask`, counted by tests, never by its words."""

    SAFETY = "safety"
    ANSWER = "answer"
    PART = "part"
    CHOICES = "choices"
    MENU = "menu"
    PLACE = "place"
    ASK = "ask"
    NOTE = "note"
    REPLY = "reply"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: an action of ours (at most 64 bytes) or a web address."""

    text: str
    action: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """A point on the map with its label."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Keyboard:
    """One-time reply keyboard: a button that shares the location, and ready answers.

    With neither it takes an earlier keyboard away.
    """

    location: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One message: Telegram HTML and what hangs below it.

    `replaces` is the id of an own message to edit instead of sending a new one;
    where Telegram no longer allows the edit, it is sent anew.
    """

    kind: Kind
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: Keyboard | None = None
    pin: Pin | None = None
    replaces: int | None = None


_CARD = TypeAdapter(Card)


def pack(card: Card) -> str:
    """The card as text for the outbox."""
    return _CARD.dump_json(card).decode()


def unpack(text: str) -> Card:
    """The card as it was packed."""
    return _CARD.validate_json(text)
