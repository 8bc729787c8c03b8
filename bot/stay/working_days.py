"""Working days of Kazakhstan, with the days off that are moved by law.

A holiday whose date is only estimated (Kurban Ait follows the moon) never makes a term
longer, yet on such a day nobody is sent to an office.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from bot.open_hours import days_off

_DAY = timedelta(days=1)
_ESTIMATED = "(estimated)"  # the library's word in its English names


def after(day: date, count: int) -> date:
    """The `count`-th working day after `day`."""
    for _ in range(count):
        day += _DAY
        while _is_off(day, is_sure=True):
            day += _DAY
    return day


def on_or_before(day: date) -> date:
    """The day itself when offices are open, else the last one before on which they are."""
    while _is_off(day, is_sure=False):
        day -= _DAY
    return day


@cache
def _is_off(day: date, *, is_sure: bool) -> bool:
    calendar = days_off()
    names = calendar.get(day, "")  # also makes the calendar learn the year
    if names and not is_sure:
        return True
    if any(_ESTIMATED not in name for name in names.split("; ") if name):
        return True
    return day.weekday() in calendar.weekend and day not in calendar.weekend_workdays
