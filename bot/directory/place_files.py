"""Places: hotlines.yml, consulates.yml, centres.yml and state.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.directory.checking import checked, refuse, twice
from bot.directory.distances import distance_km
from bot.directory.entries import PlaceFields, PositionFields, texts
from bot.directory.model import NATIONAL, Kind, Place, Position, Town
from bot.directory.yaml_lines import Entry, File

FARTHEST_FROM_TOWN_KM = 60.0


def read_places(files: Iterable[File], towns: Mapping[str, Town]) -> tuple[Place, ...]:
    """All places in the order of the files. Raises BadContent with every problem found."""
    rows = checked(PlaceFields, (entry for file in files for entry in file.entries.get("", ())))
    places = tuple(_place(row) for _entry, row in rows)
    problems = list(twice((entry, row.id) for entry, row in rows))
    for (entry, _row), place in zip(rows, places, strict=True):
        problems += _doubts(entry, place, towns)
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
        countries=tuple(row.countries),
        languages=tuple(row.languages),
        certainty=row.certainty,
        source=row.source,
        checked_on=row.checked_on,
        note=texts(row.note),
    )


def _position(row: PositionFields | None) -> Position | None:
    return Position(row.lat, row.lon, row.grade, row.source) if row else None


def _doubts(entry: Entry, place: Place, towns: Mapping[str, Town]) -> Iterator[str]:
    """What cannot be right about a place though each field alone can."""
    town = towns.get(place.town)
    if town is None and place.town != NATIONAL:
        yield entry.problem(f"town: there is no “{place.town}” in towns.yml", "town")
    if place.kind is Kind.HOTLINE and not place.phones:
        yield entry.problem("phones: a hotline needs a number", "phones")
    if place.kind in (Kind.EMBASSY, Kind.CONSULATE) and not place.countries:
        yield entry.problem("countries: whose mission is it?", "kind")
    if place.position is None:
        return
    if place.kind is Kind.SHELTER:
        yield entry.problem("position: where a shelter is stays secret", "position")
    if town is None or town.point is None:
        yield entry.problem("position: needs a town with a known point", "position")
    elif (away := distance_km(place.position, town.point)) > FARTHEST_FROM_TOWN_KM:
        reason = f"position: {away:.0f} km from {place.town}, more than {FARTHEST_FROM_TOWN_KM:.0f}"
        yield entry.problem(reason, "position")
