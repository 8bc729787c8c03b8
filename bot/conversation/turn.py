"""All that follows from one message, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.answers.library import Library
from bot.cases.model import ClosedCase, NewCase, OpenCase, Said
from bot.clock import day_of
from bot.conversation.incoming import Incoming
from bot.conversation.state import State
from bot.delivery.card import Card
from bot.directory.directory import Directory
from bot.errors import BadContent
from bot.i18n import Locales, Words
from bot.insight.model import Wrong
from bot.languages import FALLBACK, Language
from bot.people.model import NOTHING_KEPT, Kept
from bot.reminders.model import Reminder
from bot.staff.model import Organisation
from bot.stay.model import Rules
from bot.understanding.model import Danger, Understanding


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Answer this person in this language from now on; Uzbek perhaps in Cyrillic letters."""

    language: Language
    cyrillic: bool = False


@dataclass(frozen=True, slots=True)
class HandOver:
    """Open a case with what the parent agreed to pass on."""

    case: NewCase


@dataclass(frozen=True, slots=True)
class PassOn:
    """Add the parent's words or file to their open case."""

    case: OpenCase
    said: Said


@dataclass(frozen=True, slots=True)
class Correct:
    """The parent edited a message that may be in their open case."""

    case: OpenCase
    message: int
    text: str


@dataclass(frozen=True, slots=True)
class RaiseDanger:
    """The open case has become dangerous."""

    case: OpenCase
    danger: str


@dataclass(frozen=True, slots=True)
class Rate:
    """The parent says how helpful a closed case was."""

    number: int
    rating: int


@dataclass(frozen=True, slots=True)
class Reopen:
    """The parent needs help with a closed case again."""

    number: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The parent wants their open case closed."""

    case: OpenCase


@dataclass(frozen=True, slots=True)
class Remind:
    """Remind this person, in time and once, of the day by which a rule wants something done."""

    rule: str
    deadline: date


@dataclass(frozen=True, slots=True)
class CancelReminder:
    """This person no longer wants to be reminded."""

    id: int


@dataclass(frozen=True, slots=True)
class ReminderDone:
    """This person has done what they were reminded of."""

    id: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep this for the person from now on, in place of what was kept before."""

    kept: Kept


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """Tell the editors that something about a place is wrong."""

    place: str
    reason: Wrong


@dataclass(frozen=True, slots=True)
class DeleteData:
    """Delete everything about this person."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The person blocked the bot, or is back."""

    gone: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Add one to a figure that names nobody."""

    name: str


Request = (
    ChooseLanguage
    | HandOver
    | PassOn
    | Correct
    | RaiseDanger
    | Rate
    | Reopen
    | Withdraw
    | Remind
    | CancelReminder
    | ReminderDone
    | Keep
    | ReportPlace
    | DeleteData
    | Gone
    | Count
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What to say, what to remember and what to do."""

    cards: tuple[Card, ...]
    state: State
    requests: tuple[Request, ...] = ()

    def also(self, *requests: Request) -> Turn:
        """The turn with more to do."""
        return replace(self, requests=(*self.requests, *requests))

    def before(self, *cards: Card) -> Turn:
        """The turn with cards said first."""
        return replace(self, cards=(*cards, *self.cards))

    def after(self, *cards: Card) -> Turn:
        """The turn with cards said last."""
        return replace(self, cards=(*self.cards, *cards))


@dataclass(frozen=True, slots=True)
class Content:
    """Everything people may read, as it stands at this moment."""

    library: Library
    directory: Directory
    locales: Locales
    rules: Rules

    def phone(self, hotline: str) -> str:
        """A hotline's number; the content checks see to it that these exist."""
        number = self.directory.phone(hotline)
        if number is None:
            raise BadContent(f"content/directory: {hotline} has no phone number")
        return number


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of the words of a message.

    `meaning` is None when there were no words to ask about, or when Rasa was away; `dangers`
    are what the lists of danger words found by themselves.
    """

    meaning: Understanding | None = None
    dangers: tuple[Danger, ...] = ()
    away: bool = False

    @property
    def danger(self) -> Danger | None:
        """The danger to act upon, if any."""
        if self.meaning is not None:
            return (self.meaning.danger or Danger.DANGER) if self.meaning.urgent else None
        return self.dangers[0] if self.dangers else None


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a decision may look at."""

    incoming: Incoming
    heard: Heard
    state: State
    case: OpenCase | None
    organisation: Organisation | None
    content: Content
    now: datetime
    reminders: tuple[Reminder, ...] = ()
    closed_cases: tuple[ClosedCase, ...] = ()
    kept: Kept = NOTHING_KEPT
    cyrillic: bool = False  # reads Uzbek in Cyrillic letters

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return self.state.language or FALLBACK

    @property
    def today(self) -> date:
        """The day in Kazakhstan."""
        return day_of(self.now)

    @property
    def words(self) -> Words:
        """Buttons and prompts in the language to answer in."""
        return self.content.locales[self.language.value]

    def anew(self) -> Scene:
        """The same with nothing to edit: what follows is a new message."""
        return replace(self, incoming=replace(self.incoming, message=None))

    def turn(self, *cards: Card, **changes: object) -> Turn:
        """A turn that says `cards` and changes the state."""
        state: State = replace(self.state, **changes)  # type: ignore[arg-type]  # checked by tests
        return Turn(cards, state)
