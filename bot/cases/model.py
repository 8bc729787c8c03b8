"""Cases as values: what the conversation asks for and what the desk shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a case stands."""

    NEW = "new"
    TAKEN = "taken"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a case ended."""

    HELPED = "helped"
    REFERRED = "referred"
    ADVICE = "advice"
    NO_ANSWER = "no-answer"
    WITHDRAWN = "withdrawn"
    NOT_OURS = "not-ours"


class Author(StrEnum):
    """Whose entry it is; a note never reaches the parent."""

    PARENT = "parent"
    WORKER = "worker"
    NOTE = "note"
    EVENT = "event"


class FileKind(StrEnum):
    """What sort of file a parent sent."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file at Telegram, not yet fetched; `size` in bytes where Telegram told it."""

    source: str
    kind: FileKind
    name: str = ""
    mime: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a parent said: words, a file, or both."""

    text: str = ""
    file: FileRef | None = None
    telegram_message: int | None = None


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a parent agreed to hand over."""

    language: str
    topic: str | None
    danger: str | None
    town: str
    who: str
    contact: str
    story: tuple[Said, ...]
    consent_version: str
    consent_at: datetime


@dataclass(frozen=True, slots=True)
class OpenCase:
    """The parent's case that is not closed, as the conversation needs to know it."""

    id: int
    number: int
    status: Status
    organisation: str
    reply_due_at: datetime


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """A case of the parent's that is over, and when its words are deleted."""

    number: int
    deleted_at: datetime


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as the desk shows it."""

    id: int
    kind: FileKind
    name: str
    mime: str
    size: int | None
    status: str  # waiting, stored, failed


@dataclass(frozen=True, slots=True)
class MessageView:
    """An entry of a case as the desk shows it.

    `delivery` is empty for what was not sent, else waiting, sent, uncertain or
    failed; `problem` says why. For an event `text` is its name (opened, taken,
    returned, closed, reopened, rated, withdrawn, deleted).
    """

    id: int
    author: Author
    author_name: str
    text: str
    at: datetime
    edited_at: datetime | None
    files: tuple[FileView, ...]
    delivery: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a line of the queue."""

    id: int
    number: int
    status: Status
    danger: str | None
    topic: str | None
    language: str
    town: str
    assignee_id: int | None
    assignee: str
    opened_at: datetime
    reply_due_at: datetime
    waiting_since: datetime | None
    last_words: str
    delivery: str  # of the last words, as in MessageView
    closed_at: datetime | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A whole case as its page shows it."""

    line: CaseLine
    who: str
    contact: str
    consent_at: datetime
    rating: int | None
    parent_gone: bool  # blocked the bot, or had their data deleted
    messages: tuple[MessageView, ...]
