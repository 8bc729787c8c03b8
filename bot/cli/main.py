"""The command `bot`."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.app import serve
from bot.ask import ask_once
from bot.checks.run import Folders, check_all
from bot.cli import content, deadlines, directory, keys, nlu, places, staff
from bot.cli.console import out, run, run_until_stopped, settings_or_fail, tell, today
from bot.cli.findings import Form, tell_findings
from bot.languages import Language
from bot.local_run import any_rasa, run_locally
from bot.opening import open_storage
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
commands.add_typer(content.commands, name="content")
commands.add_typer(places.commands, name="places")
commands.add_typer(directory.commands, name="directory")
commands.command("deadlines")(deadlines.count_days)


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
        return ", ".join(_plain(one) for one in value) or "—"
    if isinstance(value, dict):  # a guess of the ranking
        return f"{value['intent']} {value['confidence']:.2f}"
    return "—" if value is None else str(value)


@commands.command()
def check(
    form: Annotated[Form, typer.Option("--format", help="How findings are written.")] = Form.TEXT,
) -> None:
    """Checks content, directory, words and training data; fails on any error."""
    settings = settings_or_fail()
    folders = Folders(settings.content_dir, settings.locales_dir, settings.nlu_dir, ROOT / "bot")
    tell_findings(check_all(folders, today()), form, "bot check")


def main() -> None:
    """Runs the command; Python's own messages never reach a person unexplained."""
    commands()
