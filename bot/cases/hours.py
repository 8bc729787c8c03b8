"""By when an organisation promises to answer, counted in its working hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import KAZAKHSTAN
from bot.open_hours import DAY, spans_of_days

FARTHEST_DAYS = 21


def reply_due(opened: datetime, hours: str, within_hours: int) -> datetime:
    """The moment `within_hours` working hours after `opened`.

    `hours` is in OpenStreetMap's opening_hours syntax; Kazakhstan's days off count as
    closed unless the hours say otherwise. Should the hours never open, it is three weeks on.
    """
    moment = opened.astimezone(KAZAKHSTAN)
    last = moment + DAY * FARTHEST_DAYS
    left = timedelta(hours=within_hours)
    # What began yesterday evening may go on after midnight.
    for start, end in spans_of_days(hours, moment.date() - DAY, FARTHEST_DAYS + 2):
        begins = max(start, moment)
        if left <= end - begins:
            return min(begins + left, last).astimezone(opened.tzinfo)
        left -= max(end - begins, timedelta())
        moment = max(moment, end)  # where spans overlap, an hour counts once
    return last.astimezone(opened.tzinfo)
