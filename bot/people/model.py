"""A person as the rest of the app sees one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.languages import Language


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person asked us to keep for them: their town and the places they saved.

    `asked` says that they were asked about the town once, whatever they answered.
    """

    town: str | None = None
    asked: bool = False
    saved: tuple[str, ...] = ()


NOTHING_KEPT = Kept()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote to the bot, known by a number of ours only."""

    id: int
    language: Language | None
    is_new: bool = False
    cyrillic: bool = False  # reads Uzbek in Cyrillic letters
    kept: Kept = NOTHING_KEPT
