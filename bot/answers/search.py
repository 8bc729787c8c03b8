"""Finding topics by words alone, for the time when the understanding is away."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from bot.spelling import skeleton

TITLE_WEIGHT = 2.0
SHORTEST_WORD = 3
SHORTEST_FUZZY = 5
NEAR = 84.0  # percent of letters in common for a misspelling
PREFIX_WORTH = 0.85  # the same beginning: case endings and the like
MOST_WORDS = 40
ENOUGH = 2.4  # a rare word of a title, or several of a text
CLOSE_BEHIND = 0.55  # share of the best score that is still worth showing


class Index:
    """The words of titles and short answers, weighed by how few topics use them."""

    def __init__(self, texts: Iterable[tuple[str, str, str]]) -> None:
        weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
        topics = set()
        for topic, title, short in texts:
            topics.add(topic)
            for word in _words(short):
                weights[word].setdefault(topic, 1.0)
            for word in _words(title):
                weights[word][topic] = TITLE_WEIGHT
        self._weights = {
            word: {topic: weight * _rarity(len(by), len(topics)) for topic, weight in by.items()}
            for word, by in weights.items()
        }
        self._vocabulary = tuple(self._weights)

    def search(self, text: str, limit: int) -> tuple[str, ...]:
        """The topics whose words are nearest, best first."""
        scores: defaultdict[str, float] = defaultdict(float)
        for word in list(dict.fromkeys(_words(text)))[:MOST_WORDS]:
            for topic, score in self._worth(word).items():
                scores[topic] += score
        best = max(scores.values(), default=0.0)
        least = max(ENOUGH, best * CLOSE_BEHIND)
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        return tuple(topic for topic, score in ranked if score >= least)[:limit]

    def _worth(self, word: str) -> dict[str, float]:
        worth: dict[str, float] = {}
        for known, likeness in self._alike(word):
            for topic, weight in self._weights[known].items():
                worth[topic] = max(worth.get(topic, 0.0), likeness * weight)
        return worth

    def _alike(self, word: str) -> Iterator[tuple[str, float]]:
        if word in self._weights:
            yield word, 1.0
            return
        for known in self._vocabulary:
            if _same_beginning(word, known):
                yield known, PREFIX_WORTH
        if len(word) >= SHORTEST_FUZZY:
            near = process.extract(
                word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=NEAR, limit=5
            )
            for known, likeness, _ in near:
                yield known, likeness / 100 * PREFIX_WORTH


def _words(text: str) -> list[str]:
    return [word for word in skeleton(text).split() if len(word) >= SHORTEST_WORD]


def _rarity(using: int, topics: int) -> float:
    return math.log((1 + topics) / (1 + using))


def _same_beginning(word: str, known: str) -> bool:
    shorter, longer = sorted((word, known), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter) and len(longer) <= 2 * len(shorter)
