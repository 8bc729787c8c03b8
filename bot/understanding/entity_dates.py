"""Days named in a message: in figures, with a month's name, or seen from today."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.understanding import entity_words as table
from bot.understanding.entity_numbers import Word, number_at, words_of

_FIGURES = re.compile(
    r"(?<![\d.,])(?:(?P<y1>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})[-./](?P<m2>\d{1,2})[-./](?P<y2>\d{4}|\d{2})"
    r"|(?P<d3>\d{1,2})\.(?P<m3>\d{2}))(?![\d.,]*\d)"
)
# Between a day and its month, or the other way round, stands at most an ending or «күнү».
_BETWEEN = 1


def dates_in(text: str, today: date) -> tuple[list[date], str]:
    """The days in order of kind, and the text without those written in figures."""
    found: list[date] = []

    def note(match: re.Match[str]) -> str:
        day = _from_figures(match, today)
        if day is None:
            return match.group()
        found.append(day)
        return " "

    rest = _FIGURES.sub(note, text)
    words = words_of(rest)
    return found + _with_month(words, today) + _from_today(words, today), rest


def is_only_a_day(text: str, today: date) -> bool:
    """Whether the text is one day, in figures or with its month, and nothing besides."""
    found, rest = dates_in(text, today)
    others = (word for word in words_of(rest) if word.number is None)
    return len(found) == 1 and all(table.MONTHS.value(word.folded) for word in others)


def _from_figures(match: re.Match[str], today: date) -> date | None:
    groups = match.groupdict()
    day, month = (
        int(groups[f"{part}1"] or groups[f"{part}2"] or groups[f"{part}3"]) for part in "dm"
    )
    year = groups["y1"] or groups["y2"]
    if year is None:
        return _nearest(day, month, today)
    return _real(int(year) if len(year) == 4 else 2000 + int(year), month, day)


def _with_month(words: list[Word], today: date) -> list[date]:
    found = []
    for at, word in enumerate(words):
        month = table.MONTHS.value(word.folded) if word.folded else None
        if month is None:
            continue
        year = _year_near(words, at)
        for place in _places_around(at, len(words)):
            number = words[place].number
            if number is None or not number.is_integer() or not 1 <= number <= 31:
                continue
            day = int(number)
            made = _real(year, int(month), day) if year else _nearest(day, int(month), today)
            if made is not None:
                found.append(made)
                break
    return found


def _places_around(at: int, count: int) -> list[int]:
    """The day stands before the month, or, in «октябрдын 12син», after it."""
    before = [at - 1 - gap for gap in range(_BETWEEN + 1)]
    after = [at + 1 + gap for gap in range(_BETWEEN + 1)]
    return [place for place in before + after if 0 <= place < count]


def _year_near(words: list[Word], at: int) -> int | None:
    for word in words[at + 1 : at + 4] + words[max(0, at - 4) : at]:
        if word.number is not None and 1950 <= word.number <= 2100:
            return int(word.number)
    return None


def _from_today(words: list[Word], today: date) -> list[date]:
    found = []
    for at in range(len(words)):
        following = words[at + 1].folded if at + 1 < len(words) else ""
        if table.BEFORE_YESTERDAY.value(words[at].folded) and table.DAY_WORD.value(following):
            found.append(today - timedelta(days=2))
        elif (near := table.RELATIVE_DAYS.value(words[at].folded)) is not None:
            # Kyrgyz «эртең менен» is «in the morning».
            if not (near == "1" and table.MORNING.value(following)):
                found.append(today + timedelta(days=int(near)))
        elif (distant := _counted(words, at, today)) is not None:
            found.append(distant)
    return found


def _counted(words: list[Word], at: int, today: date) -> date | None:
    """«Three weeks ago», «in a month»; a unit alone counts once."""
    number = number_at(words, at)
    value, place = number if number is not None else (1.0, at)
    if place >= len(words) or (unit := table.UNITS.value(words[place].folded)) is None:
        return None
    if number is None and at > 0 and number_at(words, at - 1) is not None:
        return None  # the number's own turn found it
    if number is not None and at > 0 and number_at(words, at - 1) is not None:
        return None
    sign = _direction(words, at, place)
    return _moved(today, sign * int(value), unit) if sign else None


def _direction(words: list[Word], at: int, unit: int) -> int:
    after = words[unit + 1].folded if unit + 1 < len(words) else ""
    before = words[at - 1].folded if at else ""
    two_before = words[at - 2].folded + before if at > 1 else ""
    if table.AGO.value(after):
        return -1
    if table.LATER.value(after):
        return 1
    later = table.AFTER_BEFORE_NUMBER
    return 1 if later.value(before) or later.value(two_before) else 0


def _moved(today: date, steps: int, unit: str) -> date | None:
    if abs(steps) > 1000:
        return None
    if unit in {"day", "week"}:
        return today + timedelta(days=steps * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 + steps * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not 1900 <= year <= 2100:
        return None
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _nearest(day: int, month: int, today: date) -> date | None:
    """Without a year the nearest such day is meant, past or to come."""
    years = (today.year - 1, today.year, today.year + 1)
    days = [made for year in years if (made := _real(year, month, day))]
    return min(days, key=lambda made: abs((made - today).days), default=None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
