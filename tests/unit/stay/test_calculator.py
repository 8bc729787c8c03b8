"""What holds for every day and citizenship, whatever the rules of the moment are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stay import working_days
from bot.stay.calculator import deadlines
from bot.stay.model import Certainty, FirstDay, Occasion, Stay, Window
from bot.stay.window import last_day
from tests.unit.stay.real_rules import real_rules

DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
COUNTRIES = st.sampled_from(["KG", "UZ", "TJ", "RU", "AM", "DE", "other"])
WINDOW = Window(90, 180)
EARLIER = st.lists(
    st.tuples(st.integers(1, 400), st.integers(0, 120)), max_size=4
)  # days before the entry, and how long


@pytest.fixture(autouse=True, scope="module")
def _read_before() -> None:
    """Reading the files must not count into the time of the first example."""
    real_rules()
    working_days.after(date(2026, 1, 1), 1)


def stays_before(entered: date, spans: list[tuple[int, int]]) -> tuple[Stay, ...]:
    return tuple(
        Stay(entered - before * DAY, min(entered - DAY, entered - before * DAY + length * DAY))
        for before, length in spans
    )


@given(occasion=st.sampled_from(list(Occasion)), country=COUNTRIES, happened=DAYS, today=DAYS)
def test_days_come_in_order_and_say_how_far_they_are(
    occasion: Occasion, country: str, happened: date, today: date
) -> None:
    found = deadlines(real_rules(), occasion, country, happened, today)
    assert [one.day for one in found] == sorted(one.day for one in found)
    for one in found:
        assert one.days_left == (one.day - today).days
        assert one.is_past is (one.day < today)
        assert one.office_day <= one.day
        assert one.rule.covers(happened)
        if one.rule.before_limit is None:
            assert one.day >= happened


@given(country=COUNTRIES, entered=DAYS, today=DAYS)
def test_whoever_comes_has_a_last_day_and_a_week_to_ask_before(
    country: str, entered: date, today: date
) -> None:
    found = deadlines(real_rules(), Occasion.ENTRY, country, entered, today)
    (limit,) = (one for one in found if one.rule.is_limit)
    (early,) = (one for one in found if one.rule.before_limit is not None)
    assert limit.day - early.day == 7 * DAY
    assert (limit.day - entered).days + 1 == (90 if country in {"KG", "RU", "AM"} else 30)


@given(entered=DAYS, spans=EARLIER)
def test_no_window_ever_holds_a_day_too_many_and_none_is_given_away(
    entered: date, spans: list[tuple[int, int]]
) -> None:
    earlier = stays_before(entered, spans)
    last = last_day(entered, earlier, WINDOW)
    assert entered - DAY <= last <= entered + 89 * DAY
    present = {
        stay.entered + number * DAY
        for stay in earlier
        for number in range((stay.left - stay.entered).days + 1)
    }

    def used(until: date) -> int:
        """Days of presence in the window that ends on a day, when the stay reaches to it."""
        here = {entered + number * DAY for number in range((until - entered).days + 1)}
        return len([day for day in present | here if until - 180 * DAY < day <= until])

    day = entered
    while day <= last:
        assert used(day) <= 90
        day += DAY
    assert used(last + DAY) > 90


@given(entered=DAYS, spans=EARLIER, country=COUNTRIES)
def test_earlier_stays_never_make_a_stay_longer(
    entered: date, spans: list[tuple[int, int]], country: str
) -> None:
    earlier = stays_before(entered, spans)
    plain = deadlines(real_rules(), Occasion.ENTRY, country, entered, entered)
    counted = deadlines(real_rules(), Occasion.ENTRY, country, entered, entered, earlier)
    before = {one.rule.id: one.day for one in plain}
    assert {one.rule.id for one in counted} == set(before)
    for one in counted:
        assert one.day <= before[one.rule.id]
        assert one.used_up is (one.rule.window is not None and one.day < entered)


@given(day=DAYS, count=st.integers(1, 15))
def test_working_days_move_forward_and_end_on_one(day: date, count: int) -> None:
    end = working_days.after(day, count)
    assert end >= day + count * DAY
    assert end < working_days.after(day, count + 1)
    assert working_days.after(end - DAY, 1) == end


@given(day=DAYS)
def test_nobody_is_sent_to_an_office_on_a_weekend_or_too_late(day: date) -> None:
    open_day = working_days.on_or_before(day)
    assert day - 10 * DAY < open_day <= day
    assert working_days.on_or_before(open_day) == open_day


def test_a_holiday_that_is_only_estimated_makes_no_term_longer_and_closes_offices() -> None:
    estimated = date(2026, 5, 27)  # Kurban Ait, a Wednesday
    assert working_days.after(date(2026, 5, 26), 1) == estimated
    assert working_days.on_or_before(estimated) == date(2026, 5, 26)


def test_going_in_person_on_a_day_off_means_going_earlier() -> None:
    found = deadlines(real_rules(), Occasion.FINE, "KG", date(2026, 11, 20), date(2026, 11, 24))
    (appeal,) = (one for one in found if one.rule.id == "appeal-fine")
    assert (appeal.day, appeal.office_day) == (date(2026, 11, 29), date(2026, 11, 27))


def test_a_changed_rule_leaves_the_stays_of_its_time_alone() -> None:
    def ids(entered: date) -> set[str]:
        found = deadlines(real_rules(), Occasion.ENTRY, "UZ", entered, date(2026, 12, 1))
        return {one.rule.id for one in found}

    assert ids(date(2026, 7, 1)) - ids(date(2026, 6, 30)) == {"register-30"}


def test_the_facts_in_dispute_are_never_certain() -> None:
    for rule_id in ("stay-30", "stay-30-tj", "outer-90", "register-30"):
        rule = real_rules().rule(rule_id)
        assert rule is not None
        assert rule.certainty is Certainty.DISPUTED
        assert rule.ask == "hotline-1414"
        for texts in rule.texts.values():
            assert "hotline-1414" in texts.doubt


def test_calendar_terms_are_counted_on_the_safe_side() -> None:
    for rule in real_rules().all:
        if rule.term is not None and rule.term.kind == "calendar":
            assert rule.term.first_day is FirstDay.EVENT, rule.id
