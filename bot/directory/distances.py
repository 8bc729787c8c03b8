"""Distances between points on the earth."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from bot.directory.model import Point

EARTH_RADIUS_KM = 6371.0
KM_PER_DEGREE = 111.0  # of latitude, everywhere
KM_PER_DEGREE_ALONG = 55.0  # of longitude, where they are closest: north of Kazakhstan


def distance_km(one: Point, other: Point) -> float:
    """The way as the crow flies."""
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    across = sin((lat2 - lat1) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(across + cos(lat1) * cos(lat2) * along))


def surely_farther(one: Point, other: Point, km: float) -> bool:
    """Whether latitude or longitude alone shows that the way is longer than `km`; quick."""
    if abs(one.latitude - other.latitude) * KM_PER_DEGREE > km:
        return True
    return abs(one.longitude - other.longitude) * KM_PER_DEGREE_ALONG > km
