"""Topics and their answers, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.languages import Language

# The kinds of safety card; the last is the general one, for danger of no kind we can name.
SAFETY_KINDS = (
    "violence",
    "trafficking",
    "missing-child",
    "medical",
    "self-harm",
    "detention",
    "no-shelter",
    "danger",
)


class Part(StrEnum):
    """A part of an answer; the values are the headings in the files."""

    SHORT = "short"
    STEPS = "steps"
    PAPERS = "papers"
    COST = "cost"
    DEADLINE = "deadline"
    PLACE = "place"
    NO_PAPERS = "no-papers"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from, and the day somebody read it there."""

    title: str
    address: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a native speaker or lawyer has read a text: state "draft" or "reviewed"."""

    state: str
    by: str | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Topic:
    """What is true of an answer in every language."""

    id: str
    section: str
    order: int
    urgent: bool
    parts: tuple[Part, ...]
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    reviewed_on: date
    review_every_days: int

    @property
    def review_due(self) -> date:
        """The last day on which the answer counts as checked."""
        return self.reviewed_on + timedelta(days=self.review_every_days)


@dataclass(frozen=True, slots=True)
class Answer:
    """A topic in one language: title and parts are ready for Telegram's HTML.

    `outdated` means that the Russian text has changed since this was translated from it, or
    that nobody has confirmed which Russian text it was translated from.
    """

    topic: str
    language: Language
    title: str
    parts: Mapping[Part, str]
    review: Review
    outdated: bool
