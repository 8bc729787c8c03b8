"""Finding topics by words alone, for the time when the understanding is away."""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Prefix

from bot.spelling import skeleton

_Place = tuple[str, str]  # topic and language

TITLE_WEIGHT = 2.0
SHORT_WEIGHT = 1.0
OTHER_LANGUAGE = 0.9
SHORTEST_WORD = 3
SHORTEST_STEM = 4
LONGEST_ENDING = 2
SHORTEST_FUZZY = 5
NEAR = 84.0  # percent of letters in common for a misspelling
PREFIX_WORTH = 0.85  # the same beginning: case endings and the like
MOST_WORDS = 40
ENOUGH = 0.95  # one word that only one topic uses, or several that few use
CLOSE_BEHIND = 0.55  # share of the best score that is still worth showing


@dataclass(frozen=True, slots=True)
class Page:
    """The words of one answer, by how much they tell about its topic."""

    topic: str
    language: str
    title: str
    short: str
    rest: str


class Index:
    """The words of titles and short answers, weighed by how few topics use them."""

    def __init__(self, pages: Iterable[Page]) -> None:
        weights: defaultdict[str, dict[_Place, float]] = defaultdict(dict)
        titled: defaultdict[str, set[str]] = defaultdict(set)
        for page in pages:
            place = (page.topic, page.language)
            for word in _words_of_a_page(page.title):
                titled[word].add(page.topic)
            weighed = ((page.title, TITLE_WEIGHT), (page.short, SHORT_WEIGHT), (page.rest, 0.0))
            for text, weight in weighed:
                for word in _words_of_a_page(text):
                    weights[word].setdefault(place, weight)
        topics = len({topic for places in weights.values() for topic, _ in places})
        # The rest of an answer finds nothing, but shows which words are common everywhere.
        self._weights = {
            word: _by_rarity(places, topics, len(titled[word]))
            for word, places in weights.items()
            if any(places.values())
        }
        self._vocabulary = tuple(self._weights)

    def search(self, text: str, language: str, limit: int) -> tuple[str, ...]:
        """The topics whose words are nearest, best first."""
        scores: defaultdict[str, float] = defaultdict(float)
        for word in list(dict.fromkeys(_words(text)))[:MOST_WORDS]:
            for topic, score in self._worth(word, language).items():
                scores[topic] += score
        best = max(scores.values(), default=0.0)
        least = max(ENOUGH, best * CLOSE_BEHIND)
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        return tuple(topic for topic, score in ranked if score >= least)[:limit]

    def _worth(self, word: str, chosen: str) -> dict[str, float]:
        worth: dict[str, float] = {}
        for known, likeness in self._alike(word):
            for (topic, language), weight in self._weights[known].items():
                trust = 1.0 if language == chosen else OTHER_LANGUAGE
                worth[topic] = max(worth.get(topic, 0.0), likeness * weight * trust)
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


def _words_of_a_page(text: str) -> Iterator[str]:
    for written in dict.fromkeys(text.split()):
        yield from _words_of_an_editor(written)


# Texts share most of their words, and keep them after an edit. What people write is never
# kept here.
@lru_cache(maxsize=65_536)
def _words_of_an_editor(written: str) -> tuple[str, ...]:
    return tuple(sys.intern(word) for word in _words(written))


def _by_rarity(places: dict[_Place, float], topics: int, titled: int) -> dict[_Place, float]:
    """The weights times 1 for a word of one topic only, 0 for a word of all of them.

    A title's word counts by how many titles have it: «паспорт» is in every answer, but
    whoever types it alone means the topic that is called so.
    """
    using = len({topic for topic, _ in places})
    return {
        place: weight * _rarity(titled if weight == TITLE_WEIGHT else using, topics)
        for place, weight in places.items()
    }


def _rarity(using: int, topics: int) -> float:
    if topics < 2:
        return 1.0
    return math.log((1 + topics) / (1 + using)) / (math.log((1 + topics) / 2) or 1.0)


def _same_beginning(word: str, known: str) -> bool:
    """Whether only the endings differ, as in «школа» and «школу», «мактаб» and «мактабга»."""
    shorter, longer = sorted((word, known), key=len)
    shared = Prefix.similarity(word, known)
    return shared >= max(SHORTEST_STEM, len(shorter) - LONGEST_ENDING) and len(longer) <= 2 * shared
