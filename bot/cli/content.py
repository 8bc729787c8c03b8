"""`bot content …`: the texts, for editors and translators."""

from __future__ import annotations

import json
import re
import sys
from datetime import timedelta
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot.answers.digest import stamp_translations
from bot.answers.status import State, Status, TopicStatus, stale, status
from bot.checks.run import Folders, check_texts
from bot.cli.console import fail, out, settings_or_fail, today
from bot.cli.findings import Form, tell_findings
from bot.cli.translators import export, take_in
from bot.errors import KomekError
from bot.languages import Language
from bot.settings import ROOT

commands = typer.Typer(help="Answers and other texts.", no_args_is_help=True)

_DAYS = re.compile(r"(\d{1,5})d?")
# Letter and colour of a state; what is fine shows as a dot.
_SIGNS = {
    State.MISSING: ("M", "bold red"),
    State.OUTDATED: ("O", "red"),
    State.OVERDUE: ("R", "yellow"),
    State.UNREVIEWED: ("u", "dim"),
    State.PRESENT: ("·", "green"),
}


@commands.command()
def check(
    form: Annotated[Form, typer.Option("--format", help="How findings are written.")] = Form.TEXT,
) -> None:
    """Checks answers, safety cards, glossary and directory; fails on any error."""
    settings = settings_or_fail()
    folders = Folders(settings.content_dir, settings.locales_dir, settings.nlu_dir, ROOT / "bot")
    tell_findings(check_texts(folders, today()), form, "bot content check")


@commands.command("status")
def show_status(
    languages: Annotated[
        list[Language] | None, typer.Option("--lang", help="Only this language; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """How far the texts are: topic by language, the parts that need work below each state."""
    found = status(settings_or_fail().content_dir, today())
    chosen = tuple(languages or Language)
    if as_json:
        sys.stdout.write(
            json.dumps(status_json(found, chosen), ensure_ascii=False, indent=2) + "\n"
        )
    else:
        _print_status(found, chosen)
    if found.problem is not None:
        fail(found.problem)


def status_json(found: Status, languages: tuple[Language, ...]) -> dict[str, object]:
    """The matrix as plain values: rows, their languages, and the states of each part."""
    return {
        "problem": found.problem,
        "cells": {state.value: found.count(state, languages) for state in State},
        "rows": [_row_json(row, languages) for row in found.rows],
    }


def _row_json(row: TopicStatus, languages: tuple[Language, ...]) -> dict[str, object]:
    return {
        "id": row.id,
        "section": row.section,
        "title": row.title,
        "urgent": row.urgent,
        "review_due": row.review_due.isoformat() if row.review_due else None,
        "languages": {
            language.value: {
                "title": row.texts[language].title,
                "states": list(row.texts[language].states),
                "parts": {part: list(of) for part, of in row.texts[language].parts.items()},
                "problem": row.texts[language].problem,
            }
            for language in languages
        },
    }


def _print_status(found: Status, languages: tuple[Language, ...]) -> None:
    table = Table("section", "topic", "review due", *languages, header_style="bold")
    for row in found.rows:
        due = row.review_due.isoformat() if row.review_due else "—"
        cells = [_cell(row, language) for language in languages]
        table.add_row(row.section, row.id, due, *cells)
    out.print(table)
    legend = Text("Signs: ")
    for state, (sign, style) in _SIGNS.items():
        legend.append(f"{sign} {state.value} ({found.count(state, languages)} parts)  ", style)
    out.print(legend)


def _cell(row: TopicStatus, language: Language) -> Text:
    """The states that hold for the whole text as letters, others with their parts."""
    text = row.texts[language]
    cell = Text("! unreadable", "bold red") if text.problem else Text()
    for state in () if text.problem else text.states:
        sign, style = _SIGNS[state]
        parts = [part for part, states in text.parts.items() if state in states]
        some = (
            "" if len(parts) == len(text.parts) or state is not State.MISSING else ",".join(parts)
        )
        cell.append(f"{sign}{':' if some else ''}{some} ", style)
    return cell


@commands.command("stale")
def show_stale(
    within: Annotated[str, typer.Option(help="Days ahead, such as 60d.")] = "30d",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Topics whose facts must be checked again within this time, the first due first."""
    days = _DAYS.fullmatch(within.strip())
    if days is None:
        fail(f"“{within}” is no number of days: write it like 60d")
    found = status(settings_or_fail().content_dir, today())
    if found.problem is not None:
        fail(found.problem)
    rows = stale(found, today(), timedelta(days=int(days[1])))
    due = {row.id: row.review_due.isoformat() for row in rows if row.review_due}
    if as_json:
        sys.stdout.write(json.dumps(due, indent=2) + "\n")
        return
    for topic, day in due.items():
        late = "  overdue" if day < today().isoformat() else ""
        out.print(f"{day}  {topic}{late}", style="red" if late else "")
    if not due:
        out.print(f"No review falls due within {days[1]} days.")


@commands.command()
def stamp(
    languages: Annotated[list[Language] | None, typer.Argument(help="Empty: all.")] = None,
    topics: Annotated[
        list[str] | None, typer.Option("--topic", help="A topic whose translations are corrected.")
    ] = None,
) -> None:
    """Marks translations as made from the present Russian text: new ones, and those of --topic."""
    settings = settings_or_fail()
    chosen = tuple(languages or [one for one in Language if one is not Language.RU])
    try:
        stamped = stamp_translations(settings.content_dir, languages=chosen, topics=topics or None)
    except KomekError as exc:
        fail(exc)
    for path in stamped:
        out.print(str(path), markup=False)


commands.command("export")(export)
commands.command("import")(take_in)
