"""Kazakhstan's outline: whether a point lies in the country."""

from __future__ import annotations

from itertools import pairwise

from bot.directory.model import Point
from bot.directory.yaml_lines import File
from bot.errors import BadContent

FEWEST_POINTS = 3

Outline = tuple[Point, ...]


def read_border(file: File) -> Outline:
    """The outline of border.yml. Raises BadContent."""
    pairs = file.values.get("outline")
    try:
        outline = tuple(Point(float(lat), float(lon)) for lat, lon in pairs or ())
    except (TypeError, ValueError) as exc:
        raise BadContent(f"{file.path}:1: outline: pairs of numbers are expected") from exc
    if len(outline) < FEWEST_POINTS:
        raise BadContent(f"{file.path}:1: outline: at least {FEWEST_POINTS} points are needed")
    return outline


def is_inside(outline: Outline, point: Point) -> bool:
    """Whether a ray to the east crosses the outline an odd number of times."""
    inside = False
    for one, other in pairwise((*outline, outline[0])):
        if (one.latitude > point.latitude) == (other.latitude > point.latitude):
            continue
        part = (point.latitude - one.latitude) / (other.latitude - one.latitude)
        if point.longitude < one.longitude + part * (other.longitude - one.longitude):
            inside = not inside
    return inside
