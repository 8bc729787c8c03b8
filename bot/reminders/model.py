"""Reminders as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.languages import Language

# Nobody has more days to keep in mind; a list that long could not be read either.
MOST = 10


class Fate(StrEnum):
    """What became of a reminder. A cancelled one is removed altogether."""

    WAITING = "waiting"
    QUEUED = "queued"  # in the outbox
    SENT = "sent"
    UNCERTAIN = "uncertain"  # may have arrived; it is not sent twice
    FAILED = "failed"


class Refusal(StrEnum):
    """Why there will be no reminder."""

    TOO_LATE = "too-late"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One day somebody wants to be reminded of."""

    id: int
    rule: str
    deadline: date
    send_at: datetime
    fate: Fate

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to come."""
        return self.fate is Fate.WAITING

    @property
    def is_missed(self) -> bool:
        """Whether it did not reach the person, or perhaps not."""
        return self.fate in {Fate.UNCERTAIN, Fate.FAILED}


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder whose moment has come, and how its person is to be spoken to."""

    id: int
    person_id: int
    rule: str
    deadline: date
    language: Language
    is_gone: bool  # the person blocked the bot
