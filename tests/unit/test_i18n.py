"""Words, plurals, amounts and moments in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.errors import BadContent
from bot.i18n import load_locales
from bot.languages import DESK_LANGUAGES, Language, language_or_none
from bot.settings import ROOT

BOT = tuple(language.value for language in Language)


def test_every_language_says_menu_in_its_own_way() -> None:
    locales = load_locales(ROOT / "locales", "bot", BOT)
    said = {language: locales[language]("Menu") for language in BOT}
    assert all(said.values())
    assert said["uz"] == "Menyu"


@pytest.mark.parametrize(
    ("number", "wanted"), [(1, "1 день"), (3, "3 дня"), (5, "5 дней"), (180, "180 дней")]
)
def test_russian_plurals(number: int, wanted: str) -> None:
    words = load_locales(ROOT / "locales", "bot", BOT)["ru"]
    assert words.plural("{number} day", "{number} days", number) == wanted


@pytest.mark.parametrize("language", BOT)
def test_tenge_have_their_sign_and_no_decimals(language: str) -> None:
    amount = load_locales(ROOT / "locales", "bot", BOT)[language].tenge(108125)
    assert amount.endswith("₸")
    assert amount.startswith("108")
    assert amount.replace("\u00a0", " ").replace("\u202f", " ").split()[:2] == ["108", "125"]


def test_moments_are_in_kazakhstans_time() -> None:
    words = load_locales(ROOT / "locales", "desk", DESK_LANGUAGES)["ru"]
    assert (
        words.moment(datetime(2026, 12, 31, 20, 30, tzinfo=UTC)) == "1 января 2027\u202fг., 01:30"
    )
    assert words.day(date(2026, 7, 1)) == "1 июля 2026\u202fг."


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "bot.po").write_text("these are no words\n", encoding="utf-8")
    with pytest.raises(BadContent, match=r"bot\.po"):
        load_locales(tmp_path, "bot", ("ru",))


def test_codes_of_telegram_are_understood() -> None:
    assert language_or_none("uz-Cyrl") is Language.UZ
    assert language_or_none("RU_ru") is Language.RU
    assert language_or_none("de") is None
    assert language_or_none(None) is None


def test_countries_are_named_as_their_people_name_them() -> None:
    locales = load_locales(ROOT / "locales", "bot", BOT)
    assert locales["ru"].country("KG") == "Кыргызстан"
    assert locales["ky"].country("KG") == "Кыргызстан"
    assert locales["ru"].country("TJ") == "Таджикистан"
    assert locales["ru"].country("??") == "??"
