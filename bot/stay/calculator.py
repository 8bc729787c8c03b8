"""The days that matter, counted from what happened. Pure: the same day in gives the same out."""

from __future__ import annotations

from datetime import date, timedelta

from bot.stay import working_days
from bot.stay.model import Deadline, FirstDay, Kind, Occasion, Rule, Rules, Stay, Term
from bot.stay.window import last_day


def deadlines(
    rules: Rules,
    occasion: Occasion,
    citizenship: str,
    happened: date,
    today: date,
    earlier: tuple[Stay, ...] = (),
) -> tuple[Deadline, ...]:
    """What must be done by which day, nearest first, a last day before duties of that day.

    `citizenship` is an ISO 3166 code or "other"; `earlier` are stays before this one, which
    count where a rule allows so many days in every so many.
    """
    holding = [rule for rule in rules.holding(occasion, citizenship) if rule.covers(happened)]
    days = {
        rule.id: _counted(rule, rule.term, happened, earlier)
        for rule in holding
        if rule.term is not None
    }
    limits = [days[rule.id] for rule in holding if rule.is_limit]
    for rule in holding:
        if rule.before_limit is not None and limits:
            days[rule.id] = min(limits) - timedelta(days=rule.before_limit)
    found = [_deadline(rule, days[rule.id], happened, today) for rule in holding if rule.id in days]
    return tuple(sorted(found, key=lambda one: (one.day, not one.rule.is_limit)))


def _counted(rule: Rule, term: Term, happened: date, earlier: tuple[Stay, ...]) -> date:
    day = _end(term, happened)
    if rule.window is not None:
        day = min(day, last_day(happened, earlier, rule.window))
    return day


def _end(term: Term, happened: date) -> date:
    """The last day of a term."""
    before = happened if term.first_day is FirstDay.NEXT else happened - timedelta(days=1)
    if term.kind is Kind.WORKING:
        return working_days.after(before, term.days)
    return before + timedelta(days=term.days)


def _deadline(rule: Rule, day: date, happened: date, today: date) -> Deadline:
    office_day = working_days.on_or_before(day) if rule.in_office else day
    if office_day < min(happened, day):
        office_day = day  # nobody can go before it happened
    return Deadline(
        rule=rule,
        day=day,
        office_day=office_day,
        days_left=(day - today).days,
        used_up=rule.window is not None and day < happened,
    )
