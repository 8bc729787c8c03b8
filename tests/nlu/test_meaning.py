"""The model learns from a handful of phrases and reads new spellings of them."""

from __future__ import annotations

import pickle

import pytest

from nlu.components.meaning import Meaning
from nlu.components.phrases import Phrase

CONCEPTS = {"school": "мектеп maktab мактаб школ", "beat": "урат ұрып uryap мезанад изби"}


@pytest.fixture(scope="module")
def meaning(phrases: list[Phrase]) -> Meaning:
    made = Meaning(CONCEPTS)
    made.learn(phrases)
    return made


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("kuyoom meni urat", "domestic-violence"),
        ("куйеуим мени урып жатыр", "domestic-violence"),
        ("болам мактабга олинмаяпти", "school-enrolment"),
        ("музди маро намедихад", "unpaid-wages"),
        ("zarplatu ne platit hozyain", "unpaid-wages"),
    ],
)
def test_unseen_spellings_are_understood(meaning: Meaning, text: str, intent: str) -> None:
    assert meaning.read(text).intents[0][0] == intent


def test_shares_add_up_to_one_and_come_best_first(meaning: Meaning) -> None:
    reading = meaning.read("мектеп")
    shares = [share for _, share in reading.intents]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)
    assert sum(share for _, share in reading.languages) == pytest.approx(1)


def test_danger_is_told_from_everyday_trouble(meaning: Meaning) -> None:
    assert meaning.read("муж меня избивает дома").urgency > 0.5
    assert meaning.read("не берут ребенка в школу").urgency < 0.5


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("күйөөм айлыгымды бербей жатат", "ky"),
        ("kuyoom aylygymdy berbey jatat", "ky"),
        ("шавхарам маро мезанад", "tg"),
        ("болам мактабга олишмаяпти", "uz"),
        ("hozyain ne platit", "ru"),
    ],
)
def test_the_language_is_known_in_any_spelling(meaning: Meaning, text: str, language: str) -> None:
    assert meaning.read(text).languages[0][0] == language


@pytest.mark.parametrize("text", ["?", "😭", "ъ", "12", "漢字", "a" * 3000])
def test_odd_messages_do_not_upset_it(meaning: Meaning, text: str) -> None:
    assert len(meaning.read(text).intents) == 3


def test_the_same_phrases_give_the_same_figures(meaning: Meaning, phrases: list[Phrase]) -> None:
    again = Meaning(CONCEPTS)
    again.learn(phrases)
    assert again.read("баламды мектепке") == meaning.read("баламды мектепке")


def test_what_was_learnt_survives_being_stored(meaning: Meaning) -> None:
    stored = pickle.loads(pickle.dumps(meaning))
    assert stored.read("мектеп") == meaning.read("мектеп")
