"""A person as the rest of the app sees one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.languages import Language


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote to the bot, known by a number of ours only."""

    id: int
    language: Language | None
    is_new: bool = False
