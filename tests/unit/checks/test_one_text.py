"""A text is checked in memory, beside the form it is written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.content import check_content
from bot.checks.one_text import check_text
from tests.unit.answers.small_content import KNOWN_PLACES, TODAY

PASSPORT = "answers/documents/lost-passport"


def check(folder: Path, name: str, old: str = "", new: str = "") -> list[str]:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    edited = text.replace(old, new, 1) if old else text
    findings = check_text(folder, path, edited, KNOWN_PLACES, TODAY)
    assert {finding.path for finding in findings} <= {str(path)}
    return [f"{finding.line}: {finding.message}" for finding in findings]


@pytest.mark.parametrize("name", [f"{PASSPORT}/ru.md", f"{PASSPORT}/uz.md", "safety/danger/kk.md"])
def test_a_good_text_has_no_findings(folder: Path, name: str) -> None:
    assert check(folder, name) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (f"{PASSPORT}/ky.md", "title:", "titel:", "2: “titel” is not known here"),
        (f"{PASSPORT}/ky.md", "## cost", "## place", "1: the part “cost” of topics.yml is missing"),
        (f"{PASSPORT}/ky.md", "hotline-102", "hotline-9", "7: “{phone:hotline-9}” refers to"),
        (f"{PASSPORT}/ky.md", "& 15", "& 16", "9: “steps”: the Russian text has 15"),
        (f"{PASSPORT}/ky.md", "& 15", "& \u202e15", "12: an invisible sign stands here (U+202E"),
        (f"{PASSPORT}/ru.md", " <!-- lost-passport.1 -->", "", "6: «Сразу сообщите в полицию:"),
        ("safety/danger/kk.md", "**{phone:hotline-111}**", "", "6: a safety card has up to 3"),
        ("safety/danger/kk.md", "{phone:hotline-111}", "[x](y)", "8: a link is not possible"),
    ],
)
def test_a_bad_text_names_the_line(
    folder: Path, name: str, old: str, new: str, finding: str
) -> None:
    assert any(one.startswith(finding) for one in check(folder, name, old, new))
    assert list(check_content(folder, KNOWN_PLACES, TODAY)) == [], "nothing was written"


def test_what_belongs_to_no_topic_is_told(folder: Path) -> None:
    for name, reason in (
        ("answers/documents/x/ru.md", "no topic"),
        ("safety/danger/en.md", "named after"),
    ):
        findings = check_text(folder, folder / name, "x", KNOWN_PLACES, TODAY)
        assert len(findings) == 1
        assert reason in findings[0].message


def test_without_the_registry_the_reason_is_told(folder: Path) -> None:
    text = (folder / PASSPORT / "ky.md").read_text(encoding="utf-8")
    (folder / "topics.yml").unlink()
    findings = check_text(folder, folder / PASSPORT / "ky.md", text, KNOWN_PLACES, TODAY)
    assert [finding.message for finding in findings] == ["this file is missing"]
