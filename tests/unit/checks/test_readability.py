"""The readability formula, computed by hand, and its limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.text_file import parse_text
from bot.checks.finding import Level
from bot.checks.readability import NORMS, hard_to_read, readability
from bot.languages import Language

EASY = "Идите в школу. Возьмите паспорт. Спросите у охраны, куда идти. " * 4
HARD = (
    "Осуществление государственной регистрации производится уполномоченными "
    "территориальными подразделениями, предоставляющими соответствующие услуги населению "
) * 3


def test_the_formula_counts_as_a_person_would() -> None:
    text = "1. Идите в полицию: {phone:hotline-102}.\n- **Регистрация** стоит {mci:25}!\n"
    found = readability(text, Language.RU)
    # Sentences: Идите в полицию / Регистрация стоит. Long: Регистрация (11 letters).
    assert (found.words, found.words_per_sentence) == (5, 2.5)
    assert found.long_percent == 20
    assert found.lix == 22.5


def test_uzbek_signs_join_letters_and_are_none() -> None:
    assert readability("toʻgʻri maʼlumot", Language.UZ).words == 2
    assert readability("oʻqituvchi", Language.UZ).long_percent == 100  # nine letters
    assert readability("oʻqituvch", Language.UZ).long_percent == 0


@pytest.mark.parametrize("language", Language)
def test_every_language_has_a_norm(language: Language) -> None:
    assert NORMS[language].limit > 0


def test_plain_words_pass_and_officialese_is_a_warning_with_the_figures() -> None:
    head = "---\ntitle: А\nreview: {state: draft}\n---\n"
    body = f"## short\n{EASY}\n## steps\n{HARD}\n## cost\nОсуществление регистрации.\n"
    text = parse_text(Path("ru.md"), head + body, Language.RU, has_parts=True)
    found = list(hard_to_read(text))
    assert [(one.line, one.level) for one in found] == [(8, Level.WARNING)]
    assert "33.0 words a sentence + 91 % words of more than 7 letters" in found[0].message


def test_an_empty_text_has_no_figures() -> None:
    assert readability("{mci:25}", Language.RU).lix == 0
