"""When to remind of a day: some days before, at an hour when nobody is woken."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.clock import KAZAKHSTAN, day_of

EARLIEST, LATEST = time(8), time(21)
MORNING, EVENING = time(10), time(18)
# Nobody needs to be reminded of what they asked a moment ago.
NOT_SOONER = timedelta(hours=1)
# A permit may end in three years; further off than this no rule of stay reaches.
FARTHEST = timedelta(days=4 * 366)

# With at least so many days left: how many days before, and at what hour.
PLANS = (
    (11, 7, MORNING),
    (4, 3, MORNING),
    (2, 1, MORNING),
    (1, 1, EVENING),
    (0, 0, EARLIEST),
)


def send_at(deadline: date, now: datetime) -> datetime | None:
    """The moment to remind of `deadline`, in UTC; None when it is too late or senselessly far."""
    left = deadline - day_of(now)
    if left > FARTHEST:
        return None
    for least, before, hour in PLANS:
        if left.days < least:
            continue
        moment = datetime.combine(deadline - timedelta(days=before), hour, KAZAKHSTAN)
        if moment - now >= NOT_SOONER:
            return moment.astimezone(now.tzinfo)
    return None


def is_decent(now: datetime) -> bool:
    """Whether a message now wakes nobody."""
    return EARLIEST <= now.astimezone(KAZAKHSTAN).time() < LATEST
