"""Whether a place is open, in Kazakhstan's time and with Kazakhstan's days off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from bot.clock import KAZAKHSTAN
from bot.directory.model import Place
from bot.open_hours import ALWAYS, DAY, Span, days_off, spans_of_day, spans_of_days

LOOK_AHEAD_DAYS = 14
LONGEST_LUNCH = timedelta(hours=2)


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


def opening(place: Place, moment: datetime) -> Opening:
    """Whether the place is open at `moment`, its hours of that day, and the next change."""
    if place.hours is None:
        return Opening(None)
    if place.hours == ALWAYS:
        return Opening(True, ALWAYS)
    local = moment.astimezone(KAZAKHSTAN)
    today = local.date()
    spans = spans_of_day(place.hours, today)
    # What began yesterday evening may go on after midnight.
    running = _joined(spans_of_day(place.hours, today - DAY) + spans)
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
    today = spans_of_day(hours, local.date())
    if any(start <= local < end for start, end in spans_of_day(hours, local.date() - DAY) + today):
        return Openness.OPEN
    return Openness.TODAY if any(local < start for start, _end in today) else Openness.LATER


def _span(start: datetime, end: datetime) -> str:
    return f"{start:%H:%M}–{end:%H:%M}"


def _lunch(spans: tuple[Span, ...]) -> str:
    """The only short break between two spans of a day; empty when there is none."""
    breaks = [(end, start) for (_s, end), (start, _e) in pairwise(sorted(spans))]
    if len(breaks) != 1 or not timedelta(0) < breaks[0][1] - breaks[0][0] <= LONGEST_LUNCH:
        return ""
    return _span(*breaks[0])


def _next_change(hours: str, moment: datetime) -> datetime | None:
    spans = _joined(spans_of_days(hours, moment.date() - DAY, LOOK_AHEAD_DAYS + 1))
    last = moment.date() + DAY * (LOOK_AHEAD_DAYS - 1)
    end = datetime.combine(last, time(), KAZAKHSTAN)
    return min((edge for span in spans for edge in span if moment < edge < end), default=None)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that touch or overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _holiday(day: date) -> str:
    """What the day off is called in English, without what the library adds; empty for none."""
    return (days_off().get(day) or "").split(" (")[0]
