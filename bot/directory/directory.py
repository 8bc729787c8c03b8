"""The directory: every question one can ask about places and towns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.directory.distances import distance_km
from bot.directory.grid import Grid
from bot.directory.model import (
    NATIONAL,
    Farther,
    Found,
    Grade,
    Kind,
    Place,
    Point,
    Service,
    Town,
    TownMatch,
)
from bot.directory.ranking import MISSIONS, OF_ONE_REGION, Rank, Wish, in_order, mixed, rank
from bot.directory.town_search import TownSearch, Vocabulary
from bot.languages import FALLBACK

NEAR_KM = 50.0
FAR_KM = 150.0  # a place farther than this is no help near by
LAST_STEP_WITH_POINT = 1
ANYTHING = Wish()


@dataclass(frozen=True, slots=True)
class _Here:
    """Where somebody is: a point or only a town, and how far the towns around are."""

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
        topic_services: Mapping[str, Service | None] | None = None,
    ) -> None:
        self.towns = towns
        self.places = places
        self.attribution = attribution
        self.topic_services = topic_services or {}
        self._places = {place.id: place for place in places}
        self._towns = {town.id: town for town in towns}
        self._search = TownSearch(towns, vocabulary)
        self._town_grid = Grid((town.point, town) for town in towns if town.point)
        numbered = tuple(enumerate(places))
        self._pins = Grid((p.position, (order, p)) for order, p in numbered if p.position)
        self._hotlines = tuple(place for place in places if place.kind is Kind.HOTLINE)
        self._of_town: dict[str, list[tuple[int, Place]]] = {}
        for order, place in numbered:
            self._of_town.setdefault(place.town, []).append((order, place))
        with_places = [town for town in towns if town.id in self._of_town]
        self._of_area: dict[str, list[Town]] = {}
        for town in with_places:
            self._of_area.setdefault(town.region.area, []).append(town)
        self._with_places = tuple(with_places)

    def place(self, place_id: str) -> Place | None:
        """The place with this id."""
        return self._places.get(place_id)

    def phone(self, place_id: str) -> str | None:
        """The first number of a place as printed: "111", "+7 727 254 50 57"."""
        place = self._places.get(place_id)
        return place.phones[0] if place and place.phones else None

    def short_name(self, place_id: str, language: str) -> str | None:
        """A place's name as it stands inside a sentence: "«Родник»"."""
        place = self._places.get(place_id)
        return place.short_name(language) if place else None

    def named(self) -> tuple[str, ...]:
        """The places that have such a name, by their ids."""
        return tuple(place.id for place in self.places if place.short_name(FALLBACK))

    def town(self, town_id: str) -> Town | None:
        """The town with this id; None for `national`."""
        return self._towns.get(town_id)

    def find_towns(self, text: str, limit: int = 3) -> tuple[TownMatch, ...]:
        """The towns named in somebody's words, surest first; () when there is none."""
        return self._search.find(text, limit)

    def is_town_or_landmark(self, text: str, *, was_asked: bool) -> bool:
        """Whether somebody wrote the name of a town, or of a place in one, and nothing besides."""
        return self._search.is_name(text, was_asked=was_asked)

    def nearest_town(self, latitude: float, longitude: float) -> tuple[Town, float]:
        """The town whose centre is nearest, and the way there in km."""
        found = self._town_grid.nearest(Point(latitude, longitude))
        assert found is not None  # towns.yml gives every town a point
        km, town = found
        return town, km

    def hotlines(self, service: str | None = None) -> tuple[Place, ...]:
        """The numbers everybody can call; those that help with `service`."""
        return tuple(
            p for p in self._hotlines if not p.countries and (service is None or p.offers(service))
        )

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
        self, latitude: float, longitude: float, wish: Wish = ANYTHING, limit: int = 5
    ) -> tuple[Found, ...]:
        """Places for somebody at this point.

        First those with a trusted point within 50 km; then those with a doubtful one;
        then, without a distance, those of the town and the towns around; then those of
        the region within 150 km, then of others. In each step who is open and speaks the
        language comes first, then who is nearer. Authorities and missions only when a
        service is asked for.
        """
        town, km = self.nearest_town(latitude, longitude)
        if km > FAR_KM:
            return ()
        return self._for(self._here(Point(latitude, longitude), town), wish, limit)

    def in_town(
        self, town_id: str, wish: Wish = ANYTHING, limit: int = 5, skip: int = 0
    ) -> tuple[Found, ...]:
        """The same for somebody who only named a town, never with a distance; `skip` leafs on."""
        town = self._towns.get(town_id)
        return () if town is None else self._for(self._here(None, town), wish, limit, skip)

    def services_near(self, town_id: str) -> tuple[Service, ...]:
        """What people can come for within reach of a town, in the order of `Service`."""
        town = self._towns.get(town_id)
        if town is None:
            return ()
        reachable = (place for _r, place in self._ranked(self._here(None, town), None))
        offered = {service for place in reachable for service in place.services}
        return tuple(service for service in Service if service in offered)

    def nearest_with(self, town_id: str, wish: Wish) -> Farther | None:
        """The nearest town that has what is asked for, and about how far it is."""
        here = self._towns.get(town_id)
        if here is None or here.point is None:
            return None
        ways = (
            (distance_km(here.point, town.point), town)
            for town in self._with_places
            if town.point is not None and self._has(town, wish)
        )
        best = min(ways, key=lambda way: way[0], default=None)
        return None if best is None else Farther(best[1], best[0])

    def _has(self, town: Town, wish: Wish) -> bool:
        return any(wish.wants(place) for _order, place in self._of_town[town.id])

    def _here(self, point: Point | None, town: Town) -> _Here:
        centre = point or town.point
        around = self._town_grid.around(centre, FAR_KM) if centre else ()
        return _Here(point, town, {other.id: km for km, other in around})

    def _for(self, here: _Here, wish: Wish, limit: int, skip: int = 0) -> tuple[Found, ...]:
        ranked = self._ranked(here, wish)
        chosen = in_order(ranked) if wish.service else mixed(ranked)
        found = [
            Found(one, its.km if its.step <= LAST_STEP_WITH_POINT else None, self.town(one.town))
            for its, one in chosen
        ]
        if found and wish.service:
            # Who serves the whole country comes after those with a door near by, never instead.
            found += [Found(one, None, None) for one in self.national(wish.service)]
        return tuple(found[skip : skip + limit])

    def _ranked(self, here: _Here, wish: Wish | None) -> Iterator[tuple[Rank, Place]]:
        """Every place within reach that may be offered; every one at all without a wish."""
        seen: set[int] = set()
        for step, km, order, place in self._within_reach(here):
            if order in seen:
                continue
            seen.add(order)
            if wish is None and place.kind is not Kind.HOTLINE:
                yield rank(ANYTHING, place, step, km, order), place
            elif wish is not None and wish.wants(place):
                yield rank(wish, place, step, km, order), place

    def _within_reach(self, here: _Here) -> Iterator[tuple[int, float, int, Place]]:
        """Step, distance and number of each place; the lowest step comes first."""
        if here.point is not None:
            for km, (order, place) in self._pins.around(here.point, NEAR_KM):
                assert place.position is not None
                if place.town in self._towns:
                    yield (1 if place.position.grade is Grade.C else 0), km, order, place
        for order, place in self._of_town.get(here.town.id, ()):
            yield 2, 0.0, order, place
        for town_id, km in here.town_km.items():
            if km <= NEAR_KM:
                for order, place in self._of_town.get(town_id, ()):
                    yield 2, km, order, place
        for town in self._of_area.get(here.town.region.area, ()):
            way = here.town_km.get(town.id)
            # Of a town without a point only the region is known.
            if way is not None or town.point is None or here.town.point is None:
                for order, place in self._of_town[town.id]:
                    yield 3, way or 0.0, order, place
        for town_id, km in here.town_km.items():
            for order, place in self._of_town.get(town_id, ()):
                if place.kind not in OF_ONE_REGION:
                    yield 4, km, order, place
