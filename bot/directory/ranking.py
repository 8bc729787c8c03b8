"""In which order places are offered, and which ones are not offered at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from bot.directory.hours import Openness, openness
from bot.directory.model import Kind, Place
from bot.languages import Language

MOST_OF_A_SORT = 2
MISSIONS = frozenset({Kind.EMBASSY, Kind.CONSULATE})
# Nobody without papers is sent to an authority or another state's mission unasked: these
# are found by their service only.
ON_REQUEST_ONLY = MISSIONS | {Kind.GOVERNMENT, Kind.MIGRATION_SERVICE}
# Authorities work for the people of their own region.
OF_ONE_REGION = frozenset({Kind.GOVERNMENT, Kind.MIGRATION_SERVICE})
# Hospitals are the best mapped places and would otherwise fill every list.
SORTS = MappingProxyType({Kind.MATERNITY: Kind.HOSPITAL})


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for, in which language, and when.

    Without `language` or `at` these make no difference to the order.
    """

    service: str | None = None
    language: Language | None = None
    at: datetime | None = None

    def wants(self, place: Place) -> bool:
        """Whether the place may be offered at all."""
        if place.kind is Kind.HOTLINE or not place.offers(self.service):
            return False
        return self.service is not None or place.kind not in ON_REQUEST_ONLY


class Rank(NamedTuple):
    """Where a place stands in a list; the smallest is shown first.

    Steps: 0 a trusted point near by, 1 a doubtful point near by, 2 the same town or one
    near by, 3 the same region, 4 another region. Who serves now and speaks the language
    comes before who is a few streets nearer.
    """

    step: int
    openness: Openness
    needs_interpreter: bool
    km: float
    has_no_phone: bool
    order: int


def rank(wish: Wish, place: Place, step: int, km: float, order: int) -> Rank:
    """The place's rank for this wish."""
    return Rank(
        step,
        Openness.UNKNOWN if wish.at is None else openness(place, wish.at),
        wish.language is not None and wish.language.value not in place.languages,
        km,
        not place.phones,
        order,
    )


def in_order(ranked: Iterable[tuple[Rank, Place]]) -> list[tuple[Rank, Place]]:
    """The places of one service, the best first."""
    return sorted(ranked, key=itemgetter(0))


def mixed(ranked: Iterable[tuple[Rank, Place]]) -> list[tuple[Rank, Place]]:
    """The best first, but no third one of a sort before two of every other."""
    taken: list[tuple[Rank, Place]] = []
    left: list[tuple[Rank, Place]] = []
    how_many: Counter[Kind] = Counter()
    for one in in_order(ranked):
        sort = SORTS.get(one[1].kind, one[1].kind)
        how_many[sort] += 1
        (taken if how_many[sort] <= MOST_OF_A_SORT else left).append(one)
    return taken + left
