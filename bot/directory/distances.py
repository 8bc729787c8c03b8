"""Distances between points on the earth."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from bot.directory.model import Point

EARTH_RADIUS_KM = 6371.0
KM_PER_DEGREE = 111.0  # of latitude, everywhere


def distance_km(one: Point, other: Point) -> float:
    """The way as the crow flies."""
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    across = sin((lat2 - lat1) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(across + cos(lat1) * cos(lat2) * along))
