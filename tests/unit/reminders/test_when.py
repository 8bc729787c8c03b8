"""When a reminder is sent: in time, never after the day, at a decent hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import KAZAKHSTAN, day_of
from bot.reminders.when import is_decent, send_at


def almaty(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KAZAKHSTAN).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "deadline", "wanted"),
    [
        # A week before, when there is more than that and some days.
        ("2026-11-24 10:00", "2026-12-05", "2026-11-28 10:00"),
        ("2026-11-24 23:30", "2027-02-03", "2027-01-27 10:00"),
        # Three days before, from ten days down to four.
        ("2026-11-24 10:00", "2026-12-04", "2026-12-01 10:00"),
        ("2026-11-24 23:30", "2026-11-28", "2026-11-25 10:00"),
        # The day before.
        ("2026-11-24 10:00", "2026-11-27", "2026-11-26 10:00"),
        ("2026-11-24 10:00", "2026-11-26", "2026-11-25 10:00"),
        # For tomorrow: this evening, or else early on the day itself.
        ("2026-11-24 07:00", "2026-11-25", "2026-11-24 18:00"),
        ("2026-11-24 17:30", "2026-11-25", "2026-11-25 08:00"),
        ("2026-11-24 23:59", "2026-11-25", "2026-11-25 08:00"),
        # In the night before the day itself.
        ("2026-11-25 01:00", "2026-11-25", "2026-11-25 08:00"),
        # Across the end of a year and the 29th of February.
        ("2026-12-20 12:00", "2027-01-05", "2026-12-29 10:00"),
        ("2028-02-20 12:00", "2028-03-03", "2028-02-25 10:00"),
    ],
)
def test_the_moment_worked_out_by_hand(now: str, deadline: str, wanted: str) -> None:
    assert send_at(date.fromisoformat(deadline), almaty(now)) == almaty(wanted)


@pytest.mark.parametrize(
    ("now", "deadline"),
    [
        ("2026-11-25 07:30", "2026-11-25"),
        ("2026-11-25 12:00", "2026-11-25"),
        ("2026-11-26 00:01", "2026-11-25"),
        ("2026-11-26 12:00", "0001-01-01"),
        ("2026-11-26 12:00", "9999-12-31"),
    ],
)
def test_too_late_or_senselessly_far(now: str, deadline: str) -> None:
    assert send_at(date.fromisoformat(deadline), almaty(now)) is None


MOMENTS = st.integers(0, 7 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(MOMENTS, st.integers(-5, 400))
def test_always_ahead_in_time_and_at_a_decent_hour(now: datetime, days: int) -> None:
    deadline = day_of(now) + timedelta(days=days)
    moment = send_at(deadline, now)
    assert (moment is None) <= (days <= 0)
    if moment is not None:
        assert moment > now
        assert day_of(moment) <= deadline
        assert is_decent(moment)
        assert (deadline - day_of(moment)).days <= 7


@given(MOMENTS, st.integers(1, 60))
def test_asking_again_when_it_comes_leads_nearer_to_the_day_and_ends(
    now: datetime, days: int
) -> None:
    deadline = day_of(now) + timedelta(days=days)
    moments = []
    while (moment := send_at(deadline, now)) is not None:
        assert moment > now
        moments.append(moment)
        now = moment
    assert 1 <= len(moments) <= 5
