"""An inline calendar: one month of buttons, in the person's language."""

from __future__ import annotations

from calendar import monthcalendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.steps.below import Rows
from bot.delivery.card import Button
from bot.i18n import Words

EMPTY = "·"
YEAR = 12


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a calendar may be used for: the days that can be chosen, and the buttons' actions."""

    today: date
    first: date
    last: date
    choose: Callable[[date], str]  # the action of a day
    turn_to: Callable[[date], str]  # the action that shows a month, by its first day
    nothing: str  # the action of what is only there to be read

    def rows(self, words: Words, month: date) -> Rows:
        """The buttons of the month, or of the nearest one that has days to choose."""
        month = min(max(month, self.first), self.last).replace(day=1)
        title = (self._still(words.month(month)),)
        head = tuple(self._still(name) for name in words.weekdays())
        weeks = tuple(
            tuple(self._day(month, number) for number in week)
            for week in monthcalendar(month.year, month.month)
        )
        # A week without a day to choose only makes the way to the arrows longer.
        used = (week for week in weeks if any(day.action != self.nothing for day in week))
        return (title, head, *used, self._arrows(month))

    def _still(self, text: str) -> Button:
        return Button(text, self.nothing)

    def _day(self, month: date, number: int) -> Button:
        if number == 0:
            return self._still(EMPTY)
        day = month.replace(day=number)
        if not self.first <= day <= self.last:
            return self._still(EMPTY)
        label = f"[{number}]" if day == self.today else str(number)
        return Button(label, self.choose(day))

    def _arrows(self, month: date) -> tuple[Button, ...]:
        steps = ((-YEAR, "«"), (-1, "‹"), (1, "›"), (YEAR, "»"))
        return tuple(self._arrow(month, months, sign) for months, sign in steps)

    def _arrow(self, month: date, months: int, sign: str) -> Button:
        """To another month; a year further stops at the last month that has days."""
        wanted = months_later(month, months)
        reached = min(max(wanted, self.first.replace(day=1)), self.last.replace(day=1))
        if reached == month:
            return self._still(EMPTY)
        label = f"{sign} {reached.year}" if sign == "«" else sign
        label = f"{reached.year} {sign}" if sign == "»" else label
        return Button(label, self.turn_to(reached))


def months_later(month: date, months: int) -> date:
    """The first day of a month so many months after that of `month`."""
    year, number = divmod(month.year * YEAR + month.month - 1 + months, YEAR)
    return date(year, number + 1, 1)


def same_day_of_months(number: int, today: date) -> tuple[date, ...]:
    """The days that a mere number may mean: in this month, the one before and the one after."""
    found = []
    for months in (-1, 0, 1):
        month = months_later(today, months)
        if 1 <= number <= (months_later(month, 1) - timedelta(days=1)).day:
            found.append(month.replace(day=number))
    return tuple(found)
