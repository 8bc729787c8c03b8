"""Places: hotlines.yml, consulates.yml, centres.yml and state.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from phonenumbers import SUPPORTED_REGIONS

from bot.directory.border import Outline, is_inside
from bot.directory.checking import checked, refuse, twice
from bot.directory.distances import distance_km
from bot.directory.duplicates import look_alikes
from bot.directory.entries import PlaceFields, PositionFields, texts
from bot.directory.model import NATIONAL, Audience, Kind, Place, Position, Town
from bot.directory.yaml_lines import Entry

PLACE_FILES = ("hotlines.yml", "consulates.yml", "centres.yml", "state.yml")
FARTHEST_FROM_TOWN_KM = 60.0


def file_of(kind: Kind) -> str:
    """The file a new entry of this kind belongs in."""
    match kind:
        case Kind.HOTLINE:
            return "hotlines.yml"
        case Kind.EMBASSY | Kind.CONSULATE:
            return "consulates.yml"
        case Kind.OMBUDSMAN | Kind.GOVERNMENT | Kind.MIGRATION_SERVICE:
            return "state.yml"
        case Kind.HOSPITAL | Kind.MATERNITY:
            return "state.yml"
        case _:
            return "centres.yml"


def read_places(
    entries: Iterable[Entry], towns: Mapping[str, Town], border: Outline
) -> tuple[Place, ...]:
    """All places in the order given. Raises BadContent with every problem found."""
    rows = checked(PlaceFields, entries)
    places = tuple(_place(row) for _entry, row in rows)
    problems = list(twice((entry, row.id) for entry, row in rows))
    for (entry, _row), place in zip(rows, places, strict=True):
        problems += _doubts(entry, place, towns, border)
    problems += _same(rows, places)
    refuse(problems)
    return places


def _place(row: PlaceFields) -> Place:
    return Place(
        id=row.id,
        kind=row.kind,
        names=texts(row.names),
        town=row.town,
        address=texts(row.address),
        position=_position(row.position),
        phones=tuple(row.phones),
        hours=row.hours,
        services=tuple(row.services),
        serves=tuple(row.serves),
        countries=tuple(row.countries),
        languages=tuple(row.languages),
        certainty=row.certainty,
        source=row.source,
        checked_on=row.checked_on,
        checked_by=row.checked_by or "",
        note=texts(row.note),
        short=texts(row.short),
    )


def _position(row: PositionFields | None) -> Position | None:
    return Position(row.lat, row.lon, row.grade, row.source) if row else None


def _doubts(
    entry: Entry, place: Place, towns: Mapping[str, Town], border: Outline
) -> Iterator[str]:
    """What cannot be right about a place though each field alone can."""
    town = towns.get(place.town)
    if town is None and place.town != NATIONAL:
        yield entry.problem(f"town: there is no “{place.town}” in towns.yml", "town")
    if place.kind is Kind.HOTLINE and not place.phones:
        yield entry.problem("phones: a hotline needs a number", "phones")
    if place.kind in (Kind.EMBASSY, Kind.CONSULATE) and not place.countries:
        yield entry.problem("countries: whose mission is it?", "kind")
    for code in place.countries:
        if code not in SUPPORTED_REGIONS:
            yield entry.problem(f"countries: “{code}” is no country", "countries")
    if Audience.CITIZENS in place.serves and not place.countries:
        yield entry.problem("serves: citizens of which countries? Fill in “countries”", "serves")
    if place.position is None:
        return
    if place.kind is Kind.SHELTER:
        yield entry.problem("position: where a shelter is stays secret", "position")
    if not is_inside(border, place.position):
        yield entry.problem("position: this point lies outside Kazakhstan", "position")
    if town is None or town.point is None:
        yield entry.problem("position: needs a town with a known point", "position")
    elif (away := distance_km(place.position, town.point)) > FARTHEST_FROM_TOWN_KM:
        reason = f"position: {away:.0f} km from {place.town}, more than {FARTHEST_FROM_TOWN_KM:.0f}"
        yield entry.problem(reason, "position")


def _same(rows: list[tuple[Entry, PlaceFields]], places: tuple[Place, ...]) -> Iterator[str]:
    """Pairs that look like one place, unless an editor wrote that they are not."""
    by_id = {row.id: (entry, row) for entry, row in rows}
    for one, other, reason in look_alikes(places):
        if other.id in by_id[one.id][1].not_the_same_as or one.id in (
            by_id[other.id][1].not_the_same_as
        ):
            continue
        entry = by_id[other.id][0]
        yield entry.problem(
            f"{reason}: is this “{one.id}” a second time? If not, write "
            f"not_the_same_as: [{one.id}]",
            reason.split(":")[0],
        )
