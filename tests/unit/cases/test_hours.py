"""By when an answer is promised: only hours count in which somebody is there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.cases.hours import reply_due
from bot.clock import KAZAKHSTAN

OFFICE = "Mo-Fr 09:00-13:00,14:00-18:00"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KAZAKHSTAN)


@pytest.mark.parametrize(
    ("hours", "opened", "within", "due"),
    [
        (OFFICE, "2026-11-23T10:00", 2, "2026-11-23T12:00"),
        (OFFICE, "2026-11-23T12:00", 2, "2026-11-23T15:00"),  # over lunch
        (OFFICE, "2026-11-23T17:00", 4, "2026-11-24T12:00"),
        (OFFICE, "2026-11-20T20:00", 1, "2026-11-23T10:00"),  # Friday evening
        (OFFICE, "2026-12-15T17:00", 2, "2026-12-17T10:00"),  # over Independence day
        (OFFICE, "2026-10-24T10:00", 1, "2026-10-27T10:00"),  # Monday is off, moved from Sunday
        ("Mo-Fr 22:00-02:00", "2026-11-24T01:00", 2, "2026-11-24T23:00"),
        ("24/7", "2026-12-16T03:00", 30, "2026-12-17T09:00"),
        ("PH 10:00-12:00", "2026-12-10T10:00", 1, "2026-12-16T11:00"),
        (OFFICE, "2026-11-23T10:00", 500, "2026-12-14T10:00"),  # never later than in three weeks
        ("Dec 31 09:00-10:00", "2026-11-23T10:00", 1, "2026-12-14T10:00"),
    ],
)
def test_reply_due(hours: str, opened: str, within: int, due: str) -> None:
    assert reply_due(local(opened), hours, within) == local(due)


def test_the_promise_is_told_in_the_time_zone_it_was_asked_in() -> None:
    due = reply_due(datetime(2026, 11, 23, 5, 0, tzinfo=UTC), OFFICE, 2)
    assert (due, due.tzinfo) == (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), UTC)
