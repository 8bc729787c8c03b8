"""A second, noisier copy of each training phrase: other spelling, a longer story, a greeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from nlu.components.noise import in_other_script, with_typos, without_special_letters
from nlu.components.phrases import Phrase

_Alike = dict[tuple[int, str, str, bool], list[str]]

_GREETING = "greet"
# Shares of the copies. Our writers wrote few stories and people do; they also greet first.
_LONGER, _GREETED = 0.35, 0.1


def noisy_copies(phrases: Sequence[Phrase], folds: Sequence[int], random: Random) -> list[str]:
    """One copy per phrase, in the same order, that keeps its intent and urgency.

    Copies are made of phrases of the same fold only, so that a fold can be held out whole.
    """
    alike: _Alike = defaultdict(list)
    for phrase, fold in zip(phrases, folds, strict=True):
        alike[fold, phrase.intent, phrase.language, phrase.urgent].append(phrase.text)
    return [_copy(phrase, fold, alike, random) for phrase, fold in zip(phrases, folds, strict=True)]


def _copy(phrase: Phrase, fold: int, alike: _Alike, random: Random) -> str:
    text, chance = phrase.text, random.random()
    greetings = alike.get((fold, _GREETING, phrase.language, False))
    if chance < _LONGER:
        others = alike[fold, phrase.intent, phrase.language, phrase.urgent]
        text = ". ".join([text, *random.choices(others, k=random.randint(1, 3))])
    elif chance < _LONGER + _GREETED and greetings:
        text = f"{random.choice(greetings)}, {text}"
    return _retyped(text, phrase.language, random)


def _retyped(text: str, language: str, random: Random) -> str:
    habit = random.random()
    if habit < 0.3:
        text = without_special_letters(text)
    elif habit < 0.6:
        text = in_other_script(text, language, random)
    return with_typos(text, random) if random.random() < 0.5 else text
