"""Spreadsheets that people send back, opened with suspicion."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from bot.errors import BadContent

LARGEST_BYTES = 20_000_000  # unpacked
MOST_ROWS, MOST_COLUMNS = 20_000, 200


def read_cells(
    path: Path, sheet: str | None = None, *, calculated: bool = False
) -> list[tuple[Any, ...]]:
    """The rows of an XLSX file as openpyxl's cells; of its first sheet unless one is named.

    With `calculated` a formula counts as what it came to. Raises BadContent.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        book = None if size > LARGEST_BYTES else load_workbook(path, data_only=calculated)
    except Exception as exc:  # openpyxl lets through whatever zip and XML readers raise
        raise BadContent(f"{path}: this is no XLSX file that can be read") from exc
    if book is None:
        raise BadContent(f"{path}: the file is too large to be one of ours")
    for found in book.worksheets:
        if sheet is None or found.title == sheet:
            # One letter in the last corner of a sheet makes a billion cells of it.
            if found.max_row > MOST_ROWS or found.max_column > MOST_COLUMNS:
                raise BadContent(
                    f"{path}: something stands far from the others, in row {found.max_row}, column "
                    f"{found.max_column}: delete it"
                )
            return list(found.iter_rows())
    raise BadContent(f"{path}: the sheet “{sheet or ''}” is missing")
