"""Places made up for tests."""

from __future__ import annotations

from datetime import date

from bot.directory.directory import Directory
from bot.directory.model import (
    Audience,
    Certainty,
    Grade,
    Kind,
    Place,
    Point,
    Position,
    Region,
    Service,
    Texts,
    Town,
)
from bot.directory.town_search import Vocabulary

REGION = Region("steppe", Texts((("ru", "Степь"),)))
CITY = Region("city", Texts((("ru", "Город"),)), within="steppe")
ELSEWHERE = Region("mountains", Texts((("ru", "Горы"),)))


def town(id_: str, point: Point | None, region: Region = REGION, population: int = 50_000) -> Town:
    return Town(id_, Texts((("ru", id_),)), region, point, population, (id_,))


def place(
    id_: str,
    town_id: str,
    *,
    kind: Kind = Kind.NGO,
    at: tuple[float, float] | None = None,
    grade: Grade = Grade.A,
    phones: tuple[str, ...] = (),
    hours: str | None = None,
    services: tuple[Service, ...] = (Service.LEGAL,),
    countries: tuple[str, ...] = (),
    languages: tuple[str, ...] = ("ru",),
) -> Place:
    return Place(
        id=id_,
        kind=kind,
        names=Texts((("ru", id_),)),
        town=town_id,
        address=Texts(),
        position=Position(at[0], at[1], grade, "test") if at else None,
        phones=phones,
        hours=hours,
        services=services,
        serves=(Audience.EVERYONE,),
        countries=countries,
        languages=languages,
        certainty=Certainty.SOURCE,
        source="test",
        checked_on=date(2026, 11, 23),
        checked_by="",
        note=Texts(),
    )


def directory_of(towns: tuple[Town, ...], places: tuple[Place, ...]) -> Directory:
    return Directory(towns, places, "test", Vocabulary())
