"""Rows for translators as an XLSX file, which any spreadsheet program opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import BadContent
from bot.exchange.rows import Filled, Row, fingerprint
from bot.languages import Language, language_or_none
from bot.workbooks import read_cells

SHEET = "texts"
FIRST_ROW = 3

# Heading, explanation in Russian and English, width.
COLUMNS = (
    ("language", "Язык. Не менять.\nLanguage. Do not change.", 10),
    ("topic", "Тема. Не менять.\nTopic. Do not change.", 22),
    ("part", "Часть. Не менять.\nPart. Do not change.", 12),
    ("russian", "Русский текст, с которого переводят.\nThe Russian text to translate.", 60),
    ("present", "Перевод сейчас. Не менять.\nThe translation now. Do not change.", 60),
    (
        "new",
        "Сюда пишите новый перевод. Пусто — остаётся прежний. Если прежний верен, скопируйте его "
        "сюда: так вы скажете, что проверили. {…} и ** оставьте как есть.\n"
        "Write the new translation here. Empty: the present one stays. If it is still right, copy "
        "it: this says that you checked it. Keep {…} and ** as they are.",
        60,
    ),
    ("digest", "Отпечаток русского текста. Не менять.\nFingerprint. Do not change.", 20),
)
NAMES = tuple(name for name, _, _ in COLUMNS)
_GREY = PatternFill("solid", start_color="EEEEEE")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_spreadsheet(rows: Iterable[Row], path: Path) -> None:
    """Writes the rows, with explanations above them."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _write_line(sheet, 1, NAMES, bold=True)
    _write_line(sheet, 2, tuple(explained for _, explained, _ in COLUMNS))
    for number, row in enumerate(rows, start=FIRST_ROW):
        values = (row.language, row.topic, row.part, row.russian, row.present, "")
        _write_line(sheet, number, (*values, row.russian_digest))
    for number, (_, _, width) in enumerate(COLUMNS):
        sheet.column_dimensions["ABCDEFG"[number]].width = width
    sheet.freeze_panes = "D3"
    book.save(path)


def _write_line(sheet: Worksheet, number: int, values: tuple[str, ...], bold: bool = False) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column)
        assert isinstance(cell, Cell)
        cell.value = str(value)
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.number_format = "@"
        cell.alignment = _WRAPPED
        if bold:
            cell.font = Font(bold=True)
        if NAMES[column - 1] != "new":
            cell.fill = _GREY


def read_spreadsheet(path: Path) -> tuple[Filled, ...]:
    """The rows that came back. Raises BadContent with one line for every row in the way."""
    lines = read_cells(path, SHEET)
    columns = _columns(path, lines[0] if lines else ())
    problems: list[str] = []
    rows = list(_rows(lines, columns, problems))
    if problems:
        raise BadContent("\n".join(problems))
    return tuple(rows)


def _columns(path: Path, heading: Iterable[Any]) -> dict[str, int]:
    found = {str(cell.value or "").strip(): number for number, cell in enumerate(heading)}
    for name in NAMES:
        if name not in found:
            raise BadContent(f"{path}: row 1: the column “{name}” is missing")
    return {name: found[name] for name in NAMES}


def _rows(lines: list[Any], columns: dict[str, int], problems: list[str]) -> Iterator[Filled]:
    for number, line in enumerate(lines[FIRST_ROW - 1 :], start=FIRST_ROW):
        if all(cell.value is None for cell in line):
            continue
        cells = {name: line[column] for name, column in columns.items()}
        formulas = [name for name, cell in cells.items() if cell.data_type == "f"]
        if formulas:
            problems.append(f"row {number}: a formula in “{formulas[0]}”: write plain text")
            continue
        texts = {name: _text(cell.value) for name, cell in cells.items()}
        language = language_or_none(texts["language"])
        if language is None or language is Language.RU:
            problems.append(f"row {number}: “{texts['language']}” is no language to translate into")
            continue
        yield Filled(
            place=f"row {number}",
            language=language,
            topic=texts["topic"],
            part=texts["part"],
            russian_digest=texts["digest"],
            present_digest=fingerprint(texts["present"]),
            new=texts["new"],
        )


def _text(value: object) -> str:
    """A cell as text; Excel takes a lone number or date for what it looks like."""
    text = "" if value is None else str(value)
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
