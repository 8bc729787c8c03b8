"""`bot deadlines`: the days that matter, as the chat counts them."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Annotated, Any

import typer
from babel import Locale
from phonenumbers import SUPPORTED_REGIONS
from rich.table import Table

from bot.cli.console import fail, out, settings_or_fail
from bot.cli.console import today as this_day
from bot.clock import SystemClock
from bot.conversation.turn import Content
from bot.errors import KomekError
from bot.languages import Language
from bot.opening import load_content
from bot.stay.calculator import deadlines
from bot.stay.model import OTHER, Deadline, Occasion, Stay

STYLES = {True: "red", False: ""}
YEARS = (1950, 2100)


def count_days(
    entered: Annotated[
        str, typer.Option("--entered", "--happened", help="The day it happened: 2026-11-02.")
    ],
    citizenship: Annotated[str, typer.Option(help="KG, UZ, TJ, RU …, or other.")] = OTHER,
    today: Annotated[str, typer.Option(help="Count from this day instead of today.")] = "",
    occasion: Annotated[
        Occasion, typer.Option("--for", help="What the days are counted for.")
    ] = Occasion.ENTRY,
    stays: Annotated[
        list[str] | None,
        typer.Option("--stay", help="An earlier stay: 2026-06-01:2026-06-30. May be repeated."),
    ] = None,
    lang: Annotated[Language, typer.Option(help="The language of the words.")] = Language.RU,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """The days that matter, by citizenship and what happened."""
    now = _day(today) if today else this_day()
    country = _country(citizenship)
    try:
        content = load_content(settings_or_fail(), SystemClock())
    except KomekError as exc:
        fail(exc)
    day = _day(entered)
    earlier = tuple(_stay(text, day) for text in stays or ())
    found = deadlines(content.rules, occasion, country, day, now, earlier)
    if as_json:
        described = [_described(one, lang) for one in found]
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        return
    if not found:
        out.print("No rule is known for this.")
        return
    out.print(_table(found, content, lang))


def _country(text: str) -> str:
    if text.lower() == OTHER:
        return OTHER
    # Not UN or ZZ (“unknown region”), which Babel has a name for too.
    if text.upper() not in Locale("en").territories or text.upper() not in SUPPORTED_REGIONS:
        fail(f"“{text}” is no country: write two letters such as KG, or other.")
    return text.upper()


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        fail(f"“{text}” is no day: write it like 2026-11-02.")
    if not YEARS[0] <= day.year <= YEARS[1]:
        fail(f"“{text}” is too far away: days are counted from {YEARS[0]} to {YEARS[1]}.")
    return day


def _stay(text: str, now_entered: date) -> Stay:
    came, _, left = text.partition(":")
    stay = Stay(_day(came), _day(left))
    if stay.left < stay.entered:
        fail(f"“{text}”: the stay ends before it begins.")
    if stay.left > now_entered:
        fail(f"“{text}”: an earlier stay ends by {now_entered}, the day this one began.")
    return stay


def _described(one: Deadline, language: Language) -> dict[str, Any]:
    rule, texts = one.rule, one.rule.texts[language]
    return {
        "rule": rule.id,
        "date": one.day.isoformat(),
        "weekday": one.day.isoweekday(),
        "office_day": one.office_day.isoformat(),
        "days_left": one.days_left,
        "is_past": one.is_past,
        "is_last_lawful_day": rule.is_limit,
        "used_up": one.used_up,
        "certainty": rule.certainty.value,
        "check_at": rule.ask,
        "facts": list(rule.facts),
        "counted": rule.counted,
        "source": {
            "title": rule.source.title,
            "address": rule.source.address,
            "read_on": rule.source.read_on.isoformat(),
        },
        "words": {
            "name": texts.name,
            "do": texts.do,
            "otherwise": texts.otherwise,
            "late": texts.late,
            "doubt": texts.doubt,
        },
    }


def _table(found: tuple[Deadline, ...], content: Content, language: Language) -> Table:
    words = content.locales[language.value]
    table = Table("Day", "Left", "Rule", "Sure", "Words", "Source", box=None, pad_edge=False)
    for one in found:
        texts = one.rule.texts[language]
        said = texts.late if one.is_past and texts.late else texts.do
        table.add_row(
            words.weekday_and_date(one.day),
            str(one.days_left),
            one.rule.id,
            one.rule.certainty.value,
            f"{texts.name}. {said} {texts.doubt}".strip(),
            one.rule.source.title,
            style=STYLES[one.is_past],
        )
    return table
