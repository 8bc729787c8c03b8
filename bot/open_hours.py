"""When doors are open in Kazakhstan: opening hours, and the days off that are moved by law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from holidays import HolidayBase, country_holidays
from opening_hours import OpeningHours, validate

from bot.clock import KAZAKHSTAN

DAY = timedelta(days=1)
ALWAYS = "24/7"
# Independence day: every calendar of Kazakhstan has it as a public holiday.
HOLIDAY_MONTH_AND_DAY = (12, 16)

Span = tuple[datetime, datetime]


def is_readable(hours: str) -> bool:
    """Whether `hours` is written in OpenStreetMap's opening_hours syntax."""
    return bool(hours) and validate(hours)


@cache
def days_off() -> HolidayBase:
    """Public holidays with the days they are moved to, which opening_hours does not know."""
    return country_holidays("KZ", language="en_US")


def spans_of_days(hours: str, first: date, count: int) -> Iterator[Span]:
    """The spans that begin on so many days, in their order."""
    for ahead in range(count):
        yield from spans_of_day(hours, first + DAY * ahead)


@lru_cache(maxsize=4096)
def spans_of_day(hours: str, day: date) -> tuple[Span, ...]:
    """The spans that begin on `day`; a day off moved by law is a day off here, too.

    On days off it is closed unless the hours say otherwise ("24/7", "PH …").
    """
    pattern = day
    if day in days_off():
        pattern = date(day.year, *HOLIDAY_MONTH_AND_DAY)
    start = datetime.combine(pattern, time(), KAZAKHSTAN)
    shift = datetime.combine(day, time(), KAZAKHSTAN) - start
    found: list[Span] = []
    for begin, end, state, _comment in _schedule(hours).intervals(start - DAY, start + 2 * DAY):
        if str(state) != "open" or begin >= start + DAY:
            continue
        end = end or start + 2 * DAY
        if begin >= start:
            found.append((begin + shift, end + shift))
        elif end >= start + DAY:  # open round the clock, since before today
            found.append((start + shift, start + DAY + shift))
    return tuple(found)


@cache
def _schedule(hours: str) -> OpeningHours:
    says_holidays = "PH" in hours or ALWAYS in hours
    return OpeningHours(
        hours if says_holidays else f"{hours}; PH off",
        timezone=KAZAKHSTAN,
        country="KZ",
        auto_timezone=False,
    )
