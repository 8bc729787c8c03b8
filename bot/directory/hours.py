"""Whether a place is open, in Kazakhstan's time and with Kazakhstan's days off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import cache, lru_cache
from itertools import pairwise

from holidays import HolidayBase, country_holidays
from opening_hours import OpeningHours, validate

from bot.clock import KAZAKHSTAN
from bot.directory.model import Place

DAY = timedelta(days=1)
LOOK_AHEAD_DAYS = 14
ALWAYS = "24/7"
LONGEST_LUNCH = timedelta(hours=2)
# Independence day: every calendar of Kazakhstan has it as a public holiday.
HOLIDAY_MONTH_AND_DAY = (12, 16)


@dataclass(frozen=True, slots=True)
class Opening:
    """The state of a place at one moment.

    `open_now` is None when its hours are unknown. `today` is the day's hours, empty on a
    day off; `lunch` the break in them. `changes_at` is the next opening or closing, None
    when none is near. `holiday` is the English name of the public holiday that it is.
    """

    open_now: bool | None
    today: str = ""
    changes_at: datetime | None = None
    lunch: str = ""
    holiday: str = ""


class Openness(IntEnum):
    """How soon somebody is there, for the order of a list."""

    OPEN = 0
    TODAY = 1
    UNKNOWN = 2
    LATER = 3


Span = tuple[datetime, datetime]


def opening(place: Place, moment: datetime) -> Opening:
    """Whether the place is open at `moment`, its hours of that day, and the next change."""
    if place.hours is None:
        return Opening(None)
    if place.hours == ALWAYS:
        return Opening(True, ALWAYS)
    local = moment.astimezone(KAZAKHSTAN)
    today = local.date()
    spans = _day(place.hours, today)
    # What began yesterday evening may go on after midnight.
    running = _joined(_day(place.hours, today - DAY) + spans)
    is_open = any(start <= local < end for start, end in running)
    return Opening(
        open_now=is_open,
        today=", ".join(_span(start, end) for start, end in spans),
        changes_at=_next_change(place.hours, local),
        lunch=_lunch(spans),
        holiday=_holiday(today) if not spans else "",
    )


def openness(place: Place, moment: datetime) -> Openness:
    """How soon the place is open, quickly: asked of many places at once."""
    if place.hours is None:
        return Openness.UNKNOWN
    return _openness(place.hours, moment.replace(second=0, microsecond=0))


@lru_cache(maxsize=1024)
def _openness(hours: str, moment: datetime) -> Openness:
    if hours == ALWAYS:
        return Openness.OPEN
    local = moment.astimezone(KAZAKHSTAN)
    today = _day(hours, local.date())
    if any(start <= local < end for start, end in _day(hours, local.date() - DAY) + today):
        return Openness.OPEN
    return Openness.TODAY if any(local < start for start, _end in today) else Openness.LATER


def is_readable(hours: str) -> bool:
    """Whether `hours` is written in OpenStreetMap's opening_hours syntax."""
    return bool(hours) and validate(hours)


def _span(start: datetime, end: datetime) -> str:
    return f"{start:%H:%M}–{end:%H:%M}"


def _lunch(spans: tuple[Span, ...]) -> str:
    """The only short break between two spans of a day; empty when there is none."""
    breaks = [(end, start) for (_s, end), (start, _e) in pairwise(sorted(spans))]
    if len(breaks) != 1 or not timedelta(0) < breaks[0][1] - breaks[0][0] <= LONGEST_LUNCH:
        return ""
    return _span(*breaks[0])


def _next_change(hours: str, moment: datetime) -> datetime | None:
    days = [moment.date() + DAY * ahead for ahead in range(-1, LOOK_AHEAD_DAYS)]
    spans = _joined(tuple(span for day in days for span in _day(hours, day)))
    end = datetime.combine(days[-1], time(), KAZAKHSTAN)
    return min((edge for span in spans for edge in span if moment < edge < end), default=None)


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans that touch or overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


@lru_cache(maxsize=4096)
def _day(hours: str, day: date) -> tuple[Span, ...]:
    """The spans that begin on `day`; a day off moved by law is a day off here, too."""
    pattern = day
    if day in _days_off():
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


@cache
def _days_off() -> HolidayBase:
    """Public holidays with the days they are moved to, which opening_hours does not know."""
    return country_holidays("KZ", language="en_US")


def _holiday(day: date) -> str:
    """What the day off is called in English, without what the library adds; empty for none."""
    return (_days_off().get(day) or "").split(" (")[0]
