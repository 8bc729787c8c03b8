"""Letters: one good and one bad example for each kind of slip."""

from __future__ import annotations

import pytest

from bot.checks.letters import wrong_letters, wrong_letters_in_chat

GOOD = [
    ("ru", "Идите в ЦОН или на egov.kz, объём — 16–17 лет."),
    ("ky", "Баланын төрөлгөнү жөнүндө күбөлүк, жаңы."),
    ("kk", "Әке, ғылым, қыз, өмір, ұл, үй, ана тілі, қаһарман, жаңа."),
    ("tg", "Шаҳодатнома, ғам, хонаи нав, тоҷикӣ, рӯз, қонун."),
    ("uz", "Tugʻilganlik haqida guvohnoma, maʼlumot, oʻgʻil, TSON."),
    ("ru", "Звоните {phone:hotline-111}"),
    ("en", "Back to the list"),
]
BAD = [
    ("ru", "Пacпорт", "mixes Cyrillic and Latin"),  # Latin a and c
    ("ru", "идите c детьми", "look like Cyrillic"),  # Latin c
    ("ru", "дөкүмент", "“ө” is not a letter of Russian"),
    ("ky", "қыз", "“қ” is not a letter of Kyrgyz"),
    ("ky", "әке", "“ә” is not a letter of Kyrgyz"),
    ("ky", "білім", "“і” is not a letter of Kyrgyz"),
    ("kk", "ҳуқуқ", "“ҳ” is not a letter of Kazakh"),
    ("kk", "бiлiм", "mixes Cyrillic and Latin"),  # Latin i
    ("tg", "ўғил", "“ў” is not a letter of Tajik"),
    ("tg", "чоң", "“ң” is not a letter of Tajik"),
    ("tg", "ру\u0304з", "put together from two signs"),
    ("uz", "guvohnoma олиш", "«олиш» is written in Cyrillic"),
    ("uz", "o'g'il", "write oʻ and gʻ"),
    ("uz", "o‘g‘il", "write oʻ and gʻ"),
    ("uz", "maʻlumot", "the tutuq belgisi as ʼ"),
    ("en", "Назад", "«Назад» is written in Cyrillic"),
]


@pytest.mark.parametrize(("language", "text"), GOOD)
def test_correct_spelling_passes(language: str, text: str) -> None:
    assert list(wrong_letters(text, language)) == []


@pytest.mark.parametrize(("language", "text", "message"), BAD)
def test_a_wrong_letter_is_found_in_its_line(language: str, text: str, message: str) -> None:
    problems = list(wrong_letters(f"\n{text}", language))
    assert [number for number, _ in problems][:1] == [1]
    assert any(message in problem for _, problem in problems)


def test_chat_may_be_typed_in_any_alphabet() -> None:
    assert wrong_letters_in_chat("menin pasportum jok", "ky") is None
    assert wrong_letters_in_chat("гувоҳнома олиш керак ўғлимга", "uz") is None
    assert "«қыз»" in (wrong_letters_in_chat("менин қыз", "ky") or "")
