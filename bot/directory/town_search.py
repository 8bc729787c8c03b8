"""Finds towns in somebody's words, whatever the language, spelling and case ending."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.directory.model import Town, TownMatch
from bot.directory.town_endings import ENDINGS, IN_AND_FROM, INSTEAD_OF_VOWEL, SAID_OF_PLACES
from bot.directory.town_names import (
    SHORTEST_NAME,
    VOWELS,
    WELL_KNOWN,
    Meaning,
    TownNames,
    without_runs,
)
from bot.spelling import skeleton

WITH_ENDING = 2.0  # points behind a name that stands there as it is
SAME_LEAGUE = 10.0  # points behind the best within which another town is still worth asking about
LESS_EXACT = 4.0  # what the city loses to a town of its region that is named beside it
MOST_WORDS = 80
LONGEST_PHRASE = 3
FEW_WORDS = 2  # somebody who was asked for a town and names it
SHORTEST_TOGETHER = 7  # letters of a name written in several words, inside a longer text
NEXT_WORDS = 2  # how far from a name the word may stand that shows what it is

_ADJECTIVE = re.compile(r"(?:ин)?ск(?:и|ого|ому|ом|ои|аиа|уиу|ое)")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words about towns that are not towns.

    `everyday_words` are names that mean something else in ordinary speech, `town_words`
    ("city", "village") show that a name is meant after all, and so do `staying_words` ("I
    live", "we work") after an ending that says where; `elsewhere` are places abroad that
    must not be taken for misspelt towns.
    """

    everyday_words: tuple[str, ...] = ()
    town_words: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    staying_words: tuple[str, ...] = ()


