"""Entries that are probably the same place written twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz import fuzz

from bot.directory.model import Place
from bot.spelling import skeleton

ALIKE = 92.0  # of 100, for the words of two Russian names in any order


def _numbers(place: Place) -> list[str]:
    """The numbers in a name: hospital 4 is not hospital 7."""
    return re.findall(r"\d+", place.name("ru"))


def look_alikes(places: Iterable[Place]) -> Iterator[tuple[Place, Place, str]]:
    """Pairs of the same kind that share a phone, or a town and nearly a name; with the reason."""
    alike: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        for phone in place.phones:
            alike.setdefault((place.kind, phone), []).append(place)
    told: set[tuple[str, str]] = set()
    for (_kind, phone), group in alike.items():
        for one, other in combinations(group, 2):
            if one.id != other.id and (one.id, other.id) not in told:
                told.add((one.id, other.id))
                yield one, other, f"phones: {phone}"
    by_town: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        by_town.setdefault((place.kind, place.town), []).append(place)
    for group in by_town.values():
        names = [skeleton(place.name("ru")) for place in group]
        for (one, name), (other, its_name) in combinations(zip(group, names, strict=True), 2):
            if one.countries != other.countries or _numbers(one) != _numbers(other):
                continue
            is_alike = fuzz.token_sort_ratio(name, its_name) >= ALIKE
            if is_alike and (one.id, other.id) not in told:
                yield one, other, f"names: “{one.name('ru')}” and “{other.name('ru')}”"
