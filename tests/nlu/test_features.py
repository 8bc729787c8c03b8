"""Concepts are found across languages and spellings; scenarios stay together."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.components.features import Concepts, read_concepts
from nlu.components.phrases import Phrase
from nlu.components.scenarios import scenarios_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def concepts() -> dict[str, str]:
    return read_concepts(ROOT / "nlu" / "concepts.yml")


def test_every_concept_has_a_place_for_each_language(concepts: dict[str, str]) -> None:
    assert len(concepts) > 250
    assert [name for name, line in concepts.items() if line.count("|") != 4] == []


@pytest.mark.parametrize(
    "text",
    ["күйөөм урат", "күйеуім ұрады", "erim uradi", "шавҳарам маро мезанад", "мой муж бьёт"],
)
def test_one_thought_gives_the_same_concepts_in_all_languages(
    concepts: dict[str, str], text: str
) -> None:
    assert {"husband", "beat", "beat+husband"} <= set(Concepts(concepts)(text))


def test_words_joined_by_a_low_line_must_follow_each_other() -> None:
    find = Concepts({"ambulance": "тез_жардам | | tez_yordam | |"})
    assert find("tez yordam chaqiring") == ["ambulance"]
    assert find("тез келгиле, жардам") == []


def test_a_dot_asks_for_the_whole_word() -> None:
    find = Concepts({"work": "кор."})
    assert (find("кор мекунам"), find("коркуп жатам")) == (["work"], [])


def test_nearly_the_same_phrases_are_one_scenario() -> None:
    texts = ("баламды мектепке алышпай жатат", "баламды мектепке алышпай жатышат", "айлык бербейт")
    numbers = scenarios_of([Phrase(text, "x", "ky", False) for text in texts])
    assert numbers[0] == numbers[1] != numbers[2]


def test_the_same_words_under_two_intents_are_two_scenarios() -> None:
    phrases = [Phrase("салам балдар", intent, "ky", False) for intent in ("a", "b")]
    assert len(set(scenarios_of(phrases))) == 2
