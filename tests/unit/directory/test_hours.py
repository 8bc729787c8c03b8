"""Open or closed, lunch breaks, holidays and holidays that were moved."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.clock import KAZAKHSTAN
from bot.directory.hours import Openness, opening, openness
from tests.unit.directory.builders import place

OFFICE = "Mo-Fr 09:00-13:00,14:00-18:00"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KAZAKHSTAN)


@pytest.mark.parametrize(
    ("hours", "moment", "is_open", "today", "changes"),
    [
        (OFFICE, "2026-11-23T10:00", True, "09:00–13:00, 14:00–18:00", "2026-11-23T13:00"),
        (OFFICE, "2026-11-23T13:00", False, "09:00–13:00, 14:00–18:00", "2026-11-23T14:00"),
        (OFFICE, "2026-11-23T13:30", False, "09:00–13:00, 14:00–18:00", "2026-11-23T14:00"),
        (OFFICE, "2026-11-23T18:00", False, "09:00–13:00, 14:00–18:00", "2026-11-24T09:00"),
        (OFFICE, "2026-11-22T10:00", False, "", "2026-11-23T09:00"),  # Sunday
        (OFFICE, "2026-12-16T10:00", False, "", "2026-12-17T09:00"),  # Independence day
        (OFFICE, "2026-10-26T10:00", False, "", "2026-10-27T09:00"),  # moved from Sunday
        (OFFICE, "2027-03-22T10:00", False, "", "2027-03-25T09:00"),  # Nauryz, one day moved
        ("Mo-Su 00:00-24:00; PH open", "2026-12-16T10:00", True, "00:00–00:00", None),
        ("Mo-Fr 22:00-02:00", "2026-11-24T01:00", True, "22:00–02:00", "2026-11-24T02:00"),
        ("Mo-Fr 22:00-02:00", "2026-11-24T03:00", False, "22:00–02:00", "2026-11-24T22:00"),
        ("24/7", "2027-01-01T03:00", True, "24/7", None),
    ],
)
def test_opening(hours: str, moment: str, is_open: bool, today: str, changes: str | None) -> None:
    state = opening(place("office", "home", hours=hours), local(moment))
    assert state.open_now is is_open
    assert state.today == today
    assert state.changes_at == (local(changes) if changes else None)


def test_the_lunch_break_and_the_holiday_are_named() -> None:
    office = place("office", "home", hours=OFFICE)
    monday = opening(office, local("2026-11-23T10:00"))
    assert (monday.lunch, monday.holiday) == ("13:00–14:00", "")
    assert opening(office, local("2026-12-16T10:00")).holiday == "Independence Day"
    assert opening(office, local("2026-10-26T10:00")).holiday == "Republic Day"
    assert opening(office, local("2026-11-22T10:00")).holiday == "", "only a Sunday"
    two_shifts = place("shifts", "home", hours="Mo-Fr 08:00-11:00,17:00-20:00")
    assert opening(two_shifts, local("2026-11-23T10:00")).lunch == "", "nobody lunches six hours"


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        (OFFICE, "2026-11-23T10:00", Openness.OPEN),
        (OFFICE, "2026-11-23T13:30", Openness.TODAY),
        (OFFICE, "2026-11-23T08:00", Openness.TODAY),
        (OFFICE, "2026-11-23T18:00", Openness.LATER),
        (OFFICE, "2026-12-16T10:00", Openness.LATER),
        ("Mo-Fr 22:00-02:00", "2026-11-24T01:00", Openness.OPEN),
        ("24/7", "2026-12-16T03:00", Openness.OPEN),
        (None, "2026-11-23T10:00", Openness.UNKNOWN),
    ],
)
def test_how_soon_somebody_is_there(hours: str | None, moment: str, expected: Openness) -> None:
    assert openness(place("office", "home", hours=hours), local(moment)) is expected


def test_unknown_hours_are_not_guessed() -> None:
    state = opening(place("office", "home"), local("2026-11-23T10:00"))
    assert (state.open_now, state.today, state.changes_at) == (None, "", None)


def test_a_moment_in_another_time_zone_is_understood() -> None:
    office = place("office", "home", hours=OFFICE)
    assert opening(office, datetime(2026, 11, 23, 4, 30, tzinfo=UTC)).open_now is True
    assert opening(office, datetime(2026, 11, 23, 3, 59, tzinfo=UTC)).open_now is False
