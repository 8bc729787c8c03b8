"""Towns and regions: towns.yml as GeoNames has them, corrected by towns-extra.yml."""

from __future__ import annotations

from collections.abc import Mapping

from bot.directory.checking import checked, refuse, twice
from bot.directory.entries import ExtraTownFields, RegionFields, TownFields, texts
from bot.directory.model import Point, Region, Texts, Town
from bot.directory.yaml_lines import File
from bot.languages import Language


def read_towns(main: File, extra: File) -> dict[str, Town]:
    """All towns by id. Raises BadContent with every problem found."""
    regions = _regions(extra)
    rows = checked(TownFields, main.entries.get("", ()))
    extras = checked(ExtraTownFields, extra.entries.get("towns", ()))
    problems = list(twice((entry, fields.id) for entry, fields in rows))
    problems += twice((entry, fields.id) for entry, fields in extras)
    towns: dict[str, Town] = {}
    for entry, row in rows:
        if row.region in regions:
            towns[row.id] = _town(row, regions[row.region])
        else:
            problems.append(entry.problem(f"region: there is no “{row.region}”", "region"))
    for entry, fields in extras:
        known = towns.get(fields.id)
        region = regions.get(fields.region or "", known.region if known else None)
        if region is None or (known is None and fields.names is None):
            problems.append(entry.problem(f"“{fields.id}” is not in towns.yml: give names, region"))
        else:
            towns[fields.id] = _amended(known, fields, region)
    refuse(problems)
    return towns


def _regions(extra: File) -> dict[str, Region]:
    rows = checked(RegionFields, extra.entries.get("regions", ()))
    regions = {row.id: Region(row.id, texts(row.names), row.within) for _entry, row in rows}
    refuse(
        entry.problem(f"within: there is no region “{row.within}”", "within")
        for entry, row in rows
        if row.within and row.within not in regions
    )
    return regions


def _town(row: TownFields, region: Region) -> Town:
    spellings = (row.ru, row.kk, row.latin, *row.also)
    return Town(
        id=row.id,
        names=Texts((("ru", row.ru), ("kk", row.kk), ("uz", row.latin))),
        region=region,
        point=Point(*row.point),
        population=row.population,
        spellings=tuple(dict.fromkeys(spellings)),
    )


def _amended(known: Town | None, fields: ExtraTownFields, region: Region) -> Town:
    names: Mapping[Language, str] = fields.names or {}
    spellings = (*names.values(), *fields.also, *(known.spellings if known else ()))
    point = Point(*fields.point) if fields.point else known.point if known else None
    return Town(
        id=fields.id,
        names=texts(names) if names else known.names if known else Texts(),
        region=region,
        point=point,
        population=known.population if known else 0,
        spellings=tuple(dict.fromkeys(spellings)),
    )
