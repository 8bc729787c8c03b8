"""The rules as editors keep them, with every reference filled in."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale
from babel.support import Translations

from bot.answers.loader import readers_of
from bot.checks.known_places import ANY_PLACE
from bot.i18n import Locales, Words
from bot.languages import Language
from bot.settings import ROOT
from bot.stay.loader import load_rules
from bot.stay.model import Rules

CONTENT = ROOT / "content"


def rules_in(folder: Path) -> Rules:
    """The rules of a content folder; a hotline's number is its id."""
    bare = Locales(
        {language: Words(language, Locale.parse(language), Translations()) for language in Language}
    )
    day = date(2026, 11, 24)
    readers = readers_of(folder, locales=bare, places=ANY_PLACE.places, today=day)
    return load_rules(folder, readers)


@cache
def real_rules() -> Rules:
    """Those of the project."""
    return rules_in(CONTENT)
