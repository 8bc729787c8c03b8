"""The places as a spreadsheet, one row each: CSV or XLSX, losing nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bot.directory.yaml_lines import Entry
from bot.errors import BadContent
from bot.languages import Language
from bot.text_files import invisible_sign
from bot.workbooks import read_cells

LANGUAGES = tuple(language.value for language in (Language.RU, *sorted(set(Language) - {"ru"})))
# field: beginning of the columns
TEXTS = {"names": "name", "short": "short", "address": "address", "note": "note"}
LISTS = ("phones", "services", "serves", "countries", "languages", "not_the_same_as")
POSITION = {"lat": "lat", "lon": "lon", "grade": "grade", "source": "position_source"}
NUMBERS = frozenset({"lat", "lon"})
SEPARATOR = "; "
HEADER_ROW = 1

COLUMNS = (
    *("id", "kind", *(f"name_{one}" for one in LANGUAGES)),
    *(*(f"short_{one}" for one in LANGUAGES), "town"),
    *(*(f"address_{one}" for one in LANGUAGES), *POSITION.values()),
    *("phones", "hours", "services", "serves", "countries", "languages"),
    *("certainty", "source", "checked_on", "checked_by", "not_the_same_as"),
    *(f"note_{one}" for one in LANGUAGES),
)
SINGLE = tuple(
    name
    for name in ("id", "kind", "town", "hours", "certainty", "source", "checked_on", "checked_by")
)


class Row(Entry):
    """A row of a sheet as an entry: its problems name the row."""

    __slots__ = ()

    def problem(self, reason: str, field: str = "") -> str:
        """The reason with file and row in front."""
        return f"{self.path.name}: row {self.line}: {reason}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as it was read."""

    number: int
    cells: tuple[str, ...]


def as_cells(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """An entry's fields in the order of the columns."""
    cells: dict[str, str] = {}
    for name in SINGLE:
        cells[name] = _text(fields.get(name))
    for field, column in TEXTS.items():
        for language, text in (fields.get(field) or {}).items():
            cells[f"{column}_{language}"] = _text(text)
    for field in LISTS:
        cells[field] = SEPARATOR.join(_text(one) for one in fields.get(field) or ())
    for part, column in POSITION.items():
        cells[column] = _text((fields.get("position") or {}).get(part))
    return tuple(cells.get(column, "") for column in COLUMNS)


def as_fields(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an entry from its cells; what is empty is unknown."""
    fields: dict[str, Any] = {name: cells[name] or None for name in SINGLE}
    for field, column in TEXTS.items():
        texts = {one: cells[f"{column}_{one}"] for one in LANGUAGES if cells[f"{column}_{one}"]}
        fields[field] = texts or None
    for field in LISTS:
        parts = cells[field].replace(",", ";").split(";")
        fields[field] = [part.strip() for part in parts if part.strip()]
    position = {part: _number(part, cells[column]) for part, column in POSITION.items()}
    known = {part: value for part, value in position.items() if value != ""}
    fields["position"] = known or None
    return fields


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet makes 111.0 of a phone number
    return str(value).strip()


def _number(part: str, text: str) -> float | str:
    if part not in NUMBERS:
        return text
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text  # the check of the fields says what is wrong with it


def write_sheet(path: Path, entries: Iterable[Entry]) -> int:
    """Writes the entries to a CSV or XLSX file; returns how many. Raises BadContent."""
    rows = [as_cells(entry.fields) for entry in entries]
    if path.suffix.lower() == ".xlsx":
        content = _xlsx(rows)
    elif path.suffix.lower() == ".csv":
        content = _csv(rows)
    else:
        raise BadContent(f"{path.name}: choose a name that ends in .csv or .xlsx")
    try:
        path.write_bytes(content)
    except OSError as exc:
        raise BadContent(f"{path}: cannot be written: {exc.strerror}") from exc
    return len(rows)


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "places"
    for row in (COLUMNS, *rows):
        sheet.append(row)
    for line in sheet.iter_rows():
        for cell in line:
            cell.number_format = "@"  # text, so that 111 stays 111 and +7 stays a phone number
            cell.data_type = "s" if cell.value not in (None, "") else cell.data_type
    sheet.freeze_panes = "B2"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    content = StringIO(newline="")
    writer = csv.writer(content)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    # With the mark spreadsheets read the letters right.
    return content.getvalue().encode("utf-8-sig")


def read_sheet(path: Path) -> tuple[Row, ...]:
    """The rows of a CSV or XLSX file as entries. Raises BadContent naming the row."""
    lines = list(_lines(path))
    if not lines:
        raise BadContent(f"{path.name}: row 1: the names of the columns are expected")
    header = [name.strip() for name in lines[0].cells]
    while header and not header[-1]:
        header.pop()
    problems = [f"the column “{name}” is missing" for name in COLUMNS if name not in header]
    problems += [f"“{name}” is no column of ours" for name in header if name not in COLUMNS]
    problems += [f"“{n}” is there twice" for n in sorted(set(header)) if header.count(n) > 1]
    if problems:
        raise BadContent("\n".join(f"{path.name}: row {HEADER_ROW}: {one}" for one in problems))
    if hidden := list(_hidden_signs(path, header, lines[1:])):
        raise BadContent("\n".join(hidden))
    return tuple(
        Row(path, line.number, as_fields(dict(zip(header, _padded(line, header), strict=True))), {})
        for line in lines[1:]
        if any(line.cells)
    )


def _hidden_signs(path: Path, header: list[str], lines: list[_Line]) -> Iterator[str]:
    """Signs nobody sees: with one in it the file would be refused as soon as it is written."""
    for line in lines:
        for name, cell in zip(header, line.cells, strict=False):
            if reason := invisible_sign(cell):
                yield f"{path.name}: row {line.number}: {name}: {reason}"


def _padded(line: _Line, header: list[str]) -> tuple[str, ...]:
    return (*line.cells, *("",) * len(header))[: len(header)]


def _lines(path: Path) -> Iterator[_Line]:
    try:
        if path.suffix.lower() == ".xlsx":
            yield from _lines_of_book(path)
        else:
            yield from _lines_of_text(path.read_text(encoding="utf-8-sig"))
    except OSError as exc:
        raise BadContent(f"{path.name}: cannot be read: {exc.strerror or exc}") from exc
    except (UnicodeDecodeError, csv.Error) as exc:
        raise BadContent(f"{path.name}: save the sheet as CSV in UTF-8, or as XLSX: {exc}") from exc


def _lines_of_book(path: Path) -> Iterator[_Line]:
    for number, row in enumerate(read_cells(path, calculated=True), start=HEADER_ROW):
        yield _Line(number, tuple(_text(cell.value) for cell in row))


def _lines_of_text(text: str) -> Iterator[_Line]:
    # Spreadsheets of some countries separate by semicolons.
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    for number, row in enumerate(rows, start=HEADER_ROW):
        yield _Line(number, tuple(cell.strip() for cell in row))
