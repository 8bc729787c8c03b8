"""By when an organisation promises to answer, counted in its working hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from opening_hours import OpeningHours

from bot.clock import KAZAKHSTAN

FARTHEST = timedelta(days=21)


def reply_due(opened: datetime, hours: str, within_hours: int) -> datetime:
    """The moment `within_hours` working hours after `opened`.

    `hours` is in OpenStreetMap's opening_hours syntax; Kazakhstan's public
    holidays count as closed unless the hours say otherwise ("24/7", "PH …"). Should
    the hours never open, it is three weeks on.
    """
    says_holidays = "PH" in hours or "24/7" in hours
    schedule = OpeningHours(
        hours if says_holidays else f"{hours}; PH off",
        timezone=KAZAKHSTAN,
        country="KZ",
        auto_timezone=False,
    )
    moment = opened.astimezone(KAZAKHSTAN)
    last = moment + FARTHEST
    left = timedelta(hours=within_hours)
    for start, end, state, _comment in schedule.intervals(moment, last):
        if str(state) != "open":
            continue
        begins = max(start, moment)
        if end is None or left <= end - begins:
            return (begins + left).astimezone(opened.tzinfo)
        left -= end - begins
    return last.astimezone(opened.tzinfo)
