"""How long the nearest search takes with many more places and towns than there are."""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.directory.directory import Directory
from bot.directory.loader import load_directory
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
from bot.directory.ranking import Wish
from bot.directory.town_search import Vocabulary
from bot.languages import Language
from bot.settings import ROOT

TOWNS, PLACES, SEARCHES = 3_000, 5_000, 1_000
LIMIT_MS = 10.0
SPREAD_KM = 0.1  # degrees around a town in which its places lie
KINDS = (Kind.NGO, Kind.LEGAL_AID, Kind.HOSPITAL, Kind.SHELTER, Kind.MIGRATION_SERVICE)
HOURS = (None, "24/7", "Mo-Fr 09:00-18:00", "Mo-Fr 09:00-13:00,14:00-18:00", "Mo-Sa 10:00-17:00")
NOON = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def generated(luck: random.Random) -> Directory:
    """A directory of made-up towns all over the country, half of the places with a point."""
    regions = [Region(f"r{n}", Texts((("ru", f"r{n}"),))) for n in range(20)]
    towns = tuple(_town(luck, number, regions[number % 20]) for number in range(TOWNS))
    places = tuple(_place(luck, number, luck.choice(towns)) for number in range(PLACES))
    return Directory(towns, places, "bench", Vocabulary())


def _town(luck: random.Random, number: int, region: Region) -> Town:
    point = Point(luck.uniform(41, 55), luck.uniform(47, 87))
    name = "".join(luck.choice("абгдеикмнорстуш") for _ in range(8))
    names = Texts((("ru", name),))
    return Town(f"t{number}", names, region, point, luck.randint(500, 90_000), (name,))


def _place(luck: random.Random, number: int, town: Town) -> Place:
    kind = luck.choice(KINDS)
    assert town.point is not None
    latitude = town.point.latitude + luck.uniform(-SPREAD_KM, SPREAD_KM)
    longitude = town.point.longitude + luck.uniform(-SPREAD_KM, SPREAD_KM)
    pinned = Position(latitude, longitude, luck.choice(list(Grade)), "bench")
    return Place(
        id=f"p{number}",
        kind=kind,
        names=Texts((("ru", f"p{number}"),)),
        town=town.id,
        address=Texts(),
        position=pinned if number % 2 else None,
        phones=("111",) if number % 3 else (),
        hours=luck.choice(HOURS),
        services=(luck.choice(list(Service)), Service.LEGAL),
        serves=(Audience.EVERYONE,),
        countries=(),
        languages=(luck.choice(("ru", "kk", "ky")),),
        certainty=Certainty.SOURCE,
        source="bench",
        checked_on=date(2026, 11, 24),
        checked_by="",
        note=Texts(),
    )


def measure() -> float:
    """Measures, prints, and returns the median of the plain nearest search in ms."""
    luck = random.Random(7)
    directory = generated(luck)
    points = [(luck.uniform(41, 55), luck.uniform(47, 87)) for _ in range(SEARCHES)]
    anything = Wish(None, Language.KY, NOON)
    legal = Wish(Service.LEGAL, Language.KY, NOON)
    rows = {
        "anything": [_timed(partial(directory.near, *point, anything)) for point in points],
        "one service": [_timed(partial(directory.near, *point, legal)) for point in points],
        "a named town": [
            _timed(partial(directory.in_town, town.id, legal))
            for town in directory.towns[:SEARCHES]
        ],
        "a typed town (real names)": _typed(),
    }
    title = f"{PLACES} places, {TOWNS} towns: nearest search"
    table = Table("search", "median ms", "p95 ms", "worst ms", "times", title=title)
    for name, times in rows.items():
        ordered = sorted(times)
        shown = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])
        table.add_row(name, *(f"{one:.2f}" for one in shown), str(len(ordered)))
    Console().print(table)
    return statistics.median(rows["anything"])


def _typed() -> list[float]:
    """The towns of the tests as people type them, found among the real ones."""
    directory = load_directory(ROOT / "content" / "directory")
    lists = sorted((ROOT / "tests" / "content" / "typed_places").glob("*.tsv"))
    texts = [
        line.split("\t")[0]
        for path in lists
        for line in path.read_text(encoding="utf-8").splitlines()[1:]
    ]
    return [_timed(partial(directory.find_towns, text)) for text in texts]


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def main() -> int:
    """1 when the nearest search is slower than promised."""
    median = measure()
    if median >= LIMIT_MS:
        print(f"Too slow: {median:.1f} ms, promised are {LIMIT_MS:.0f} ms.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
