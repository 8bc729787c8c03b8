"""A text on the workbench, and what came of working on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.checks.finding import Finding
from bot.languages import Language


@dataclass(frozen=True, slots=True)
class TextId:
    """Which text: the subject (a topic, or "safety:" and a kind of danger) in a language."""

    subject: str
    language: Language

    def __str__(self) -> str:
        return f"{self.subject.replace(':', '/')}/{self.language}"


@dataclass(frozen=True, slots=True)
class Editor:
    """Who works on it, as the history remembers them."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What an editor wants a text to be.

    `opened` is the digest of the file they saw. `follows_source` says of a translation that
    it agrees with the Russian text beside it; `compared` is the fingerprint of that one, empty
    for the present one.
    """

    title: str
    body: str
    opened: str
    follows_source: bool = True
    compared: str = ""
    remark: str = ""


class Obstacle(StrEnum):
    """Why texts can be read here, but not saved."""

    NO_REPOSITORY = "no-repository"
    READ_ONLY = "read-only"


class Action(StrEnum):
    """What was done to a text; the word stands in the history."""

    EDITED = "edited"
    REVIEWED = "reviewed"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Saved:
    """The file is written and part of the history."""

    version: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """There was nothing to save."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The checks found errors; nothing was written."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody else changed the file after it was opened; nothing was written."""


Outcome = Saved | Unchanged | Refused | Changed


@dataclass(frozen=True, slots=True)
class Version:
    """One entry of a subject's history."""

    id: str
    author: str
    at: datetime
    action: Action | None
    message: str
    languages: tuple[Language, ...]
