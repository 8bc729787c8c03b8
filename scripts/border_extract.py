# /// script
# requires-python = ">=3.11"
# dependencies = ["pyshp==2.3.1"]
# ///
"""Makes content/directory/border.yml: Kazakhstan's outline, to refuse points abroad.

    uv run scripts/border_extract.py PATH/TO/kaz_admbnda_adm0_2018.shp

Borders: github.com/arodionoff/geokz, inst/shape (CC BY 4.0), made simpler: no point of the
outline is farther than about a kilometre from the border it stands for.
"""

from __future__ import annotations

import itertools
import sys
from math import cos, hypot, radians
from pathlib import Path

import shapefile

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "content" / "directory" / "border.yml"
TOLERANCE = 0.01  # degrees of latitude
HEAD = """\
# Граница Казахстана, упрощённая. Файл делает программа scripts/border_extract.py: не править.
# Kazakhstan's border, made simpler by scripts/border_extract.py: do not edit by hand.
# geokz, A. Rodionov, https://github.com/arodionoff/geokz, CC BY 4.0. Changed: simplified.
# Latitude and longitude, one point a line.
"""

Point = tuple[float, float]


def main(borders: Path) -> int:
    """Writes the file; 1 with a sentence when the borders cannot be read."""
    try:
        shapes = shapefile.Reader(str(borders)).shapes()
    except (OSError, shapefile.ShapefileException) as exc:
        print(f"The borders cannot be read: {exc}", file=sys.stderr)
        return 1
    rings = [ring for shape in shapes for ring in _rings(shape)]
    outline = _simpler(max(rings, key=len))
    lines = "".join(f"- [{lat:.3f}, {lon:.3f}]\n" for lon, lat in outline)
    OUTPUT.write_text(HEAD + "outline:\n" + lines, encoding="utf-8")
    print(f"{OUTPUT.relative_to(ROOT)}: {len(outline)} points")
    return 0


def _rings(shape: shapefile.Shape) -> list[list[Point]]:
    starts = [*shape.parts, len(shape.points)]
    return [shape.points[start:end] for start, end in itertools.pairwise(starts)]


def _simpler(ring: list[Point]) -> list[Point]:
    """Douglas and Peucker's way, without recursion."""
    keep = {0, len(ring) - 1}
    open_parts = [(0, len(ring) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        farthest = max(inner, key=lambda i: _off(ring[i], ring[first], ring[last]))
        if _off(ring[farthest], ring[first], ring[last]) > TOLERANCE:
            keep.add(farthest)
            open_parts += [(first, farthest), (farthest, last)]
    return [ring[i] for i in sorted(keep)][:-1]


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from a line, in degrees of latitude."""
    along = cos(radians(point[1]))
    px, py = (point[0] - start[0]) * along, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * along, end[1] - start[1]
    length = dx * dx + dy * dy
    part = 0.0 if not length else max(0.0, min(1.0, (px * dx + py * dy) / length))
    return hypot(px - part * dx, py - part * dy)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1])))
