"""The time, asked of an object so that tests can move it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

# One time for the whole country since 1 March 2024 (UTC+5).
KAZAKHSTAN = ZoneInfo("Asia/Almaty")


def day_of(moment: datetime) -> date:
    """The day it is in Kazakhstan at this moment."""
    return moment.astimezone(KAZAKHSTAN).date()


class Clock(Protocol):
    """Tells the time in UTC."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)
