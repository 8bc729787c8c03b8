"""Names of places belong into the directory, not into texts."""

from __future__ import annotations

import pytest

from bot.checks.known_places import ANY_PLACE, literal_names
from tests.unit.answers.small_content import KNOWN_PLACES


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Позвоните в {centre:rodnik-almaty}, это рядом."),
        ("ru", "Пейте только кипячёную воду: родник может быть грязным."),
        ("ru", "Родник бывает грязным."),
        ("ru", "- Родник бывает грязным."),
        ("ru", "Нотариус, бюро переводов рядом с ним."),
        ("uz", "Rodnik suvi toza. Yaxshi rodnik."),
        ("kk", "Адамның құқықтары бар."),
    ],
)
def test_references_and_ordinary_words_pass(language: str, text: str) -> None:
    assert not list(literal_names(text, language, KNOWN_PLACES))


@pytest.mark.parametrize(
    ("language", "text", "name", "place"),
    [
        ("ru", "Есть «Родник».", "Родник", "rodnik-almaty"),
        ("ru", "Есть “Родник”.", "Родник", "rodnik-almaty"),
        ("ru", "Пишите в «Родника».", "Родник", "rodnik-almaty"),
        ("ru", "Обратитесь в Родник.", "Родник", "rodnik-almaty"),
        ("uz", "“Rodnik” yordam beradi.", "Rodnik", "rodnik-almaty"),
        ("ru", "бюро по правам человека", "бюро по правам человека", "bureau"),
        ("ky", "Адам укуктары боюнча бюродон", "Адам укуктары боюнча бюро", "bureau"),
        ("kk", "Адам құқықтары бюросымен", "Адам құқықтары бюросы", "bureau"),
        ("tg", "аз Бюро оид ба ҳуқуқи инсон", "Бюро оид ба ҳуқуқи инсон", "bureau"),
    ],
)
def test_a_name_written_out_is_told_with_what_to_write(
    language: str, text: str, name: str, place: str
) -> None:
    (found,) = literal_names(f"Эка.\n{text}", language, KNOWN_PLACES)
    assert (found.line, found.name, found.place) == (1, name, place)
    assert found.message == (f"the name “{name}” must be a reference: write {{centre:{place}}}")


def test_without_a_directory_nothing_is_known() -> None:
    assert not list(literal_names("Есть «Родник».", "ru", ANY_PLACE))
