"""Who is sent where, in which order, and with which distance."""

from __future__ import annotations

from datetime import datetime
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import KAZAKHSTAN
from bot.directory.directory import NEAR_KM, Directory
from bot.directory.distances import distance_km
from bot.directory.grid import Grid
from bot.directory.model import Grade, Kind, Place, Point, Service
from bot.directory.ranking import Wish
from bot.languages import Language
from tests.unit.directory.builders import CITY, ELSEWHERE, directory_of, place, town

HERE = (45.0, 70.0)
HOME = town("home", Point(*HERE))
SUBURB = town("suburb", Point(45.1, 70.0))
FAR = town("far", Point(46.2, 70.0))
BEYOND = town("beyond", Point(47.0, 75.0), ELSEWHERE)
HAMLET = town("hamlet", None)
TOWNS = (HOME, SUBURB, FAR, BEYOND, HAMLET)


def ids(directory: Directory, service: str | None = None, limit: int = 9) -> list[str]:
    return [found.place.id for found in directory.near(*HERE, Wish(service), limit)]


def test_trusted_points_come_first_then_doubtful_ones_then_the_town_then_the_region() -> None:
    places = (
        place("region", "far", kind=Kind.SOCIAL_SERVICE),
        place("town", "home"),
        place("doubtful-near", "home", at=(45.01, 70.0), grade=Grade.C),
        place("trusted-far", "suburb", at=(45.2, 70.0), grade=Grade.B, kind=Kind.HOSPITAL),
        place("trusted-near", "home", at=(45.05, 70.0), kind=Kind.HOSPITAL),
        place("suburb", "suburb", kind=Kind.DIASPORA),
        place("other-region", "beyond"),
    )
    order = ["trusted-near", "trusted-far", "doubtful-near", "town", "suburb", "region"]
    assert ids(directory_of(TOWNS, places)) == order


def test_a_place_without_a_point_never_gets_a_distance() -> None:
    places = (place("town", "home"), place("pinned", "home", at=(45.0, 70.1)))
    found = {f.place.id: f.distance_km for f in directory_of(TOWNS, places).near(*HERE)}
    assert found["town"] is None
    assert found["pinned"] == pytest.approx(7.86, abs=0.05)


def test_a_point_too_far_away_is_only_a_place_of_the_region() -> None:
    found = directory_of(TOWNS, (place("far", "far", at=(46.2, 70.0)),)).near(*HERE)
    assert [(f.place.id, f.distance_km) for f in found] == [("far", None)]


def test_a_place_with_a_phone_goes_before_one_without() -> None:
    places = (place("silent", "home"), place("reachable", "home", phones=("111",)))
    assert ids(directory_of(TOWNS, places)) == ["reachable", "silent"]


def test_authorities_and_missions_are_shown_only_when_asked_for() -> None:
    places = (
        place("police", "home", kind=Kind.MIGRATION_SERVICE, services=(Service.REGISTRATION,)),
        place("mission", "home", kind=Kind.EMBASSY, services=(Service.CONSULAR,)),
        place("line", "home", kind=Kind.HOTLINE, phones=("111",)),
        place("closed-to-families", "home", services=()),
        place("ngo", "home"),
    )
    directory = directory_of(TOWNS, places)
    assert ids(directory) == ["ngo"]
    assert ids(directory, "registration") == ["police"]
    assert ids(directory, "consular") == ["mission"]


def test_hospitals_do_not_crowd_out_the_helpers() -> None:
    hospitals = tuple(
        place(f"hospital-{n}", "home", kind=Kind.HOSPITAL, at=(45.0 + n / 100, 70.0))
        for n in range(5)
    )
    directory = directory_of(TOWNS, (*hospitals, place("ngo", "home")))
    assert ids(directory, limit=3) == ["hospital-0", "hospital-1", "ngo"]
    rest = [f"hospital-{n}" for n in range(2, 5)]
    assert ids(directory, limit=9) == ["hospital-0", "hospital-1", "ngo", *rest]
    pages = [directory.in_town("home", limit=2, skip=skip) for skip in (0, 2, 4, 6)]
    assert [found.place.id for page in pages for found in page] == ids(directory, limit=9)
    only_hospitals = directory_of(TOWNS, hospitals)
    assert len(ids(only_hospitals, limit=5)) == 5


