"""Spelling habits are copied as people have them, and reproducibly."""

from __future__ import annotations

from random import Random

import pytest

from bot.spelling import skeleton
from nlu.components.copies import noisy_copies
from nlu.components.noise import in_other_script, with_typos, without_special_letters
from nlu.components.phrases import Phrase


def test_special_letters_become_plain_ones() -> None:
    assert without_special_letters("Күйөөм қызым ҷавоб oʻgʻlim") == "Куйоом кызым чавоб oglim"


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [("oʻgʻlim maktabda", "uz", "ўғлим мактабда"), ("бала", "ky", "bala"), ("бола", "uz", "bola")],
)
def test_the_other_script(text: str, language: str, other: str) -> None:
    assert in_other_script(text, language, Random(1)).endswith(other)


def test_the_other_script_keeps_the_skeleton() -> None:
    text = "баламды мектепке алышпайт"
    assert skeleton(in_other_script(text, "ky", Random(3))) == skeleton(text)


def test_typos_leave_short_words_and_the_number_of_words() -> None:
    text = "мен бул жакта иштейм айлыгымды алгым келет"
    typed = with_typos(text, Random(5), share=1)
    assert typed != text
    assert len(typed.split()) == len(text.split())
    assert typed.startswith("мен бул ")


def test_copies_come_in_order_are_reproducible_and_stay_within_their_fold(
    phrases: list[Phrase],
) -> None:
    folds = [number % 2 for number in range(len(phrases))]
    copies = noisy_copies(phrases, folds, Random(1))
    assert copies == noisy_copies(phrases, folds, Random(1))
    assert len(copies) == len(phrases)
    alone = noisy_copies(phrases[:1] + phrases[20:21], [0, 1], Random(1))
    assert skeleton("айлыгымды") not in skeleton(alone[0])
