"""What the model looks at in a message: pieces of words, beginnings, consonants and concepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from bot.spelling import skeleton, tokens

_VOWELS = frozenset("аеиоу")
_SHORTEST_STEM = 3
_LONGEST_STEM = 14
_WEIGHTS = {"pieces": 1.0, "beginnings": 0.7, "consonants": 0.7, "concepts": 0.5}


def message_features(concepts: Mapping[str, str]) -> FeatureUnion:
    """The untrained features of a message for the topic and the urgency."""
    return FeatureUnion(
        [
            ("pieces", _tfidf(analyzer="char_wb", ngram_range=(2, 5), preprocessor=skeleton)),
            ("beginnings", _tfidf(analyzer=beginnings)),
            ("consonants", _tfidf(analyzer=consonants)),
            ("concepts", _tfidf(analyzer=Concepts(concepts))),
        ],
        transformer_weights=_WEIGHTS,
    )


def letter_features() -> TfidfVectorizer:
    """The untrained features that tell languages apart: letters exactly as typed."""
    return _tfidf(analyzer="char_wb", ngram_range=(1, 4))


def read_concepts(path: Path) -> dict[str, str]:
    """The concepts of `nlu/concepts.yml`, each with its beginnings of words."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def beginnings(text: str) -> list[str]:
    """Beginnings of each word, which in these languages carry the meaning, and its consonants."""
    found = []
    for word in tokens(text):
        found += ["^" + word[:length] for length in range(3, max(3, min(6, len(word))) + 1)]
        bare = "".join(letter for letter in word if letter not in _VOWELS)
        if len(bare) > 1:
            found += ["=" + bare, "<" + bare[:3]]
    return found


def consonants(text: str) -> list[str]:
    """Pieces of the words without vowels, the letters that people drop or mistype most."""
    found = []
    for word in tokens(text):
        bare = word[0] + "".join(letter for letter in word[1:] if letter not in _VOWELS)
        framed = f"_{bare}_"
        for length in (2, 3, 4):
            found += [framed[at : at + length] for at in range(len(framed) - length + 1)]
    return found


class Concepts:
    """Names the concepts of a message and each pair of them, the same in every language."""

    def __init__(self, concepts: Mapping[str, str]) -> None:
        self._by_stem: dict[str, set[str]] = {}
        for concept, line in concepts.items():
            for stem in line.split():
                for key in _keys(stem):
                    self._by_stem.setdefault(key, set()).add(concept)

    def __call__(self, text: str) -> list[str]:
        found: set[str] = set()
        for word in tokens(text):
            found |= self._by_stem.get(word + ".", set())
            for length in range(_SHORTEST_STEM, min(len(word), _LONGEST_STEM) + 1):
                found |= self._by_stem.get(word[:length], set())
        ordered = sorted(found)
        return ordered + list(_pairs(ordered))


def _pairs(ordered: list[str]) -> Iterable[str]:
    for at, first in enumerate(ordered):
        for second in ordered[at + 1 :]:
            yield f"{first}+{second}"


def _keys(stem: str) -> Iterable[str]:
    folded = "".join(tokens(stem))[:_LONGEST_STEM]
    if folded:
        yield folded + "." if stem.endswith(".") or len(folded) < _SHORTEST_STEM else folded


def _tfidf(**settings: object) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, min_df=2, dtype=np.float32, **settings)