def test_a_city_with_its_own_region_serves_the_region_around_it() -> None:
    city = town("city", Point(46.3, 70.0), CITY)
    directory = directory_of((*TOWNS, city), (place("in-city", "city"),))
    assert [f.place.id for f in directory.in_town("home")] == ["in-city"]
    assert [f.place.id for f in directory.in_town("beyond")] == []


def test_a_place_beyond_150_km_is_no_help_near_by() -> None:
    towns = (HOME, town("too-far", Point(46.5, 70.0)))
    directory = directory_of(towns, (place("there", "too-far"),))
    assert directory.in_town("home") == ()
    assert directory.near(*HERE) == ()
    farther = directory.nearest_with("home", Wish("legal"))
    assert farther is not None
    assert (farther.town.id, round(farther.km)) == ("too-far", 167)
    assert directory.nearest_with("home", Wish("asylum")) is None


def test_helpers_of_another_region_within_reach_are_named_last_but_not_its_authorities() -> None:
    border_town = town("across", Point(45.9, 70.0), ELSEWHERE)
    services = (Service.LEGAL,)
    places = (
        place("office-across", "across", kind=Kind.MIGRATION_SERVICE, services=services),
        place("ngo-across", "across"),
        place("ngo-region", "far"),
    )
    directory = directory_of((*TOWNS, border_town), places)
    assert ids(directory, "legal") == ["ngo-region", "ngo-across"]


def test_who_is_open_and_speaks_the_language_comes_before_who_is_nearer() -> None:
    places = (
        place("nearest-closed", "home", at=(45.001, 70.0), hours="Mo-Fr 09:00-18:00"),
        place("unknown-hours", "home", at=(45.003, 70.0)),
        place("open-tajik", "home", at=(45.05, 70.0), hours="Mo-Su 09:00-20:00", languages=("tg",)),
        place("open-russian", "home", at=(45.02, 70.0), hours="Mo-Su 09:00-20:00"),
        place("opens-later", "home", at=(45.04, 70.0), hours="Su 14:00-20:00"),
    )
    directory = directory_of(TOWNS, places)
    sunday = datetime(2026, 11, 22, 11, 0, tzinfo=KAZAKHSTAN)
    found = directory.near(*HERE, Wish("legal", Language.TG, sunday), 9)
    assert [f.place.id for f in found] == [
        "open-tajik",
        "open-russian",
        "opens-later",
        "unknown-hours",
        "nearest-closed",
    ]


def test_the_services_within_reach_are_those_to_choose_from() -> None:
    places = (
        place("one", "home", services=(Service.SHELTER, Service.LEGAL)),
        place("two", "suburb", services=(Service.HEALTH,)),
        place("line", "home", kind=Kind.HOTLINE, phones=("111",), services=(Service.ASYLUM,)),
    )
    services = directory_of(TOWNS, places).services_near("home")
    assert services == (Service.SHELTER, Service.LEGAL, Service.HEALTH)


def test_a_named_town_gives_no_distances_even_for_pinned_places() -> None:
    places = (place("pinned", "home", at=HERE), place("region", "far"))
    found = directory_of(TOWNS, places).in_town("home")
    assert [(f.place.id, f.distance_km) for f in found] == [("pinned", None), ("region", None)]


def test_a_town_without_a_point_has_its_own_places_and_its_regions() -> None:
    places = (place("region", "far"), place("own", "hamlet"))
    found = directory_of(TOWNS, places).in_town("hamlet")
    assert [f.place.id for f in found] == ["own", "region"]


def test_an_unknown_town_has_nothing() -> None:
    assert directory_of(TOWNS, (place("town", "home"),)).in_town("atlantis") == ()


def test_the_real_list_for_almaty_mixes_near_hospitals_and_helpers(directory: Directory) -> None:
    found = directory.near(43.238, 76.93)
    assert [f.place.id for f in found[:3]] == [
        "hospital-cgkb-almaty",
        "maternity-ncagip-almaty",
        "unhcr-almaty",
    ]
    assert found[0].distance_km == pytest.approx(1.5, abs=0.3)
    assert found[2].distance_km is None


