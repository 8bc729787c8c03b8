"""What a message names besides its topic: citizenship, a child's age, dates, sums of money.

Towns are the directory's (`find_towns`). Pure: the same text on the same day gives the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.understanding import entity_words as table
from bot.understanding.entity_dates import dates_in
from bot.understanding.entity_numbers import Word, glued_thousands, number_at, words_of

_ADULT_YEARS = 18
_SIGNS = {"₸": "KZT", "₽": "RUB", "$": "USD"}
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money; the currency is None where the text leaves it open."""

    value: int
    currency: str | None


@dataclass(frozen=True, slots=True)
class Entities:
    """What was found, each kind in the order of the text, nothing twice."""

    citizenships: tuple[str, ...] = ()  # ISO 3166 codes
    child_age_months: int | None = None
    dates: tuple[date, ...] = ()
    amounts: tuple[Amount, ...] = ()


def entities(text: str, today: date) -> Entities:
    """Everything the text names, in any of the five languages and any spelling."""
    dates, rest = dates_in(text, today)
    words = words_of(rest)
    return Entities(
        citizenships=tuple(dict.fromkeys(_citizenships(words))),
        child_age_months=_child_age(words),
        dates=tuple(dict.fromkeys(dates)),
        amounts=tuple(dict.fromkeys(_amounts(words))),
    )


def _amounts(words: list[Word]) -> list[Amount]:
    found, at = [], 0
    about_money = any(table.MONEY.value(word.folded) for word in words)
    while at < len(words):
        number = number_at(words, at)
        if number is None:
            at += 1
            continue
        value, after = number
        after, thousands = _thousands(words, after, about_money)
        currency = _currency(words[after]) if after < len(words) else None
        before = _SIGNS.get(words[at - 1].raw) if at else None
        if currency is not None or before or thousands > 1:
            found.append(Amount(round(value * thousands), currency or before or None))
        at = max(after, at + 1)
    return found


def _thousands(words: list[Word], at: int, about_money: bool) -> tuple[int, int]:
    if at >= len(words):
        return at, 1
    if glued_thousands(words[at]):
        return at + 1, 1000
    times = table.TIMES.value(words[at].folded)
    # «мин» is a thousand typed without «ң», or a minute: only money decides.
    if words[at].raw in {"мин", "min"}:
        following = at + 1 < len(words) and _currency(words[at + 1]) is not None
        times = times if about_money or following else None
    return (at + 1, int(times)) if times else (at, 1)


def _currency(word: Word) -> str | None:
    """The currency's code; "" where the word does not say which; None when it is no currency."""
    if word.raw in _SIGNS:
        return _SIGNS[word.raw]
    code = table.CURRENCIES.value(word.folded)
    if code != "som":
        return code
    if "ў" in word.raw or word.apostrophe:
        return "UZS"
    return "KGS" if "о" in word.raw else ""


def _child_age(words: list[Word]) -> int | None:
    for at in range(len(words)):
        number = number_at(words, at)
        if number is None:
            continue
        value, after = number
        if after < len(words) and (unit := _age_unit(words, at, after)):
            months = _months(value, unit)
            if months < _ADULT_YEARS * 12:
                return months
    return None


def _age_unit(words: list[Word], at: int, after: int) -> str | None:
    unit = table.AGE_UNITS.value(words[after].folded)
    if unit == "year":
        return unit
    around = words[max(0, at - _NEAR) : at] + words[after + 1 : after + 1 + _NEAR]
    if not any(table.CHILD.value(word.folded) for word in around):
        return None
    if unit is not None:
        return unit
    beside = words[max(0, at - 2) : at] + words[after + 1 : after + 3]
    if any(table.NOT_AGE.value(word.folded) for word in beside):
        return None
    return table.RUSSIAN_UNITS.value(words[after].folded)


def _months(value: float, unit: str) -> int:
    return int(value * {"year": 12, "month": 1, "week": 0.25, "day": 1 / 30}[unit])


def _citizenships(words: list[Word]) -> list[str]:
    found = []
    for at, word in enumerate(words):
        named = table.COUNTRIES.value_and_ending(word.folded)
        if named is None:
            continue
        country, ending = named
        near = words[max(0, at - _NEAR) : at + 1 + _NEAR]
        citizen = any(table.CITIZEN.value(other.folded) for other in near)
        # Who lives in Kazakhstan and is «from» elsewhere is a citizen of elsewhere.
        from_there = at > 0 and table.FROM.value(words[at - 1].folded) is not None
        from_there = from_there or ending.startswith(table.FROM_ENDINGS)
        if citizen or (from_there and country != "KZ"):
            found.append(country)
    return found
