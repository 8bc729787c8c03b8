"""`bot directory …`: the places as a spreadsheet, out and in again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import fail, out, settings_or_fail
from bot.directory.importing import Import, carry_out, plan_import
from bot.directory.loader import place_entries
from bot.directory.spreadsheet import read_sheet, write_sheet
from bot.errors import KomekError

commands = typer.Typer(help="Help centres, consulates and hotlines.", no_args_is_help=True)


@commands.command("export")
def export_places(
    to: Annotated[Path, typer.Option("--out", help="A file that ends in .csv or .xlsx.")],
) -> None:
    """Writes every place to a spreadsheet, one row each."""
    try:
        number = write_sheet(to, place_entries(_folder()))
    except KomekError as exc:
        fail(exc)
    out.print(f"{number} places: {to}", markup=False)


@commands.command("import")
def import_places(
    file: Annotated[Path, typer.Argument(help="A sheet as `bot directory export` writes it.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
) -> None:
    """Takes a spreadsheet in: all of it or, when one row is wrong, nothing.

    Rows with a known id change that place, others are added; places that are not in the
    sheet stay as they are.
    """
    try:
        planned = plan_import(_folder(), read_sheet(file))
        _tell(planned)
        if dry_run:
            out.print("Nothing was written: this was a dry run.")
            return
        carry_out(planned)
    except KomekError as exc:
        fail(exc)
    out.print("Written." if planned.files else "Nothing to change.")


def _folder() -> Path:
    return settings_or_fail().content_dir / "directory"


def _tell(planned: Import) -> None:
    for sign, ids in (("+", planned.added), ("~", planned.changed)):
        for id_ in ids:
            out.print(f"{sign} {id_}", markup=False)
    added, changed = len(planned.added), len(planned.changed)
    out.print(f"{added} added, {changed} changed, {planned.unchanged} unchanged.")
