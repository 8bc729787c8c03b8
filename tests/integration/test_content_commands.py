"""`bot content …` as an editor types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.checks.finding import Finding, Level
from bot.cli.findings import for_github
from bot.cli.main import commands
from bot.languages import Language
from bot.settings import ROOT
from tests.unit.answers.small_content import change, write_content

PASSPORT = "answers/documents/lost-passport"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small content with the project's places, rules and facts, as an installation's."""
    folder = write_content(tmp_path / "content")
    for name in ("directory", "rules", "facts"):
        shutil.copytree(ROOT / "content" / name, folder / name, dirs_exist_ok=True)
    monkeypatch.setenv("KOMEK_CONTENT_DIR", str(folder))
    monkeypatch.setenv("COLUMNS", "200")
    return folder


def bot(*words: str) -> Result:
    return CliRunner().invoke(commands, ["content", *words])


def test_checking_tells_errors_with_file_and_line(folder: Path) -> None:
    assert bot("check").exit_code == 0, bot("check").output
    change(folder / PASSPORT / "ky.md", "{mci:25}", "{mci:24}")
    told = bot("check")
    assert told.exit_code == 1
    assert f"{PASSPORT}/ky.md:14: error: “cost”: the Russian text has {{mci:25}}" in told.output
    for_pull_requests = bot("check", "--format", "github").output
    assert f"::error file={folder}/{PASSPORT}/ky.md,line=14::“cost”" in for_pull_requests
    assert bot("check", "--format", "html").exit_code == 2


def test_a_finding_for_github_is_one_line_with_a_path_in_the_repository() -> None:
    finding = Finding(str(Path.cwd() / "content/a,b.md"), 3, "50 %\nof it", Level.WARNING)
    assert for_github(finding) == "::warning file=content/a%2Cb.md,line=3::50 %25%0Aof it"


def test_the_status_shows_what_is_missing(folder: Path) -> None:
    (folder / PASSPORT / "uz.md").unlink()
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    told = bot("status")
    assert told.exit_code == 0
    row = next(line for line in told.output.splitlines() if "lost-passport" in line)
    cells = [cell.strip() for cell in row.split("│")[4:9]]
    assert cells == ["O u", "O u", "M", "u", "O u"]  # ky tg uz ru kk
    found = json.loads(bot("status", "--json", "--lang", "uz").output)
    assert found["cells"]["missing"] == 3
    assert found["rows"][0]["languages"]["uz"]["parts"]["cost"] == ["missing"]
    assert list(found["rows"][0]["languages"]) == ["uz"]


def test_the_status_of_a_broken_registry_fails_with_its_reason(folder: Path) -> None:
    (folder / "topics.yml").write_text("topics: [", encoding="utf-8")
    told = bot("status")
    assert told.exit_code == 1
    assert "topics.yml:1: not valid YAML" in told.output


def test_stale_topics_are_told_with_their_day(folder: Path) -> None:
    change(folder / "topics.yml", "reviewed_on: 2026-11-01", "reviewed_on: 2020-01-01")
    assert "2020-03-01  lost-passport  overdue" in bot("stale", "--within", "0d").output
    assert list(json.loads(bot("stale", "--within", "9000d", "--json").output)) == [
        "lost-passport",
        "unpaid-wages",
    ]
    assert bot("stale", "--within", "soon").exit_code == 1


@pytest.mark.parametrize("suffix", ["xlsx", "po"])
def test_translations_go_out_and_come_back(folder: Path, tmp_path: Path, suffix: str) -> None:
    file = str(tmp_path / f"tg.{suffix}")
    assert "Nothing to translate" in bot("export", "--lang", "tg", "--out", file).output
    for language in Language:
        if language is not Language.RU:
            (folder / PASSPORT / f"{language}.md").unlink()
    before = (folder / PASSPORT / "ru.md").read_bytes()
    told = bot("export", "--lang", "tg", "--only", "missing", "--out", file)
    assert "4 rows of 1 texts" in told.output, told.output
    assert "0 files changed" in bot("import", file).output

    words = {"title": "Шиноснома", "short": "Зуд равед: {phone:hotline-102}."}
    words["steps"] = "1. Равед.\n2. **Равед:** {date:2026-07-01}.\n\nРавед & 15."
    words["cost"] = "- Равед — {mci:25}.\n- Равед — {mci:0.5}, {centre:rodnik-almaty}."
    fill(Path(file), words)
    dry = bot("import", file, "--dry-run", "--by", "Зафар")
    assert "1 files would be changed" in dry.output, dry.output
    path = folder / PASSPORT / "tg.md"
    assert not path.exists()
    told = bot("import", file, "--by", "Зафар")
    assert "lost-passport (tg): new, title, short, steps, cost; matches" in told.output
    text = path.read_text(encoding="utf-8")
    assert "  # Зафар, 20" in text
    assert (folder / PASSPORT / "ru.md").read_bytes() == before
    assert bot("status", "--json", "--lang", "tg").output.count("outdated") == 1, "its total only"


def fill(file: Path, words: dict[str, str]) -> None:
    if file.suffix == ".xlsx":
        book = load_workbook(file)
        for row in book["texts"].iter_rows(min_row=3):
            row[5].value = words[str(row[2].value)]
        book.save(file)
        return
    lines, part = [], ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("msgctxt"):
            part = line.strip('"').rpartition("/")[2]
        if part and line == 'msgstr ""':
            line = "msgstr " + json.dumps(words[part], ensure_ascii=False)
        lines.append(line)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_wrong_row_is_named_and_nothing_is_imported(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "tg.xlsx"
    bot("export", "--lang", "tg", "--only", "all", "--out", str(file))
    fill(file, dict.fromkeys(("title", "short", "steps", "cost", "card"), "Равед, 7."))
    told = bot("import", str(file))
    assert told.exit_code == 1
    assert "row 4: lost-passport: “short”" in told.output
    assert "Nothing was imported." in told.output
    assert bot("export", "--lang", "ru", "--out", str(file)).exit_code == 1
    assert bot("export", "--lang", "tg", "--out", str(tmp_path / "tg.doc")).exit_code == 1