def test_migration_offices_are_found_by_what_they_do(directory: Directory) -> None:
    found = directory.near(43.238, 76.93, Wish("registration"), 3)
    assert [f.place.id for f in found] == [
        "migration-almaly-almaty",
        "migration-bostandyk-almaty",
        "migration-turksib-almaty",
    ]
    assert all(f.place.position and f.place.position.grade is Grade.C for f in found)


@given(lat=st.floats(40.6, 55.4), lon=st.floats(46.5, 87.3))
def test_no_distance_is_ever_invented(directory: Directory, lat: float, lon: float) -> None:
    for found in directory.near(lat, lon, limit=50):
        if found.distance_km is None:
            continue
        assert found.place.position is not None
        assert found.distance_km <= NEAR_KM
        assert found.distance_km == pytest.approx(
            distance_km(Point(lat, lon), found.place.position)
        )


def test_the_nearest_town_of_a_point(directory: Directory) -> None:
    town_found, km = directory.nearest_town(42.33, 69.62)
    assert town_found.id == "shymkent"
    assert km < 5


@given(lat=st.floats(40.0, 56.0), lon=st.floats(46.0, 88.0), km=st.floats(1, 200))
def test_the_grid_finds_what_measuring_everything_finds(
    directory: Directory, lat: float, lon: float, km: float
) -> None:
    here = Point(lat, lon)
    ways = {t.id: distance_km(here, t.point) for t in directory.towns if t.point}
    grid = Grid((t.point, t.id) for t in directory.towns if t.point)
    assert {id_ for _km, id_ in grid.around(here, km)} == {
        i for i, way in ways.items() if way <= km
    }
    nearest = grid.nearest(here)
    assert nearest is not None
    assert nearest[0] == pytest.approx(min(ways.values()))


def test_five_thousand_places_and_three_thousand_towns_take_less_than_ten_milliseconds() -> None:
    towns = tuple(
        town(f"t{n}", Point(41 + n % 50 * 0.28, 47 + n // 50 * 0.65), REGIONS[n % 3])
        for n in range(3_000)
    )
    places = tuple(_scattered(n) for n in range(5_000))
    directory = directory_of(towns, places)
    times = []
    for _ in range(7):
        start = perf_counter()
        directory.near(*HERE)
        times.append(perf_counter() - start)
    assert min(times) < 0.010


def _scattered(n: int) -> Place:
    at = (41 + n % 700 * 0.02, 47 + n % 390 * 0.1)
    return place(f"p{n}", f"t{n % 3_000}", at=at if n % 2 else None)


REGIONS = (HOME.region, CITY, ELSEWHERE)


def test_hotlines_consulates_and_national_places(directory: Directory) -> None:
    assert {"hotline-112", "hotline-111", "hotline-150", "hotline-11616"} <= {
        p.id for p in directory.hotlines()
    }
    assert "ru-mfa-crisis-line" not in {p.id for p in directory.hotlines()}
    assert [p.id for p in directory.consulates("KG")] == [
        "kg-consulate-almaty",
        "kg-embassy-astana",
    ]
    assert [p.id for p in directory.consulates("RU")][-1] == "ru-mfa-crisis-line"
    assert len(directory.consulates()) == 19
    assert {p.id for p in directory.national("food-clothes")} == {
        "red-crescent",
        "dom-mamy",
        "social-department",
    }


def test_phones_are_given_as_printed(directory: Directory) -> None:
    assert directory.phone("hotline-111") == "111"
    assert directory.phone("unhcr-almaty") == "+7 727 258 45 98"
    assert directory.phone("rodnik-almaty") is None
    assert directory.phone("nobody") is None


def test_a_place_is_called_by_its_short_name_in_a_sentence(directory: Directory) -> None:
    assert directory.short_name("rodnik-almaty", "uz") == "“Rodnik”"
    assert directory.short_name("kibhr-almaty", "kk") == "Адам құқықтары бюросы"
    assert directory.short_name("hotline-111", "ru") is None
    assert directory.short_name("nobody", "ru") is None
    assert "rodnik-almaty" in directory.named()
    assert "hotline-111" not in directory.named()
