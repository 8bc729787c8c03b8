"""The directory: every question one can ask about places and towns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from bot.directory.distances import distance_km, surely_farther
from bot.directory.model import (
    NATIONAL,
    Found,
    Grade,
    Kind,
    Place,
    Point,
    Region,
    Town,
    TownMatch,
)
from bot.directory.town_search import TownSearch, Vocabulary

NEAR_KM = 50.0
MOST_OF_A_SORT = 2
LAST_STEP_WITH_POINT = 1

MISSIONS = frozenset({Kind.EMBASSY, Kind.CONSULATE})
# Nobody without papers is sent to an authority or another state's mission unasked: these
# are found by their service only.
ON_REQUEST_ONLY = MISSIONS | {Kind.GOVERNMENT, Kind.MIGRATION_SERVICE}
# Hospitals are the best mapped places and would otherwise fill every list.
SORTS = MappingProxyType({Kind.MATERNITY: Kind.HOSPITAL})


class _Rank(NamedTuple):
    """Where a place stands in a list; the smallest is shown first.

    Steps: 0 a trusted point near by, 1 a doubtful point near by, 2 the same town or one
    near by, 3 the same region.
    """

    step: int
    km: float
    has_no_phone: bool
    order: int


@dataclass(frozen=True, slots=True)
class _Here:
    """Where somebody is: a point or only a town, and how far the towns are from there."""

    point: Point | None
    town: Town
    town_km: Mapping[str, float]


class Directory:
    """All places and towns, as last read; never changes."""

    def __init__(
        self,
        towns: tuple[Town, ...],
        places: tuple[Place, ...],
        attribution: str,
        vocabulary: Vocabulary,
    ) -> None:
        self.towns = towns
        self.places = places
        self.attribution = attribution
        self._places = {place.id: place for place in places}
        self._towns = {town.id: town for town in towns}
        self._search = TownSearch(towns, vocabulary)

    def place(self, place_id: str) -> Place | None:
        """The place with this id."""
        return self._places.get(place_id)

    def phone(self, place_id: str) -> str | None:
        """The first number of a place as printed: "111", "+7 727 254 50 57"."""
        place = self._places.get(place_id)
        return place.phones[0] if place and place.phones else None

    def town(self, town_id: str) -> Town | None:
        """The town with this id; None for `national`."""
        return self._towns.get(town_id)

    def find_towns(self, text: str, limit: int = 3) -> tuple[TownMatch, ...]:
        """The towns named in somebody's words, surest first; () when there is none."""
        return self._search.find(text, limit)

    def nearest_town(self, latitude: float, longitude: float) -> tuple[Town, float]:
        """The town whose centre is nearest, and the way there in km."""
        here = Point(latitude, longitude)
        ways = ((distance_km(here, town.point), town) for town in self.towns if town.point)
        km, town = min(ways, key=lambda way: way[0])
        return town, km

    def hotlines(self) -> tuple[Place, ...]:
        """The numbers everybody can call."""
        return tuple(p for p in self.places if p.kind is Kind.HOTLINE and not p.countries)

    def consulates(self, country: str | None = None) -> tuple[Place, ...]:
        """A country's missions and its own lines; all countries' without one."""
        return tuple(
            place
            for place in self.places
            if (place.kind in MISSIONS or (place.kind is Kind.HOTLINE and place.countries))
            and (country is None or country in place.countries)
        )

    def national(self, service: str | None = None) -> tuple[Place, ...]:
        """Places for the whole country, without the hotlines."""
        return tuple(
            p
            for p in self.places
            if p.town == NATIONAL and p.kind is not Kind.HOTLINE and p.offers(service)
        )

    def near(
        self, latitude: float, longitude: float, *, service: str | None = None, limit: int = 5
    ) -> tuple[Found, ...]:
        """Places for somebody at this point.

        First those with a trusted point within 50 km, by distance; then those with a
        doubtful one; then, without a distance, those of the town and the towns around;
        then those of the region. Authorities and missions only when `service` asks.
        """
        town, _km = self.nearest_town(latitude, longitude)
        point = Point(latitude, longitude)
        return self._for(_Here(point, town, self._ways_from(point)), service, limit)

    def in_town(
        self, town_id: str, *, service: str | None = None, limit: int = 5
    ) -> tuple[Found, ...]:
        """Places of a town, of the towns around and of its region; never with a distance."""
        town = self._towns.get(town_id)
        if town is None:
            return ()
        ways = self._ways_from(town.point) if town.point else {}
        return self._for(_Here(None, town, ways), service, limit)

    def _ways_from(self, point: Point) -> dict[str, float]:
        return {
            town.id: distance_km(point, town.point) for town in self.towns if town.point is not None
        }

    def _for(self, here: _Here, service: str | None, limit: int) -> tuple[Found, ...]:
        ranked: list[tuple[_Rank, Place]] = []
        for order, place in enumerate(self.places):
            town = self._towns.get(place.town)
            if town is None or not _is_wanted(place, service):
                continue
            rank = _rank(here, place, town.region, order)
            if rank is not None:
                ranked.append((rank, place))
        ranked.sort(key=itemgetter(0))
        chosen = ranked[:limit] if service else _mixed(ranked, limit)
        return tuple(
            Found(
                place, rank.km if rank.step <= LAST_STEP_WITH_POINT else None, self.town(place.town)
            )
            for rank, place in chosen
        )


def _is_wanted(place: Place, service: str | None) -> bool:
    if place.kind is Kind.HOTLINE or not place.offers(service):
        return False
    return service is not None or place.kind not in ON_REQUEST_ONLY


def _rank(here: _Here, place: Place, region: Region, order: int) -> _Rank | None:
    no_phone = not place.phones
    km = _way(here.point, place.position)
    if km is not None and place.position is not None:
        return _Rank(1 if place.position.grade is Grade.C else 0, km, no_phone, order)
    if place.town == here.town.id:
        return _Rank(2, 0.0, no_phone, order)
    way = here.town_km.get(place.town)
    if way is not None and way <= NEAR_KM:
        return _Rank(2, way, no_phone, order)
    if region.area == here.town.region.area:
        return _Rank(3, way or 0.0, no_phone, order)
    return None


def _way(here: Point | None, there: Point | None) -> float | None:
    """The distance, when both ends are known and it is not too long to matter."""
    if here is None or there is None or surely_farther(here, there, NEAR_KM):
        return None
    km = distance_km(here, there)
    return km if km <= NEAR_KM else None


def _mixed(ranked: list[tuple[_Rank, Place]], limit: int) -> list[tuple[_Rank, Place]]:
    """The first ones, with at most two of a sort as long as there are others."""
    taken: list[tuple[_Rank, Place]] = []
    left: list[tuple[_Rank, Place]] = []
    how_many: Counter[Kind] = Counter()
    for one in ranked:
        sort = SORTS.get(one[1].kind, one[1].kind)
        how_many[sort] += 1
        (taken if how_many[sort] <= MOST_OF_A_SORT else left).append(one)
        if len(taken) == limit:
            break
    return sorted((taken + left)[:limit], key=itemgetter(0))
