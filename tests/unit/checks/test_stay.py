"""Checks of the rules about days: the project's are clean, and each mistake is found."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.checks.directory import known_places
from bot.checks.finding import Finding, Level
from bot.checks.stay import check_stay
from bot.directory.loader import load_directory
from bot.settings import ROOT
from bot.stay.loader import STAY_FILE

TODAY = date(2026, 11, 24)
KNOWN = known_places(load_directory(ROOT / "content" / "directory"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The project's rules and facts, to be spoilt."""
    for name in ("values.yml", "glossary.yml", STAY_FILE):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "content" / name, tmp_path / name)
    shutil.copytree(ROOT / "content" / "facts", tmp_path / "facts")
    return tmp_path


def findings(folder: Path, today: date = TODAY) -> list[Finding]:
    return list(check_stay(folder, KNOWN, today))


def test_the_projects_rules_are_clean(folder: Path) -> None:
    assert findings(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("facts: [work-permit.1]", "facts: [work-permit.99]", "there is no fact “work-permit.99”"),
        ("facts: [asylum.2, ", "facts: [consulates.6, ", "names none of the rule's facts"),
        ("facts: [work-permit.1]", "facts: [iin.5]", "no fact it names has a source"),
        ("Спросить про РВП заранее", "Cпросить про РВП заранее", "mixes Cyrillic and Latin"),
        ("Бүгүн катталып көрүңүз", "Бүгін катталып көрүңүз", "is not a letter of Kyrgyz"),
        ("Рӯзи 90-ум", "Рӯзи 80-ум", "other numbers than in Russian"),
        ("Лучше поздно, чем никак.", "Звоните 1414.", "must be a reference"),
        ("Лучше поздно, чем никак.", "Есть «Родник».", "write {centre:rodnik-almaty}"),
        ("limit: true\n  window", "window", "no rule says the last day for “KG”"),
        ("citizenships: [UZ]", "citizenships: [Uzbek]", "is not a country such as KG"),
    ],
)
def test_each_mistake_is_found(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / STAY_FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [one for one in findings(folder) if message in one.message]
    assert found
    assert all(one.level is Level.ERROR and one.path == str(path) for one in found)


def test_old_rules_and_days_to_come_are_told(folder: Path) -> None:
    (late,) = findings(folder, date(2027, 6, 1))
    assert late.level is Level.WARNING
    (early,) = findings(folder, date(2026, 11, 1))
    assert early.level is Level.ERROR
