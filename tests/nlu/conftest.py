"""A tiny world of phrases in five languages. These tests run in Rasa's environment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nlu.components.phrases import Phrase

_WORDS = {
    "school-enrolment": {
        "ky": "баламды мектепке алышпай жатат", "kk": "баламды мектепке алмай жатыр",
        "uz": "bolamni maktabga olishmayapti", "tg": "фарзандамро ба мактаб намегиранд",
        "ru": "ребёнка не берут в школу",
    },
    "unpaid-wages": {
        "ky": "кожоюн айлыгымды бербей жатат", "kk": "бастық жалақымды төлемей жүр",
        "uz": "xoʻjayin oyligimni bermayapti", "tg": "соҳибкор музди маро намедиҳад",
        "ru": "хозяин не платит зарплату",
    },
    "domestic-violence": {
        "ky": "күйөөм мени урат өлтүрөт", "kk": "күйеуім мені ұрып жатыр",
        "uz": "erim meni uryapti oʻldiradi", "tg": "шавҳарам маро мезанад",
        "ru": "муж меня избивает",
    },
}  # fmt: skip
_ENDS = ("", "!", " эмне", " срочно", " помогите", " ...", " билбейм", " ертең")


@pytest.fixture(scope="session", autouse=True)
def _no_cache_and_no_telemetry() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RASA_MAX_CACHE_SIZE", "0")
        patch.setenv("RASA_TELEMETRY_ENABLED", "false")
        yield


@pytest.fixture(scope="session")
def phrases() -> list[Phrase]:
    return [
        Phrase(text + end, intent, language, intent == "domestic-violence")
        for intent, by_language in _WORDS.items()
        for language, text in by_language.items()
        for end in _ENDS
    ]
