"""What the bot remembers of one conversation, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pydantic import TypeAdapter

from bot.cases.model import Said
from bot.languages import Language

# After this long "how much is it?" is no longer about yesterday's topic.
TOPIC_LASTS = timedelta(hours=12)
INTAKE_LASTS = timedelta(hours=24)


class Step(StrEnum):
    """What the bot has just asked for."""

    NONE = "none"
    NEAR_TOWN = "near-town"
    CONSENT = "consent"
    TOWN = "town"
    WHO = "who"
    STORY = "story"
    CONTACT = "contact"
    DELETE = "delete"
    DAYS = "days"

    @property
    def is_intake(self) -> bool:
        """Whether the parent is telling what a case needs."""
        return self in {Step.TOWN, Step.WHO, Step.STORY, Step.CONTACT}


@dataclass(frozen=True, slots=True)
class Intake:
    """What the parent has told so far on the way to a case; begun with their consent."""

    consent_at: datetime
    town: str = ""
    who: str = ""
    story: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Counting:
    """What the parent has told so far to have their days counted; gone with the topic."""

    occasion: str = ""
    citizenship: str = ""
    day: date | None = None
    earlier: tuple[tuple[date, date], ...] = ()  # stays before this one
    came: date | None = None  # the first day of an earlier stay whose last day is asked for
    is_open: bool = False  # a question of the counting waits for an answer


@dataclass(frozen=True, slots=True)
class State:
    """One conversation."""

    language: Language | None = None
    topic: str | None = None
    step: Step = Step.NONE
    danger: str | None = None
    service: str | None = None  # which kind of place the parent looks for
    intake: Intake | None = None
    counting: Counting | None = None
    suggested: str = ""  # the action that a plain "yes" means
    unclear: int = 0  # messages in a row that were not understood
    other_language: Language | None = None  # last message was clearly in this one
    keep_language: bool = False  # the parent declined to switch
    passed_on_at: datetime | None = None  # when the bot last said "passed on to the caseworker"
    seen_at: datetime | None = None

    def as_of(self, now: datetime) -> State:
        """The state without what has grown too old to refer to."""
        if self.seen_at is None:
            return self
        age = now - self.seen_at
        if age > INTAKE_LASTS:
            return State(language=self.language, keep_language=self.keep_language)
        if age > TOPIC_LASTS:
            return State(
                language=self.language,
                keep_language=self.keep_language,
                step=self.step if self.step.is_intake else Step.NONE,
                intake=self.intake,
                danger=self.danger,
            )
        return self


_STATE = TypeAdapter(State)


def pack(state: State) -> str:
    """The state as text for the database."""
    return _STATE.dump_json(state, exclude_defaults=True).decode()


def unpack(text: str) -> State:
    """The state as it was packed; what an older version wrote is read with defaults."""
    return _STATE.validate_json(text)
