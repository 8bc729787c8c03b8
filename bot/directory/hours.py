"""Whether a place is open, in Kazakhstan's time and with Kazakhstan's days off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from holidays import HolidayBase, country_holidays
from opening_hours import OpeningHours, validate

from bot.clock import KAZAKHSTAN
from bot.directory.model import Place

DAY = timedelta(days=1)
LOOK_AHEAD_DAYS = 14
ALWAYS = "24/7"
# Independence day: every calendar of Kazakhstan has it as a public holiday.
HOLIDAY_MONTH_AND_DAY = (12, 16)


@dataclass(frozen=True, slots=True)
class Opening:
    """The state of a place at one moment.

    `open_now` is None when its hours are unknown. `today` is the day's hours, empty on a
    day off. `changes_at` is the next opening or closing, None when none is near.
    """

    open_now: bool | None
    today: str = ""
    changes_at: datetime | None = None


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
    shown = ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in spans)
    return Opening(is_open, shown, _next_change(place.hours, local))


def is_readable(hours: str) -> bool:
    """Whether `hours` is written in OpenStreetMap's opening_hours syntax."""
    return bool(hours) and validate(hours)


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M")


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
    return country_holidays("KZ")
