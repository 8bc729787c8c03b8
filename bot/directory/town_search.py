"""Finds towns in somebody's words, whatever the language, spelling and case ending."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.directory.model import Town, TownMatch
from bot.spelling import skeleton

EXACT, WITH_ENDING = 100.0, 98.0
NAMESAKE_LOSES = 6.0  # when it is so much smaller that hardly anybody means it
SO_MUCH_SMALLER = 10
SAME_LEAGUE = 10.0  # points behind the best within which another town is still worth asking about
MOST_WORDS = 80
FEW_WORDS = 3  # somebody who was asked for a town and names it
SHORTEST_NAME = 4  # shorter names are everyday words in one language or another
LONGEST_PHRASE = 3
WELL_KNOWN = 30_000  # people

_RUN = re.compile(r"(.)\1+")


def _endings() -> frozenset[str]:
    """Case and person endings of the five languages, as skeletons."""
    found = {""}
    place, from_there = ("да", "де", "та", "те", "до", "то"), ("дан", "ден", "тан", "тен", "дон")
    found |= {*place, *from_there, "нан", "нен", "тон"}
    found |= {a + b for a, b in product(place, ("ги", "гу", "мин", "ман", "миз", "биз", "буз"))}
    found |= {"га", "ге", "ка", "ке", "го", "ко", "нин", "дин", "тин", "нун", "дун", "тун"}
    found |= {"ни", "ди", "ти", "ну", "ду", "ту", "лик", "дик", "тик", "лук", "ликпиз", "ликмин"}
    found |= {"ро", "ра", "ба", "анда", "и", "е", "ам", "ем", "иам", "у", "а", "ом", "ои"}
    return frozenset(found)


ENDINGS = _endings()
# In Russian the last vowel of a name gives way to the ending.
INSTEAD_OF_VOWEL = frozenset({"е", "у", "и", "ои", "ом", "а", "ам", "ах"})
VOWELS = "аеиоу"


class TownSearch:
    """Knows every spelling of every town.

    `everyday_words` are names that mean something else in ordinary speech: they count
    as a town only when little else is said, or next to one of the `town_words`
    ("city", "village").
    """

    def __init__(
        self, towns: Iterable[Town], everyday_words: Iterable[str], town_words: Iterable[str]
    ) -> None:
        by_name: dict[str, dict[str, Town]] = defaultdict(dict)
        for town in towns:
            for spelling in town.spellings:
                by_name[_key(skeleton(spelling).split())][town.id] = town
        self._by_name = {name: tuple(found.values()) for name, found in by_name.items()}
        self._names = [name for name in by_name if len(name) > SHORTEST_NAME]
        self._well_known = [
            name
            for name in self._names
            if any(town.population >= WELL_KNOWN for town in self._by_name[name])
        ]
        self._everyday = {_key(skeleton(word).split()) for word in everyday_words}
        self._town_words = tuple(skeleton(word) for word in town_words)

    def find(self, text: str, limit: int) -> tuple[TownMatch, ...]:
        """The towns meant by `text`, surest first; none when nothing is near."""
        words = skeleton(text).split()[:MOST_WORDS]
        scores: dict[str, float] = {}
        towns: dict[str, Town] = {}
        for town, score in self._exactly(words) or self._nearly(words):
            towns[town.id] = town
            scores[town.id] = max(score, scores.get(town.id, 0.0))
        largest = max((town.population for town in towns.values()), default=0)
        matches = [
            TownMatch(town, _weighed(town, scores[town.id], largest)) for town in towns.values()
        ]
        matches.sort(key=lambda match: (-match.score, -match.town.population))
        return tuple(m for m in matches if m.score > matches[0].score - SAME_LEAGUE)[:limit]

    def _exactly(self, words: list[str]) -> list[tuple[Town, float]]:
        """Names said as they are, the longest phrase at each word first."""
        found: list[tuple[Town, float]] = []
        start = 0
        while start < len(words):
            taken = 1
            for size in range(min(LONGEST_PHRASE, len(words) - start), 0, -1):
                here = list(self._named(words, start, size))
                if here:
                    found += here
                    taken = size
                    break
            start += taken
        return found

    def _named(self, words: list[str], start: int, size: int) -> Iterator[tuple[Town, float]]:
        word = _key(words[start : start + size])
        for cut in range(len(word), 1, -1):
            name, ending = word[:cut], word[cut:]
            full = self._by_name.get(name, ()) if ending in ENDINGS else ()
            if full and self._is_meant(name, words, start, size):
                for town in full:
                    yield town, WITH_ENDING if ending else EXACT
            elif not full and ending in INSTEAD_OF_VOWEL and len(name) >= SHORTEST_NAME:
                for vowel in VOWELS:
                    whole = name + vowel
                    if whole in self._by_name and self._is_meant(whole, words, start, size):
                        yield from ((town, WITH_ENDING) for town in self._by_name[whole])

    def _is_meant(self, name: str, words: list[str], start: int, size: int) -> bool:
        if len(name) >= SHORTEST_NAME and name not in self._everyday:
            return True
        around = (*words[max(0, start - 1) : start], *words[start + size : start + size + 1])
        return len(words) <= size + 1 or any(word.startswith(self._town_words) for word in around)

    def _nearly(self, words: list[str]) -> Iterator[tuple[Town, float]]:
        """Misspelt names; in a longer text only well-known ones, or any word might become one."""
        few = len(words) <= FEW_WORDS
        names = self._names if few else self._well_known
        for start, size in product(range(len(words)), (1, 2)):
            if start + size > len(words):
                continue
            word = _key(words[start : start + size])
            for cut in range(len(word), SHORTEST_NAME, -1):
                if word[cut:] in ENDINGS:
                    yield from self._like(word[:cut], names, few)

    def _like(self, word: str, names: list[str], few: bool) -> Iterator[tuple[Town, float]]:
        hits = process.extract(word, names, scorer=OSA.distance, score_cutoff=2, limit=5)
        for name, distance, _index in hits:
            if name[0] == word[0] and distance <= _slips_allowed(name, few):
                for town in self._by_name[name]:
                    yield town, 100.0 * (1 - distance / len(name))


def _slips_allowed(name: str, few_words: bool) -> int:
    length = len(name) if few_words else len(name) - 2
    return 2 if length >= 8 else 1 if length >= 5 else 0


def _weighed(town: Town, score: float, largest: int) -> float:
    return score - NAMESAKE_LOSES if town.population * SO_MUCH_SMALLER < largest else score


def _key(words: list[str]) -> str:
    """Words written together, so that blanks and hyphens make no difference."""
    return _RUN.sub(r"\1", "".join(words))
