"""The command `bot`."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.answers.digest import stamp_translations
from bot.app import open_storage, serve
from bot.ask import ask_once
from bot.checks.finding import Level
from bot.checks.run import Folders, check_all
from bot.cli import keys, nlu, staff
from bot.cli.console import err, fail, out, run, run_until_stopped, settings_or_fail, tell
from bot.clock import KAZAKHSTAN, SystemClock
from bot.languages import Language
from bot.local_run import any_rasa, run_locally
from bot.settings import ROOT

commands = typer.Typer(
    help="Komek: help for migrant families in Kazakhstan, in Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
commands.add_typer(staff.commands, name="staff")
commands.add_typer(keys.commands, name="keys")
commands.add_typer(nlu.commands, name="nlu")
content_commands = typer.Typer(help="Answers and other texts.", no_args_is_help=True)
commands.add_typer(content_commands, name="content")


@commands.command("run")
def run_all() -> None:
    """Everything on this machine: Rasa, bot, desk, and without a token the chat page."""
    settings = settings_or_fail()
    run_until_stopped(run_locally(settings, lambda text: out.print(text, markup=False)))


@commands.command("serve")
def serve_parts(
    bot: Annotated[bool, typer.Option(help="Receive and answer messages.")] = True,
    desk: Annotated[bool, typer.Option(help="Serve the desk.")] = True,
) -> None:
    """Bot, desk or both in this process; Rasa and the database run elsewhere."""
    settings = settings_or_fail()
    run_until_stopped(serve(settings, bot=bot, desk=desk))


@commands.command()
def migrate() -> None:
    """Brings the database's tables up to date."""

    async def work() -> None:
        database = await open_storage(settings_or_fail(), migrate=True)
        await database.close()

    run(work())
    out.print("The tables are up to date.")


@commands.command()
def ask(
    text: Annotated[str, typer.Argument(help="The message, as a parent would type it.")],
    lang: Annotated[Language, typer.Option(help="The parent's chosen language.")] = Language.RU,
    topic: Annotated[str, typer.Option(help="The current topic, for follow-ups.")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """One message down the same road, without Telegram: understood, decided, said."""

    async def work() -> dict[str, Any]:
        async with any_rasa(settings_or_fail(), tell) as settings:
            return await ask_once(settings, text, lang, topic or None)

    asked = run(work())
    if as_json:
        sys.stdout.write(json.dumps(asked, ensure_ascii=False, indent=2) + "\n")
        return
    table = Table(show_header=False, box=None)
    for name, value in asked["understood"].items():
        table.add_row(name, _plain(value))
    out.print(table)
    for card in asked["cards"]:
        out.rule(card["kind"])
        out.print(card["text"], markup=False)
        for row in card["buttons"]:
            out.print("   ".join(f"[{label}]" for label in row), markup=False, style="cyan")


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(f"{one['intent']} {one['confidence']:.2f}" for one in value)
    return "—" if value is None else str(value)


@commands.command()
def check(
    form: Annotated[str, typer.Option("--format", help="text or github")] = "text",
) -> None:
    """Checks content, directory, words and training data; fails on any error."""
    settings = settings_or_fail()
    folders = Folders(settings.content_dir, settings.locales_dir, settings.nlu_dir, ROOT / "bot")
    findings = check_all(folders, SystemClock().now().astimezone(KAZAKHSTAN).date())
    errors = 0
    for finding in findings:
        is_error = finding.level is Level.ERROR
        errors += is_error
        if form == "github":
            place = f"file={finding.path},line={finding.line}"
            sys.stdout.write(f"::{finding.level} {place}::{finding.message}\n")
        else:
            err.print(str(finding), markup=False, style="red" if is_error else "yellow")
    if errors:
        fail(f"{errors} errors. Please correct them and run `bot check` again.")
    out.print(f"Checked, no errors ({len(findings)} warnings).")


@content_commands.command("stamp")
def stamp(
    languages: Annotated[list[Language] | None, typer.Argument(help="Empty: all.")] = None,
    topics: Annotated[
        list[str] | None, typer.Option("--topic", help="A topic whose translations are corrected.")
    ] = None,
) -> None:
    """Marks translations as made from the present Russian text: new ones, and those of --topic."""
    settings = settings_or_fail()
    chosen = tuple(languages or [one for one in Language if one is not Language.RU])
    stamped = stamp_translations(settings.content_dir, languages=chosen, topics=topics or None)
    for path in stamped:
        out.print(str(path), markup=False)


def main() -> None:
    """Runs the command; Python's own messages never reach a person unexplained."""
    commands()
