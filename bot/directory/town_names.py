"""Every name a town goes by, and the towns behind a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.directory.model import Town
from bot.directory.town_variants import variants
from bot.spelling import skeleton

EXACT, VARIANT, LANDMARK = 100.0, 97.0, 97.0
NAMESAKE_LOSES = 6.0  # when it is so much smaller that hardly anybody means it
SO_MUCH_SMALLER = 10
SHORTEST_NAME = 4  # shorter names are everyday words in one language or another
WELL_KNOWN = 20_000  # people
LARGE = 200_000
VOWELS = "аеиоу"
MOST_SLIPS = 2
SHORTEST_LANDMARK = 7  # of those that may be misspelt

_RUN = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A town a name may stand for, with the score of the name as it was written."""

    town: Town
    score: float


class TownNames:
    """Names as keys: skeletons written together, so that blanks and hyphens do not matter."""

    def __init__(
        self, towns: Iterable[Town], everyday_words: Iterable[str], elsewhere: Iterable[str]
    ) -> None:
        self._everyday = frozenset(_key(word) for word in everyday_words)
        self._meanings: dict[str, dict[str, Meaning]] = {}
        self._elsewhere = frozenset(_key(name) for name in elsewhere)
        towns = tuple(towns)
        for town in towns:
            for spelling in town.spellings:
                self._add(_key(spelling), town, EXACT)
        misspelt = self._not_everyday(5)
        for town in towns:
            for landmark in town.landmarks:
                self._add(_key(landmark), town, LANDMARK)
        with_landmarks = misspelt | self._not_everyday(SHORTEST_LANDMARK)
        for town in towns:
            names = (*town.spellings, *town.landmarks)
            for key in {_key(name) for name in names} - self._everyday:
                for variant in variants(key):
                    self._add(variant, town, VARIANT)
        self._for_few_words = [*self._elsewhere, *sorted(with_landmarks)]
        self._for_many_words = [*self._elsewhere, *sorted(filter(self._stands_out, misspelt))]

    def _not_everyday(self, shortest: int) -> set[str]:
        return {n for n in self._meanings if len(n) >= shortest and n not in self._everyday}

    def _stands_out(self, name: str) -> bool:
        """Whether hardly a word of a longer text comes near to the name by chance."""
        length, people = len(name), self.people(name)
        return (length >= 7 and people >= LARGE) or (length >= 8 and people >= WELL_KNOWN)

    def _add(self, key: str, town: Town, score: float) -> None:
        self._meanings.setdefault(key, {}).setdefault(town.id, Meaning(town, score))

    def __contains__(self, key: str) -> bool:
        return key in self._meanings

    def is_everyday(self, key: str) -> bool:
        """Whether the name means something else in ordinary speech."""
        return key in self._everyday

    def is_elsewhere(self, key: str) -> bool:
        """Whether a place abroad is called that."""
        return key in self._elsewhere

    def people(self, key: str) -> int:
        """How many people live in the largest town of this name."""
        return max(meaning.town.population for meaning in self._meanings[key].values())

    def meanings(self, key: str) -> Iterator[Meaning]:
        """The towns of this name; one that is much smaller than its namesake loses."""
        most = self.people(key)
        for meaning in self._meanings[key].values():
            is_small = meaning.town.population * SO_MUCH_SMALLER < most
            score = meaning.score - NAMESAKE_LOSES if is_small else meaning.score
            yield Meaning(meaning.town, score)

    def like(self, word: str, *, few_words: bool) -> Iterator[tuple[str, float]]:
        """Names that differ by a slip or two, and the points a slip costs."""
        names = self._for_few_words if few_words else self._for_many_words
        hits = process.extract(word, names, scorer=OSA.distance, score_cutoff=MOST_SLIPS, limit=8)
        abroad = min(
            (distance for name, distance, _i in hits if name in self._elsewhere), default=9
        )
        for name, distance, _index in hits:
            if name in self._elsewhere or distance > abroad:
                continue
            if _same_beginning(name, word) and distance <= self._slips(name):
                yield name, 100.0 * distance / len(name)

    def _slips(self, name: str) -> int:
        """How many letters may be wrong; in a small place's name none unless it is long."""
        length = len(name) if self.people(name) >= WELL_KNOWN else len(name) - 2
        return 2 if length >= 9 else 1 if length >= 5 else 0


def _same_beginning(name: str, word: str) -> bool:
    return name[0] == word[0] or (name[0] in VOWELS and word[0] in VOWELS)


def without_runs(word: str) -> str:
    """The word with each letter once where it was repeated."""
    return _RUN.sub(r"\1", word)


def _key(name: str) -> str:
    return without_runs(skeleton(name).replace(" ", ""))
