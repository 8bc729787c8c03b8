"""Rules about what must be done by which day, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.answers.model import Source
from bot.languages import Language

# Every citizenship no rule names by itself.
OTHER = "other"


class Occasion(StrEnum):
    """What happened, and days are counted from."""

    ENTRY = "entry"
    PERMIT = "permit"
    CONTRACT = "contract"
    BIRTH = "birth"
    SIXTEEN = "sixteen"
    MOVE = "move"
    FINE = "fine"
    EXPULSION = "expulsion"
    ASYLUM = "asylum"


class Certainty(StrEnum):
    """How sure a rule is."""

    SOURCED = "S"  # a source we have read says so
    KNOWN = "K"  # not confirmed, or our own reading
    DISPUTED = "disputed"  # sources say different things


class Kind(StrEnum):
    """Which days a term counts."""

    CALENDAR = "calendar"
    WORKING = "working"


class FirstDay(StrEnum):
    """The day with which a term begins."""

    EVENT = "event"  # the day it happened is day 1
    NEXT = "next"  # the day after is day 1


@dataclass(frozen=True, slots=True)
class Term:
    """So many days, counted from the first day."""

    days: int
    kind: Kind
    first_day: FirstDay


@dataclass(frozen=True, slots=True)
class Window:
    """Not more than `days` days of presence in any `of` days."""

    days: int
    of: int


@dataclass(frozen=True, slots=True)
class Texts:
    """A rule in one language, as plain text.

    `late` is said when the day has passed, and may be empty; `doubt` says where to check a
    rule that is not certain.
    """

    name: str
    do: str
    otherwise: str
    late: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty or last day.

    Either `term` says how it is counted, or `before_limit` how many days it comes before
    the first last day that holds for the person. `since` and `until` are compared with the
    day of the occasion: what happened before keeps the rule of its time.
    """

    id: str
    occasion: Occasion
    citizenships: tuple[str, ...]  # empty: all
    term: Term | None
    before_limit: int | None
    window: Window | None
    is_limit: bool
    in_office: bool
    since: date | None
    until: date | None
    facts: tuple[str, ...]
    counted: str
    source: Source
    certainty: Certainty
    ask: str | None  # the hotline to check a doubtful rule at
    texts: Mapping[Language, Texts]

    def covers(self, happened: date) -> bool:
        """Whether the rule was in force on the day of the occasion."""
        begun = self.since is None or self.since <= happened
        return begun and (self.until is None or happened <= self.until)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, and how people ask for them."""

    all: tuple[Rule, ...]
    asked_as: Mapping[Language, tuple[str, ...]]
    arrived_as: Mapping[Language, tuple[str, ...]]
    checked_on: date
    review_every_days: int
    is_draft: bool  # no lawyer has read them yet

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of this id; None for one that no longer exists."""
        return next((rule for rule in self.all if rule.id == rule_id), None)

    def about(self, occasion: Occasion) -> tuple[Rule, ...]:
        """The rules of an occasion."""
        return tuple(rule for rule in self.all if rule.occasion is occasion)

    def asks_citizenship(self, occasion: Occasion) -> bool:
        """Whether the days differ by citizenship: else nobody needs to be asked."""
        return any(rule.citizenships for rule in self.about(occasion))

    def holding(self, occasion: Occasion, citizenship: str) -> tuple[Rule, ...]:
        """The rules of an occasion for one citizenship."""
        about = self.about(occasion)
        named = {code for rule in about for code in rule.citizenships}
        key = citizenship if citizenship in named else OTHER
        return tuple(rule for rule in about if not rule.citizenships or key in rule.citizenships)

    def title(self, rule: str, language: Language) -> str | None:
        """The rule in a few words; None when there is no such rule any more."""
        found = self.rule(rule)
        return found.texts[language].name if found else None

    def what_to_do(self, rule: str, language: Language) -> str | None:
        """What is to be done by the day, with every doubt; None when there is no such rule."""
        if (found := self.rule(rule)) is None:
            return None
        texts = found.texts[language]
        return f"{texts.do} {texts.doubt}".strip()

    def is_overdue(self, today: date) -> bool:
        """Whether the rules should have been checked again before today."""
        return today > self.checked_on + timedelta(days=self.review_every_days)


@dataclass(frozen=True, slots=True)
class Stay:
    """An earlier stay; the days of entry and of exit both count."""

    entered: date
    left: date


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day by which a rule wants something done.

    `office_day` is the last day to go there in person, where that is an earlier one.
    `used_up` means that no day was left when the stay began.
    """

    rule: Rule
    day: date
    office_day: date
    days_left: int
    used_up: bool = False

    @property
    def is_past(self) -> bool:
        """Whether the day has passed."""
        return self.days_left < 0
