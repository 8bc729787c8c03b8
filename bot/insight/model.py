"""What is counted and reported, as the rest of the app sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Wrong(StrEnum):
    """What is wrong about a place."""

    PHONE = "phone"
    ADDRESS = "address"
    HOURS = "hours"
    CLOSED = "closed"  # or something else


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """What was said about one place: how often, and on which day for the last time."""

    place: str
    reason: Wrong
    number: int
    last_day: date
