"""Finds towns in somebody's words, whatever the language, spelling and case ending."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.directory.model import Town, TownMatch
from bot.directory.town_endings import ENDINGS, IN_AND_FROM, INSTEAD_OF_VOWEL, SAID_OF_PLACES
from bot.spelling import skeleton

EXACT, WITH_ENDING = 100.0, 98.0
NAMESAKE_LOSES = 6.0  # when it is so much smaller that hardly anybody means it
SO_MUCH_SMALLER = 10
SAME_LEAGUE = 10.0  # points behind the best within which another town is still worth asking about
MOST_WORDS = 80
LONGEST_PHRASE = 3
FEW_WORDS = 2  # somebody who was asked for a town and names it
SHORTEST_NAME = 4  # shorter names are everyday words in one language or another
WELL_KNOWN = 20_000  # people
LARGE = 200_000
VOWELS = "аеиоу"

_RUN = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words about towns that are not towns.

    `everyday_words` are names that mean something else in ordinary speech, `town_words`
    ("city", "village") show that a name is meant after all, and `elsewhere` are places
    abroad that must not be taken for misspelt towns.
    """

    everyday_words: tuple[str, ...] = ()
    town_words: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


class TownSearch:
    """Knows every spelling of every town."""

    def __init__(self, towns: Iterable[Town], vocabulary: Vocabulary) -> None:
        by_name: dict[str, dict[str, Town]] = defaultdict(dict)
        for town in towns:
            for spelling in town.spellings:
                by_name[_key(spelling)][town.id] = town
        self._by_name = {name: tuple(found.values()) for name, found in by_name.items()}
        self._elsewhere = [_key(name) for name in vocabulary.elsewhere]
        self._everyday = frozenset(_key(word) for word in vocabulary.everyday_words)
        self._town_words = tuple(skeleton(word) for word in vocabulary.town_words)
        self._people = {
            name: max(town.population for town in found) for name, found in self._by_name.items()
        }
        misspelt = {n: p for n, p in self._people.items() if n not in self._everyday}
        self._short_text_names = self._elsewhere + [n for n in misspelt if len(n) >= 5]
        self._long_text_names = self._elsewhere + [
            name
            for name, people in misspelt.items()
            if (len(name) >= 7 and people >= LARGE) or (len(name) >= 8 and people >= WELL_KNOWN)
        ]

    def find(self, text: str, limit: int) -> tuple[TownMatch, ...]:
        """The towns meant by `text`, surest first; none when nothing is near."""
        words = skeleton(text).split()[:MOST_WORDS]
        best: dict[str, TownMatch] = {}
        for match in self._exactly(words) or self._nearly(words):
            known = best.get(match.town.id)
            if known is None or known.score < match.score:
                best[match.town.id] = match
        matches = sorted(best.values(), key=lambda match: (-match.score, -match.town.population))
        return tuple(m for m in matches if m.score > matches[0].score - SAME_LEAGUE)[:limit]

    def _exactly(self, words: list[str]) -> list[TownMatch]:
        """Names said as they are; at each word the longest phrase wins."""
        found: list[TownMatch] = []
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

    def _named(self, words: list[str], start: int, size: int) -> Iterator[TownMatch]:
        for name, ending in self._readings("".join(words[start : start + size])):
            if self._is_meant(name, ending, words, start, size):
                yield from self._matches(name, WITH_ENDING if ending else EXACT)

    def _readings(self, word: str) -> Iterator[tuple[str, str]]:
        """The ways to read a word as a name and an ending."""
        word = _RUN.sub(r"\1", word)
        for cut in range(len(word), 1, -1):
            name, ending = word[:cut], word[cut:]
            if name in self._by_name and ending in ENDINGS:
                yield name, ending
            elif ending in INSTEAD_OF_VOWEL and len(name) >= SHORTEST_NAME:
                whole = (name + vowel for vowel in VOWELS)
                yield from ((known, ending) for known in whole if known in self._by_name)

    def _is_meant(self, name: str, ending: str, words: list[str], start: int, size: int) -> bool:
        if len(words) == size or (len(name) >= SHORTEST_NAME and name not in self._everyday):
            return True
        before, after = words[max(0, start - 1) : start], words[start + size : start + size + 1]
        if any(word.startswith(self._town_words) for word in (*before, *after)):
            return True
        says_where = bool(ending) and not IN_AND_FROM.isdisjoint(before)
        if len(words) == size + 1 and says_where:
            return True
        if len(name) < SHORTEST_NAME or self._people[name] < WELL_KNOWN:
            return False
        return says_where or ending in SAID_OF_PLACES

    def _nearly(self, words: list[str]) -> Iterator[TownMatch]:
        """Misspelt names; in a longer text only those no other word comes near to."""
        if len(words) <= FEW_WORDS:
            yield from self._like("".join(words), self._short_text_names)
        names = self._short_text_names if len(words) <= FEW_WORDS else self._long_text_names
        for word in words:
            for cut in range(len(word), SHORTEST_NAME, -1):
                if word[cut:] in ENDINGS:
                    yield from self._like(word[:cut], names)

    def _like(self, word: str, names: list[str]) -> Iterator[TownMatch]:
        word = _RUN.sub(r"\1", word)
        hits = process.extract(word, names, scorer=OSA.distance, score_cutoff=2, limit=5)
        if not hits or hits[0][0] in self._elsewhere:
            return
        for name, distance, _index in hits:
            if name in self._people and name[0] == word[0] and distance <= self._slips(name):
                yield from self._matches(name, 100.0 * (1 - distance / len(name)))

    def _slips(self, name: str) -> int:
        """How many letters may be wrong; in a small place's name none unless it is long."""
        length = len(name) if self._people[name] >= WELL_KNOWN else len(name) - 2
        return 2 if length >= 9 else 1 if length >= 5 else 0

    def _matches(self, name: str, score: float) -> Iterator[TownMatch]:
        for town in self._by_name[name]:
            is_small = town.population * SO_MUCH_SMALLER < self._people[name]
            yield TownMatch(town, score - NAMESAKE_LOSES if is_small else score)


def _key(name: str) -> str:
    """A name written together, so that blanks and hyphens make no difference."""
    return _RUN.sub(r"\1", skeleton(name).replace(" ", ""))