class TownSearch:
    """Knows every spelling of every town."""

    def __init__(self, towns: Iterable[Town], vocabulary: Vocabulary) -> None:
        self._names = TownNames(towns, vocabulary.everyday_words, vocabulary.elsewhere)
        self._town_words = tuple(skeleton(word) for word in vocabulary.town_words)
        self._staying_words = tuple(skeleton(word) for word in vocabulary.staying_words)

    def find(self, text: str, limit: int) -> tuple[TownMatch, ...]:
        """The towns meant by `text`, surest first; none when nothing is near."""
        words = skeleton(text).split()[:MOST_WORDS]
        best: dict[str, TownMatch] = {}
        for match in self._exactly(words) or self._nearly(words):
            known = best.get(match.town.id)
            if known is None or known.score < match.score:
                best[match.town.id] = match
        matches = _narrower_first(list(best.values()))
        return tuple(m for m in matches if m.score > matches[0].score - SAME_LEAGUE)[:limit]

    def is_name(self, text: str, *, was_asked: bool) -> bool:
        """Whether the words are the name of a town or of a place in one, and nothing besides.

        Who was asked for a town also means one whose name is an everyday word.
        """
        whole = skeleton(text).split()
        # "Altyn Orda market", "the town of Taldykorgan"
        bare = [word for word in whole if not word.startswith(self._town_words)]
        is_called_place = 0 < len(bare) < len(whole)
        ways = [words for words in (whole, bare) if 0 < len(words) <= LONGEST_PHRASE]
        names = [name for words in ways for name, _ending in self._readings("".join(words))]
        return any(
            was_asked
            or is_called_place
            or (len(name) >= SHORTEST_NAME and not self._names.is_everyday(name))
            for name in names
        )

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
        together = "".join(words[start : start + size])
        if size > 1 and len(words) > size and len(together) < SHORTEST_TOGETHER:
            return
        for name, ending in self._readings(together):
            if self._is_meant(name, ending, words, start, size):
                yield from self._matches(name, WITH_ENDING if ending else 0.0)

    def _readings(self, word: str) -> Iterator[tuple[str, str]]:
        """The ways to read a word as a name and an ending."""
        word = without_runs(word)
        for cut in range(len(word), 1, -1):
            name, ending = word[:cut], word[cut:]
            if name in self._names and _is_ending(ending):
                yield name, ending
            elif _replaces_vowel(ending) and len(name) >= SHORTEST_NAME:
                whole = (name + vowel for vowel in VOWELS)
                yield from ((known, ending) for known in whole if known in self._names)

    def _is_meant(self, name: str, ending: str, words: list[str], start: int, size: int) -> bool:
        if len(words) == size:
            return True
        is_everyday = len(name) < SHORTEST_NAME or self._names.is_everyday(name)
        before, after = words[max(0, start - 1) : start], words[start + size : start + size + 1]
        if _ADJECTIVE.fullmatch(ending):
            return any(word.startswith(self._town_words) for word in (*before, *after))
        if not is_everyday:
            return True
        if any(word.startswith(self._town_words) for word in (*before, *after)):
            return True
        is_in_or_from = not IN_AND_FROM.isdisjoint(before)
        if len(words) == size + 1 and is_in_or_from:
            return True
        says_where = bool(ending) and is_in_or_from
        if ending in SAID_OF_PLACES and self._stays(words, start, size):
            return True
        if len(name) < SHORTEST_NAME or self._names.people(name) < WELL_KNOWN:
            return False
        return says_where or ending in SAID_OF_PLACES

    def _stays(self, words: list[str], start: int, size: int) -> bool:
        """Whether somebody says near these words that they live, work or are there."""
        near = (*words[max(0, start - NEXT_WORDS) : start], *words[start + size :][:NEXT_WORDS])
        return any(word.startswith(self._staying_words) for word in near)

    def _nearly(self, words: list[str]) -> Iterator[TownMatch]:
        """Misspelt names; in a longer text only those no other word comes near to."""
        if len(words) <= FEW_WORDS:
            yield from self._like("".join(words), few_words=True)
        for number, word in enumerate(words):
            is_place = number > 0 and words[number - 1] in IN_AND_FROM
            few_words = len(words) <= FEW_WORDS or is_place
            yield from self._like(word, few_words=few_words, stays=self._stays(words, number, 1))

    def _like(self, word: str, *, few_words: bool, stays: bool = False) -> Iterator[TownMatch]:
        word = without_runs(word)
        cuts = [cut for cut in range(len(word), SHORTEST_NAME, -1) if word[cut:] in ENDINGS]
        if any(self._names.is_elsewhere(word[:cut]) for cut in cuts):
            return
        for cut in cuts:
            is_said = few_words or (stays and word[cut:] in SAID_OF_PLACES)
            yield from self._misspelt(word[:cut], is_said)
        for cut in (len(word) - 1, len(word) - 2):
            if few_words and cut >= SHORTEST_NAME and word[cut:] in INSTEAD_OF_VOWEL:
                yield from self._misspelt(word[:cut] + "а", few_words)

    def _misspelt(self, word: str, few_words: bool) -> Iterator[TownMatch]:
        for name, lost in self._names.like(word, few_words=few_words):
            yield from self._matches(name, lost)

    def _matches(self, name: str, lost: float) -> Iterator[TownMatch]:
        for meaning in self._names.meanings(name):
            yield _match(meaning, lost)


def _match(meaning: Meaning, lost: float) -> TownMatch:
    return TownMatch(meaning.town, meaning.score - lost)


def _is_ending(ending: str) -> bool:
    return ending in ENDINGS or _ADJECTIVE.fullmatch(ending) is not None


def _replaces_vowel(ending: str) -> bool:
    return ending in INSTEAD_OF_VOWEL or _ADJECTIVE.fullmatch(ending) is not None


def _narrower_first(matches: list[TownMatch]) -> list[TownMatch]:
    """Surest first; who names a town and the city of its region means the town."""
    seen = [
        TownMatch(match.town, match.score - LESS_EXACT)
        if any(_lies_around(match.town, other.town) for other in matches)
        else match
        for match in matches
    ]
    return sorted(seen, key=lambda match: (-match.score, -match.town.population))


def _lies_around(city: Town, other: Town) -> bool:
    is_larger = city.population > other.population
    is_same_name = set(city.spellings) & set(other.spellings)
    return is_larger and not is_same_name and city.region.area == other.region.area
