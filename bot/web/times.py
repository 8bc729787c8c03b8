"""How long, how late and when, in the reader's language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_skeleton
from babel.units import format_unit

from bot.clock import KAZAKHSTAN, day_of
from bot.i18n import Words

UNITS = ("day", "hour", "minute")


@dataclass(frozen=True, slots=True)
class Times:
    """Speaks of moments as seen from now."""

    words: Words
    now: datetime

    def since(self, moment: datetime) -> str:
        """How long ago, in at most two units: "2 h 5 min"."""
        return self._length(self.now - moment)

    def wait(self, length: timedelta) -> str:
        """A pause, rounded up to minutes."""
        minutes = -(-int(length.total_seconds()) // 60)
        return self._unit(max(minutes, 1), "minute")

    def units(self) -> str:
        """One and two of each unit, from which a page counts on by itself."""
        units = {name: (self._unit(1, name), self._unit(2, name)) for name in UNITS}
        return json.dumps(units, ensure_ascii=False)

    def is_late(self, due: datetime) -> bool:
        """Whether a promised moment has passed."""
        return self.now > due

    def day(self, moment: datetime) -> str:
        """The day in Kazakhstan; today and yesterday by name."""
        day, today = day_of(moment), day_of(self.now)
        if day == today:
            return self.words("Today")
        if day == today - timedelta(days=1):
            return self.words("Yesterday")
        return self.words.day(day)

    def day_key(self, moment: datetime) -> str:
        """The day as an id."""
        return day_of(moment).isoformat()

    def full(self, moment: datetime) -> str:
        """Day and time, without seconds."""
        day = format_skeleton("yMMMd", moment, tzinfo=KAZAKHSTAN, locale=self.words.locale)
        return f"{day}, {self.words.time(moment)}"

    def _length(self, length: timedelta) -> str:
        minutes = max(int(length.total_seconds()) // 60, 0)
        hours, days = minutes // 60, minutes // 1440
        if days:
            rest = hours % 24
            return self._unit(days, "day") + (f" {self._unit(rest, 'hour')}" if rest else "")
        if hours:
            rest = minutes % 60
            return self._unit(hours, "hour") + (f" {self._unit(rest, 'minute')}" if rest else "")
        return self._unit(minutes, "minute") if minutes else self.words("just now")

    def _unit(self, number: int, unit: str) -> str:
        return format_unit(number, f"duration-{unit}", "short", locale=self.words.locale)
