"""What the model looks at in a message: pieces of words, consonants and concepts."""

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
_WEIGHTS = {"pieces": 1.0, "consonants": 0.7, "concepts": 1.0}


def message_features(concepts: Mapping[str, str]) -> FeatureUnion:
    """The untrained features of a message for the topic and the urgency."""
    return FeatureUnion(
        [
            ("pieces", _tfidf(analyzer="char_wb", ngram_range=(2, 5), preprocessor=skeleton)),
            ("consonants", _tfidf(analyzer=consonants)),
            ("concepts", _tfidf(analyzer=Concepts(concepts))),
        ],
        transformer_weights=_WEIGHTS,
    )


def letter_features() -> TfidfVectorizer:
    """The untrained features that tell languages apart: letters exactly as typed."""
    return _tfidf(analyzer="char_wb", ngram_range=(1, 4))


def read_concepts(path: Path) -> dict[str, str]:
    """The concepts of `nlu/concepts.yml`, each with its words in all languages."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


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
        # Each phrase under its first stem: the stems that must follow, and the concept.
        self._by_stem: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._stems: set[str] = set()
        for concept, line in concepts.items():
            for phrase in line.replace("|", " ").split():
                self._add(_keys(phrase), concept)
        self._longest = max((len(stem) for stem in self._stems), default=0)

    def __call__(self, text: str) -> list[str]:
        words = [self._stems_of(word) for word in tokens(text)]
        found = {
            concept
            for place, present in enumerate(words)
            for stem in present
            for rest, concept in self._by_stem.get(stem, ())
            if _follow(words, place + 1, rest)
        }
        ordered = sorted(found)
        return ordered + list(_pairs(ordered))

    def _add(self, stems: tuple[str, ...], concept: str) -> None:
        if stems:
            self._stems.update(stems)
            self._by_stem.setdefault(stems[0], []).append((stems[1:], concept))

    def _stems_of(self, word: str) -> set[str]:
        longest = min(len(word), self._longest)
        beginnings = {word[:length] for length in range(_SHORTEST_STEM, longest + 1)}
        return self._stems & (beginnings | {word + "."})


def _follow(words: list[set[str]], place: int, stems: tuple[str, ...]) -> bool:
    return len(words) >= place + len(stems) and all(
        stem in words[place + offset] for offset, stem in enumerate(stems)
    )


def _pairs(ordered: list[str]) -> Iterable[str]:
    for at, first in enumerate(ordered):
        for second in ordered[at + 1 :]:
            yield f"{first}+{second}"


def _keys(phrase: str) -> tuple[str, ...]:
    """The stems of "one_after_another."; only the last can be asked for as a whole word."""
    stems = tokens(phrase.replace("_", " "))
    last = len(stems) - 1
    return tuple(
        stem + "."
        if len(stem) < _SHORTEST_STEM or (place == last and phrase.endswith("."))
        else stem
        for place, stem in enumerate(stems)
    )


def _tfidf(**settings: object) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, min_df=2, dtype=np.float32, **settings)
