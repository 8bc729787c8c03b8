"""So many days in every so many: the last day a stay may reach."""

from __future__ import annotations

from datetime import date, timedelta

from bot.stay.model import Stay, Window


def last_day(entered: date, earlier: tuple[Stay, ...], window: Window) -> date:
    """The last day of a stay that began on `entered` without a day too many in any window.

    The day before `entered` when not even the first day was left.
    """
    present = _days_of(earlier, entered, window)
    day = entered
    while _used(present, day, window) + (day - entered).days + 1 <= window.days:
        day += timedelta(days=1)
    return day - timedelta(days=1)


def _days_of(earlier: tuple[Stay, ...], entered: date, window: Window) -> frozenset[int]:
    """The days of earlier stays that can still count; no day counts twice."""
    oldest = entered.toordinal() - window.of
    return frozenset(
        day
        for stay in earlier
        for day in range(
            max(stay.entered.toordinal(), oldest),
            min(stay.left.toordinal(), entered.toordinal() - 1) + 1,
        )
    )


def _used(present: frozenset[int], day: date, window: Window) -> int:
    first = day.toordinal() - window.of + 1
    return sum(1 for used in present if used >= first)
