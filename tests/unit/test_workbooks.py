"""Spreadsheets that would fill the memory or end the command are refused kindly."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot import workbooks
from bot.errors import BadContent
from bot.workbooks import read_cells


def saved(path: Path, cell: str = "A5") -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "texts"
    sheet["A1"], sheet["B1"] = "id", "=1+1"
    sheet[cell] = "x"
    book.save(path)
    return path


def rewritten(path: Path, change: Callable[[str], str]) -> Path:
    """The file with its sheet's XML changed."""
    target = path.with_name(f"other-{path.name}")
    with zipfile.ZipFile(saved(path)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                data = change(data.decode()).encode()
            new.writestr(entry.filename, data)
    return target


def test_a_sheet_is_read_whole(tmp_path: Path) -> None:
    rows = read_cells(saved(tmp_path / "a.xlsx"), "texts")
    assert len(rows) == 5
    assert (rows[0][0].value, rows[0][1].data_type, rows[4][0].value) == ("id", "f", "x")
    assert read_cells(tmp_path / "a.xlsx", calculated=True)[0][1].data_type == "n"
    with pytest.raises(BadContent, match="the sheet “places” is missing"):
        read_cells(tmp_path / "a.xlsx", "places")


@pytest.mark.parametrize("cell", ["A200000", "XFD3", "XFD1048576"])
def test_one_letter_in_the_last_corner_is_no_billion_cells(tmp_path: Path, cell: str) -> None:
    with pytest.raises(BadContent, match="far from the others"):
        read_cells(saved(tmp_path / "a.xlsx", cell))


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace("<sheetData>", "<sheetData><<"),
        lambda xml: xml.replace('r="A5"', 'r="ZZZZZZ9"'),
    ],
)
def test_odd_xml_is_refused(tmp_path: Path, change: Callable[[str], str]) -> None:
    with pytest.raises(BadContent, match="no XLSX file that can be read"):
        read_cells(rewritten(tmp_path / "a.xlsx", change))


def test_what_unpacks_to_far_too_much_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "a.xlsx")
    monkeypatch.setattr(workbooks, "LARGEST_BYTES", 1000)
    monkeypatch.setattr(workbooks, "load_workbook", lambda *_, **__: pytest.fail("unpacked"))
    with pytest.raises(BadContent, match="too large"):
        read_cells(path)
