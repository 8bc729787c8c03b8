"""An NGO's list in a spreadsheet: nothing is lost, and a mistake changes nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.directory.importing import carry_out, plan_import
from bot.directory.loader import load_directory, place_entries
from bot.directory.place_files import PLACE_FILES
from bot.directory.spreadsheet import COLUMNS, read_sheet, write_sheet
from bot.errors import BadContent


@pytest.fixture(params=["places.csv", "places.xlsx"])
def sheet(request: pytest.FixtureRequest, folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    assert write_sheet(path, place_entries(folder)) >= 88
    return path


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text(encoding="utf-8") for name in PLACE_FILES}


def edit(path: Path, place: str, **cells: str) -> int:
    """Changes cells of a row, and says which row it is."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        found = book.worksheets[0]
        for number, row in enumerate(found.iter_rows(), start=1):
            if row[0].value == place:
                for column, value in cells.items():
                    row[COLUMNS.index(column)].value = value
                book.save(path)
                return number
        raise AssertionError(place)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    number = next(n for n, row in enumerate(rows) if row[0] == place)
    for column, value in cells.items():
        rows[number][COLUMNS.index(column)] = value
    write_csv(path, rows)
    return number + 1


def write_csv(path: Path, rows: list[list[str]], delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def test_out_and_in_again_changes_no_letter(folder: Path, sheet: Path) -> None:
    before = texts(folder)
    planned = plan_import(folder, read_sheet(sheet))
    assert (planned.added, planned.changed, dict(planned.files)) == ((), (), {})
    assert planned.unchanged >= 88
    carry_out(planned)
    assert texts(folder) == before


def test_every_field_survives_being_written_anew(folder: Path, sheet: Path) -> None:
    """All entries touched and set back: other comments and quotation marks, the same places."""
    before = load_directory(folder).places
    rows = read_sheet(sheet)
    for name in PLACE_FILES:
        (folder / name).write_text("[]\n", encoding="utf-8")
    planned = plan_import(folder, rows)
    assert len(planned.added) == len(before)
    for path, text in planned.files.items():
        path.write_text(text.removeprefix("[]\n"), encoding="utf-8")
    again = {place.id: place for place in load_directory(folder).places}
    assert [again[place.id] for place in before] == list(before)


def test_a_changed_row_changes_its_entry_only(folder: Path, sheet: Path) -> None:
    before = texts(folder)
    edit(sheet, "unhcr-almaty", phones="+7 727 258 45 98", hours="Mo-Fr 09:00-13:00,14:00-18:00")
    planned = plan_import(folder, read_sheet(sheet))
    assert (planned.added, planned.changed) == ((), ("unhcr-almaty",))
    carry_out(planned)
    place = load_directory(folder).place("unhcr-almaty")
    assert place is not None
    assert (place.phones, place.hours) == (("+7 727 258 45 98",), "Mo-Fr 09:00-13:00,14:00-18:00")
    after = texts(folder)
    assert [name for name in PLACE_FILES if after[name] != before[name]] == ["centres.yml"]
    changed = set(after["centres.yml"].splitlines()) ^ set(before["centres.yml"].splitlines())
    assert len(changed) == 4, changed


def test_an_entry_that_cannot_be_replaced_is_told_not_passed_over(
    folder: Path, sheet: Path
) -> None:
    path = folder / "centres.yml"
    text = path.read_text(encoding="utf-8")
    wanted = "- id: unhcr-almaty\n"
    kind = text[text.index(wanted) + len(wanted) :].split("\n", 1)[0]
    turned = f"-{kind[1:]}\n  id: unhcr-almaty\n"
    path.write_text(text.replace(f"{wanted}{kind}\n", turned), encoding="utf-8")
    number = edit(sheet, "unhcr-almaty", hours="Mo-Fr 09:00-13:00")
    with pytest.raises(BadContent, match=rf"row {number}: its entry does not begin"):
        plan_import(folder, read_sheet(sheet))


def test_a_new_row_goes_to_the_file_of_its_kind(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {f"name_{one}": f"Сана {one}" for one in ("ru", "kk", "ky", "tg")}
    cells |= {
        "id": "sana-taraz",
        "kind": "ngo",
        "name_uz": "Sana",
        "town": "taraz",
        "phones": "+7 727 258 45 98; 111",
        "services": "legal, social",
        "serves": "women",
        "languages": "ky; ru",
        "certainty": "S",
        "source": "we called",
        "checked_on": "2026-11-24",
        "checked_by": "Sana, Aigul",
    }
    write_csv(path, [list(COLUMNS), [cells[column] for column in COLUMNS]], delimiter=";")
    carry_out(plan_import(folder, read_sheet(path)))
    place = load_directory(folder).place("sana-taraz")
    assert place is not None
    assert (place.phones, place.checked_by) == (("+7 727 258 45 98", "111"), "Sana, Aigul")
    assert [service.value for service in place.services] == ["legal", "social"]
    assert "sana-taraz" in (folder / "centres.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"phones": "12"}, "is no phone number"),
        ({"hours": "9 to 6"}, "is not understood"),
        ({"town": "atlantis"}, "there is no “atlantis”"),
        ({"lat": "42.87", "lon": "74.59", "grade": "A", "position_source": "x"}, "outside"),
        ({"lat": "43.2"}, "position.lon"),
        ({"name_tg": ""}, "no text in tg"),
        ({"serves": ""}, "serves"),
        ({"checked_on": "yesterday"}, "checked_on"),
        ({"id": "rodnik-almaty"}, "is there twice"),
    ],
)
def test_one_mistake_and_nothing_is_taken(
    folder: Path, sheet: Path, cells: dict[str, str], reason: str
) -> None:
    before = texts(folder)
    number = edit(sheet, "unhcr-almaty", **cells)
    edit(sheet, "kibhr-almaty", hours="Mo-Fr 10:00-17:00")
    with pytest.raises(BadContent) as caught:
        plan_import(folder, read_sheet(sheet))
    lines = str(caught.value).splitlines()
    assert [line for line in lines if reason in line], lines
    assert all(line.startswith(f"{sheet.name}: row {number}: ") for line in lines)
    assert texts(folder) == before


def test_all_mistakes_of_a_sheet_are_told_with_their_rows(folder: Path, sheet: Path) -> None:
    numbers = [
        edit(sheet, "unhcr-almaty", hours="9 to 6"),
        edit(sheet, "hotline-111", phones="12"),
    ]
    with pytest.raises(BadContent) as caught:
        plan_import(folder, read_sheet(sheet))
    told = sorted(
        int(line.split("row ")[1].split(":")[0]) for line in str(caught.value).split("\n")
    )
    assert told == sorted(numbers)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda header: header[:-1], "row 1: the column “note_uz” is missing"),
        (lambda header: [*header, "colour"], "row 1: “colour” is no column of ours"),
        (lambda header: [*header, "id"], "row 1: “id” is there twice"),
    ],
)
def test_wrong_columns_are_named(tmp_path: Path, change: object, reason: str) -> None:
    path = tmp_path / "places.csv"
    assert callable(change)
    write_csv(path, [change(list(COLUMNS))])
    with pytest.raises(BadContent, match=reason):
        read_sheet(path)


def test_what_is_no_spreadsheet_is_told_kindly(tmp_path: Path) -> None:
    (tmp_path / "places.xlsx").write_bytes(b"no zip at all")
    with pytest.raises(BadContent, match="no XLSX file that can be read"):
        read_sheet(tmp_path / "places.xlsx")
    (tmp_path / "places.csv").write_bytes("Көмек".encode("utf-16"))
    with pytest.raises(BadContent, match="as CSV in UTF-8"):
        read_sheet(tmp_path / "places.csv")
    with pytest.raises(BadContent, match="cannot be read"):
        read_sheet(tmp_path / "gone.csv")
    with pytest.raises(BadContent, match=r"ends in \.csv or \.xlsx"):
        write_sheet(tmp_path / "places.ods", ())
