"""Texts go to translators and come back, as spreadsheet and as PO file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.answers.status import State
from bot.errors import BadContent
from bot.exchange.po_file import read_po_file, write_po_file
from bot.exchange.rows import Filled, rows_to_send
from bot.exchange.spreadsheet import FIRST_ROW, NAMES, read_spreadsheet, write_spreadsheet
from bot.languages import Language
from tests.unit.answers.small_content import change

PASSPORT = "answers/documents/lost-passport"
Fill = Callable[[dict[tuple[str, str], str]], tuple[Filled, ...]]


def open_sheet(path: Path) -> tuple[Worksheet, Callable[[], None]]:
    book = load_workbook(path)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet, lambda: book.save(path)


def set_cell(path: Path, row: int, column: str, value: object) -> None:
    sheet, save = open_sheet(path)
    sheet.cell(row, NAMES.index(column) + 1).value = value  # type: ignore[assignment]
    save()


@pytest.fixture
def sheet(folder: Path, tmp_path: Path) -> Path:
    """All Kyrgyz texts as a spreadsheet."""
    path = tmp_path / "ky.xlsx"
    write_spreadsheet(rows_to_send(folder, Language.KY, None), path)
    return path


def test_a_spreadsheet_has_a_row_for_each_title_and_part(folder: Path, sheet: Path) -> None:
    lines = list(open_sheet(sheet)[0].iter_rows(values_only=True))
    assert lines[0] == NAMES
    assert all("Не менять" in str(lines[1][column]) for column in (0, 1, 2, 4, 6))
    assert [line[1:3] for line in lines[2:8]] == [
        ("lost-passport", "title"),
        ("lost-passport", "short"),
        ("lost-passport", "steps"),
        ("lost-passport", "cost"),
        ("unpaid-wages", "title"),
        ("unpaid-wages", "short"),
    ]
    assert lines[3][3] == "Сразу сообщите в полицию: {phone:hotline-102}.", "no comments"
    assert lines[3][5] in {None, ""}
    assert lines[-1][1:3] == ("safety/danger", "card")


def test_what_was_not_touched_comes_back_as_nothing_new(sheet: Path) -> None:
    rows = read_spreadsheet(sheet)
    assert len(rows) == 6 + 8 * 2
    assert {row.new for row in rows} == {""}
    assert (rows[0].place, rows[0].topic, rows[0].part) == ("row 3", "lost-passport", "title")


def test_new_words_come_back_with_their_line_ends(sheet: Path) -> None:
    set_cell(sheet, 5, "new", "  1. Бир. \r\n2. Эки.\n")
    rows = read_spreadsheet(sheet)
    assert rows[2].new == "1. Бир.\n2. Эки."


@pytest.mark.parametrize(
    ("column", "value", "refusal"),
    [
        ("new", "=1+1", "row 4: a formula in “new”: write plain text"),
        ("language", "ru", "row 4: “ru” is no language to translate into"),
        ("language", "de", "row 4: “de” is no language to translate into"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    sheet: Path, column: str, value: str, refusal: str
) -> None:
    set_cell(sheet, 4, column, value)
    with pytest.raises(BadContent, match=refusal):
        read_spreadsheet(sheet)


def test_a_text_that_looks_like_a_formula_stays_a_text(folder: Path, tmp_path: Path) -> None:
    change(folder / PASSPORT / "ky.md", "title: Паспорт жоголду", 'title: "=1+1"')
    path = tmp_path / "ky.xlsx"
    write_spreadsheet(rows_to_send(folder, Language.KY, None), path)
    assert open_sheet(path)[0].cell(FIRST_ROW, 5).data_type == "s"
    assert len(read_spreadsheet(path)) == 22


def test_a_lost_column_and_a_file_of_another_kind_are_told(sheet: Path, tmp_path: Path) -> None:
    set_cell(sheet, 1, "digest", "Digest")
    with pytest.raises(BadContent, match="row 1: the column “digest” is missing"):
        read_spreadsheet(sheet)
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"PK but no more")
    for path in (other, tmp_path / "nothing.xlsx"):
        with pytest.raises(BadContent, match="no XLSX file that can be read"):
            read_spreadsheet(path)


def test_only_what_is_asked_for_is_sent(folder: Path) -> None:
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    (folder / "answers/rights/unpaid-wages/ky.md").unlink()

    def sent(*states: State) -> set[str]:
        return {row.topic for row in rows_to_send(folder, Language.KY, states)}

    assert sent(State.OUTDATED) == {"lost-passport"}
    assert sent(State.MISSING) == {"unpaid-wages"}
    assert sent(State.MISSING, State.OUTDATED) == {"lost-passport", "unpaid-wages"}


def test_a_translation_that_cannot_be_read_is_not_sent_as_missing(folder: Path) -> None:
    change(folder / PASSPORT / "ky.md", "title:", "titel:")
    with pytest.raises(BadContent, match=r"ky\.md:2"):
        rows_to_send(folder, Language.KY, None)


def po_messages(path: Path) -> dict[str, tuple[str, str, bool]]:
    with path.open("rb") as file:
        catalogue = read_po(file)
    return {
        str(message.context): (str(message.id), str(message.string), message.fuzzy)
        for message in catalogue
        if message.id
    }


def test_a_po_file_marks_outdated_translations_fuzzy(folder: Path, tmp_path: Path) -> None:
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    (folder / "answers/rights/unpaid-wages/ky.md").unlink()
    path = tmp_path / "ky.po"
    write_po_file(rows_to_send(folder, Language.KY, None), path, Language.KY)
    messages = po_messages(path)
    assert messages["lost-passport/short"] == (
        "Быстро сообщите в полицию: {phone:hotline-102}.",
        "Полицияга дароо билдириңиз: {phone:hotline-102}.",
        True,
    )
    assert messages["unpaid-wages/short"][1:] == ("", False)
    assert messages["safety/danger/card"][2] is False
    new = {(row.topic, row.part): row.new for row in read_po_file(path)}
    assert new["lost-passport", "short"] == ""
    assert new["safety/danger", "title"] == "Коркунуч"


def test_an_entry_that_is_no_longer_fuzzy_is_new(folder: Path, tmp_path: Path) -> None:
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    path = tmp_path / "ky.po"
    write_po_file(rows_to_send(folder, Language.KY, [State.OUTDATED]), path, Language.KY)
    with path.open("rb") as file:
        catalogue = read_po(file)
    message = catalogue.get(
        "Быстро сообщите в полицию: {phone:hotline-102}.", "lost-passport/short"
    )
    assert message is not None
    message.flags.discard("fuzzy")
    with path.open("wb") as file:
        write_po(file, catalogue)
    assert [row.part for row in read_po_file(path) if row.new] == ["short"]


def test_a_po_file_without_its_comments_or_language_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ky.po"
    write_po_file(rows_to_send(folder, Language.KY, None), path, Language.KY)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("#. russian", "#. from", 1), encoding="utf-8")
    with pytest.raises(BadContent, match=r"line \d+: msgctxt and the comment"):
        read_po_file(path)
    path.write_text(text.replace("Language: ky", "Language: ru"), encoding="utf-8")
    with pytest.raises(BadContent, match="no language to translate into"):
        read_po_file(path)
    path.write_bytes('msgid "привет'.encode("cp1251"))
    with pytest.raises(BadContent, match="no PO file that can be read"):
        read_po_file(path)
