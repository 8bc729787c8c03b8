"""Things on the map in squares of a degree's part, so that only what is near is measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import cos, floor, radians
from typing import Generic, TypeVar

from bot.directory.distances import KM_PER_DEGREE, distance_km
from bot.directory.model import Point

Thing = TypeVar("Thing")

SQUARE = 0.5  # degrees
KM_ACROSS = KM_PER_DEGREE * SQUARE
MOST_RINGS = 40  # around somebody farther away than that everything is measured


class Grid(Generic[Thing]):
    """Finds things around a point without looking at all of them."""

    def __init__(self, things: Iterable[tuple[Point, Thing]]) -> None:
        self._squares: dict[tuple[int, int], list[tuple[Point, Thing]]] = defaultdict(list)
        for point, thing in things:
            self._squares[_square(point)].append((point, thing))

    def around(self, here: Point, km: float) -> Iterator[tuple[float, Thing]]:
        """Everything within `km`, with its distance, in no order."""
        rows = floor(km / KM_ACROSS) + 1
        columns = floor(km / (KM_ACROSS * _shrinks(here))) + 1
        row, column = _square(here)
        for down in range(row - rows, row + rows + 1):
            for along in range(column - columns, column + columns + 1):
                for point, thing in self._squares.get((down, along), ()):
                    away = distance_km(here, point)
                    if away <= km:
                        yield away, thing

    def nearest(self, here: Point) -> tuple[float, Thing] | None:
        """The nearest thing with its distance; None when there is none at all."""
        best: tuple[float, Thing] | None = None
        row, column = _square(here)
        for ring in range(MOST_RINGS):
            # A thing in this ring is at least that far away.
            least = (ring - 1) * KM_ACROSS * _shrinks(here)
            if best is not None and least > best[0]:
                break
            for square in _ring(row, column, ring):
                for point, thing in self._squares.get(square, ()):
                    away = distance_km(here, point)
                    if best is None or away < best[0]:
                        best = (away, thing)
        return best or self._of_all(here)

    def _of_all(self, here: Point) -> tuple[float, Thing] | None:
        everything = (one for square in self._squares.values() for one in square)
        ways = ((distance_km(here, point), thing) for point, thing in everything)
        return min(ways, key=lambda way: way[0], default=None)


def _square(point: Point) -> tuple[int, int]:
    return floor(point.latitude / SQUARE), floor(point.longitude / SQUARE)


def _shrinks(here: Point) -> float:
    """How much shorter a degree of longitude is some degrees to the north of here."""
    return cos(radians(min(abs(here.latitude) + 5, 85)))


def _ring(row: int, column: int, ring: int) -> Iterator[tuple[int, int]]:
    if ring == 0:
        yield row, column
        return
    for along in range(column - ring, column + ring + 1):
        yield row - ring, along
        yield row + ring, along
    for down in range(row - ring + 1, row + ring):
        yield down, column - ring
        yield down, column + ring
