"""`bot content export` and `import`: the round trip to translators."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.answers.status import State
from bot.checks.directory import check_directory
from bot.checks.locales import DOMAINS
from bot.checks.one_text import check_text
from bot.cli.console import fail, out, settings_or_fail, today
from bot.errors import KomekError
from bot.exchange.po_file import read_po_file, write_po_file
from bot.exchange.rows import rows_to_send
from bot.exchange.spreadsheet import read_spreadsheet, write_spreadsheet
from bot.exchange.taking_in import carry_out, plan
from bot.exchange.writing import Author
from bot.i18n import load_locales
from bot.languages import Language


class Kind(StrEnum):
    """Which texts a translator gets."""

    OUTDATED = "outdated"
    MISSING = "missing"
    ALL = "all"


class FileFormat(StrEnum):
    """What a translator works with: a spreadsheet, or a translation program."""

    XLSX = "xlsx"
    PO = "po"


def export(
    language: Annotated[Language, typer.Option("--lang", help="The language to translate into.")],
    file: Annotated[Path, typer.Option("--out", help="The file to write.", dir_okay=False)],
    only: Annotated[
        list[Kind] | None,
        typer.Option(help="Which texts; may be repeated. Without it: missing and outdated ones."),
    ] = None,
    form: Annotated[
        FileFormat | None, typer.Option("--format", help="Without it: by the name of the file.")
    ] = None,
) -> None:
    """Writes a file for translators: one row for each title and part of a text."""
    if language is Language.RU:
        fail("Russian is what the others are translated from: choose another language.")
    chosen = _format_of(file, form)
    kinds = only or [Kind.MISSING, Kind.OUTDATED]
    states = None if Kind.ALL in kinds else [State(kind.value) for kind in kinds]
    try:
        rows = rows_to_send(settings_or_fail().content_dir, language, states)
        if not rows:
            out.print("Nothing to translate: no file was written.")
            return
        if chosen is FileFormat.PO:
            write_po_file(rows, file, language)
        else:
            write_spreadsheet(rows, file)
    except OSError as exc:
        fail(f"{file}: cannot be written: {exc.strerror}")
    except KomekError as exc:
        fail(exc)
    texts = len({row.topic for row in rows})
    out.print(f"{file}: {len(rows)} rows of {texts} texts.", markup=False)


def _format_of(file: Path, form: FileFormat | None) -> FileFormat:
    if form is not None:
        return form
    suffix = file.suffix.lower().removeprefix(".")
    if suffix not in list(FileFormat):
        fail(f"“{file.name}” ends neither in .xlsx nor in .po: say which with --format")
    return FileFormat(suffix)


def take_in(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="From a translator.")],
    dry_run: Annotated[bool, typer.Option(help="Only say what would change.")] = False,
    by: Annotated[str, typer.Option(help="The translator's name, noted in the files.")] = "",
) -> None:
    """Takes translations that came back: all of the file, or nothing when a row is wrong.

    A text whose every part is filled in counts as made from the present Russian text, if that
    is still the one of the file. Other texts get their new words and stay outdated.
    """
    settings, day = settings_or_fail(), today()
    folder = settings.content_dir
    known, _ = check_directory(folder / "directory")
    read = read_po_file if _format_of(file, None) is FileFormat.PO else read_spreadsheet
    author = Author(by, day) if by.strip() else None
    try:
        locales = load_locales(settings.locales_dir, "bot", DOMAINS["bot"])
        changes = plan(
            folder,
            read(file),
            lambda path, text: check_text(folder, path, text, known, day, locales),
            author,
        )
        if not dry_run:
            carry_out(changes)
    except KomekError as exc:
        fail(f"{exc}\nNothing was imported.")
    for change in changes:
        out.print(change.summary, markup=False)
    done = "would be changed" if dry_run else "changed"
    out.print(f"{len(changes)} files {done}.")
