"""Amounts, days and phone numbers in each language, as a reader sees them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers.loader import readers_of
from bot.answers.registry import read_values
from bot.i18n import load_locales
from bot.languages import Language
from bot.settings import ROOT
from tests.unit.answers.small_content import CENTRES, LOCALES, PLACES, TODAY

DAYS = {
    "ky": "2026-ж., 1-июль",
    "tg": "1 июли соли 2026",
    "uz": "1-iyul, 2026",
    "ru": "1 июля 2026 г.",
    "kk": "2026 ж. 1 шілде",
}
WEEKDAYS = {
    "ky": "2026-ж., 1-июль, шаршемби",
    "tg": "чоршанбе, 1 июли соли 2026",
    "uz": "chorshanba, 1-iyul, 2026",
    "ru": "среда, 1 июля 2026 г.",
    "kk": "2026 ж. 1 шілде, сәрсенбі",
}
DAY_COUNTS = {
    "ky": ("1 күн", "3 күн", "12 500 күн"),
    "tg": ("1 рӯз", "3 рӯз", "12 500 рӯз"),
    "uz": ("1 kun", "3 kun", "12 500 kun"),
    "ru": ("1 день", "3 дня", "12 500 дней"),
    "kk": ("1 күн", "3 күн", "12 500 күн"),
}
NAMES = {"ky": "АЭК (МРП, ", "tg": "МРП (", "uz": "MRP (", "ru": "МРП (", "kk": "АЕК ("}


def plain(text: str | None) -> str:
    """With ordinary blanks, which are easier to compare."""
    return (text or "").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", Language)
def test_references_are_read_in_the_language(folder: Path, language: Language) -> None:
    read = readers_of(folder, locales=LOCALES, places=PLACES, today=TODAY)[language].reference
    assert plain(read("mci:25")) == f"25 {NAMES[language]}108 125 ₸)"
    assert plain(read("mci:1000")) == f"1 000 {NAMES[language]}4 325 000 ₸)"
    assert plain(read("mci:1.5")) == f"1,5 {NAMES[language]}6 488 ₸)", "half a tenge is rounded up"
    assert plain(read("date:2026-07-01")) == DAYS[language]
    assert read("phone:ngo") == "+7 727 254 50 57"
    assert read("centre:bureau") == CENTRES["bureau"][language]
    wrong = ("mci:", "mci:-1", "mci:1,5", "date:2026-02-30", "phone:x", "centre:ngo", "x:1", "")
    for unknown in wrong:
        assert read(unknown) is None


@pytest.mark.parametrize("language", Language)
def test_days_and_plurals_in_the_language(language: Language) -> None:
    words = load_locales(ROOT / "locales", "bot", (language.value,))[language.value]
    assert plain(words.weekday_and_date(date(2026, 7, 1))) == WEEKDAYS[language]
    counts = tuple(plain(words.plural("{number} day", "{number} days", n)) for n in (1, 3, 12500))
    assert counts == DAY_COUNTS[language]


def test_the_mci_of_a_year_without_one_is_the_latest_before_it(folder: Path) -> None:
    values = read_values(folder / "values.yml")
    assert [values.mci_of(year) for year in (2024, 2025, 2026, 2030)] == [3932, 3932, 4325, 4325]


def test_the_projects_own_mci_is_that_of_the_law() -> None:
    # Law on the republican budget; see content/facts/documents.md.
    mci = read_values(ROOT / "content/values.yml").mci
    assert (mci[2025], mci[2026]) == (3932, 4325)
