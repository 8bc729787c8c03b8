"""A bench for one test: the small content in a git repository of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import cast

from bot.clock import Clock
from bot.directory.directory import Directory
from bot.i18n import Locales
from bot.languages import Language
from bot.workshop.model import Draft, Editor, TextId
from bot.workshop.sheet import Sheet
from bot.workshop.workshop import Workshop
from tests.unit.answers.small_content import CENTRES, LOCALES, SmallDirectory

AIGUL = Editor("Айгүл Т.", "aigul@example.org")
DILSHOD = Editor("Dilshod <K>", "dilshod@example.org")
RUSSIAN = TextId("unpaid-wages", Language.RU)
TAJIK = TextId("unpaid-wages", Language.TG)
CARD = TextId("safety:violence", Language.KY)


class _Numbers(SmallDirectory):
    """The little of a directory that texts and their cards refer to."""

    topic_services: Mapping[str, None] = MappingProxyType({})

    def town(self, town: str) -> None:
        return None

    def hotlines(self) -> tuple[()]:
        return ()

    def named(self) -> tuple[str, ...]:
        return tuple(CENTRES)


@dataclass(frozen=True)
class KnownPhones:
    """What the texts of the small content refer to."""

    directory: Directory = cast("Directory", _Numbers())  # noqa: RUF009  (holds nothing)
    locales: Locales = LOCALES


def git(folder: Path, *words: str) -> str:
    """What git itself says in a folder."""
    said = subprocess.run(
        ["git", "-c", "user.name=Lead", "-c", "user.email=lead@example.org", *words],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return said.stdout.strip()


def start_history(folder: Path) -> None:
    """Makes the folder's parent a repository in which everything is committed."""
    root = folder.parent
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "The first texts")


def bench(folder: Path, clock: Clock) -> Workshop:
    """A workshop on a folder."""
    return Workshop(folder, KnownPhones, clock)


def draft(sheet: Sheet, old: str, new: str, **more: object) -> Draft:
    """What an editor sends who replaced some words of the text they see."""
    assert old in sheet.body
    fields = {"title": sheet.title, "body": sheet.body.replace(old, new), "opened": sheet.digest}
    return Draft(**{**fields, **more})  # type: ignore[arg-type]  # the tests use few of them
