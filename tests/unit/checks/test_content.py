"""Checks of answers and safety cards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.checks.content import check_content
from bot.checks.finding import Finding, Level
from bot.checks.known_places import ANY_PLACE
from tests.unit.answers.small_content import KNOWN_PLACES, TODAY, change

PASSPORT = "answers/documents/lost-passport"

Check = Callable[[], list[Finding]]


@pytest.fixture
def check(folder: Path) -> Check:
    return lambda: list(check_content(folder, KNOWN_PLACES, TODAY))


def test_good_content_has_no_findings(check: Check) -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (f"{PASSPORT}/ky.md", "## cost", "## price", 13, "“price” is not a part"),
        (f"{PASSPORT}/ky.md", "hotline-102", "hotline-9", 7, "“{phone:hotline-9}” refers to"),
        (f"{PASSPORT}/ky.md", "centre:rodnik-almaty", "centre:ngo", 15, "“{centre:ngo}” refers to"),
        (
            f"{PASSPORT}/ky.md",
            "centre:rodnik-almaty",
            "centre:bureau",
            14,
            "has {centre:rodnik-almaty}, this",
        ),
        (f"{PASSPORT}/ky.md", "& 15", "«Родник» & 15", 12, "“Родник” must be a reference: write {"),
        ("safety/danger/uz.md", ", danger", ", “Rodnik”", 6, "write {centre:rodnik-almaty}"),
        (f"{PASSPORT}/ky.md", "дароо", "дәроо", 7, "“ә” is not a letter of Kyrgyz"),
        (f"{PASSPORT}/ky.md", "title: П", "title: Қ", 2, "“Қ” is not a letter of Kyrgyz"),
        (f"{PASSPORT}/ky.md", "& 15", "& 16", 9, "“steps”: the Russian text has 15, this one"),
        (f"{PASSPORT}/ky.md", "& 15", "& 15, 3", 9, "“steps”: 3 does not stand in the Russian"),
        (f"{PASSPORT}/ky.md", "{mci:25}", "{mci:24}", 14, "“cost”: the Russian text has {mci:25}"),
        (f"{PASSPORT}/ky.md", "& 15", "111 & 15", 12, "the phone number 111 must be a ref"),
        (f"{PASSPORT}/ru.md", "& 15", "+7 727 254-50-57 & 15", 11, "number +7 727 254-50-57 must"),
        (f"{PASSPORT}/tg.md", ": {phone", "и" * 400 + ": {phone", 7, "350 are possible"),
        (f"{PASSPORT}/tg.md", "& 15", "& 15" + "и" * 1200, 9, "1200 are possible"),
        ("safety/medical/uz.md", ", med", ",\na\nb\nc\nd\nmed", 6, "up to 3 short lines"),
        ("safety/medical/uz.md", "**{phone:hotline-111}**", "oʻ", 6, "each begin with a number"),
    ],
)
def test_an_error_names_file_and_line(
    folder: Path, check: Check, file: str, old: str, new: str, line: int, message: str
) -> None:
    change(folder / file, old, new)
    errors = [finding for finding in check() if finding.level is Level.ERROR]
    found = [finding for finding in errors if message in finding.message]
    assert [(finding.path, finding.line) for finding in found] == [(str(folder / file), line)]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (f"{PASSPORT}/ru.md", "Сразу", "Быстро", "the Russian text has changed since"),
        (f"{PASSPORT}/ky.md", "source_digest: ", "source_digest: pending #", "not stamped"),
        (f"{PASSPORT}/ky.md", "& 15", "& 15, 15", "15 stands more or less often"),
        (f"{PASSPORT}/ky.md", "{mci:25}.\n- П", "{mci:25}. П", "another number of list items"),
        (f"{PASSPORT}/ky.md", "title: Паспорт", "title: " + "Паспорт " * 9, "a button shows about"),
    ],
)
def test_a_warning_waits(
    folder: Path, check: Check, file: str, old: str, new: str, message: str
) -> None:
    change(folder / file, old, new)
    findings = check()
    assert any(message in finding.message for finding in findings)
    assert {finding.level for finding in findings} == {Level.WARNING}


def test_a_topic_past_its_review_date_is_a_warning(folder: Path) -> None:
    findings = list(check_content(folder, KNOWN_PLACES, date(2027, 1, 1)))
    assert [(finding.line, finding.level) for finding in findings] == [
        (1, Level.WARNING),
        (3, Level.WARNING),
        (13, Level.WARNING),
    ]
    assert "the MCI of 2027 is missing" in findings[0].message
    assert "should have been checked again by 2026-12-31" in findings[1].message


def test_a_day_to_come_is_an_error(folder: Path) -> None:
    findings = list(check_content(folder, KNOWN_PLACES, date(2026, 10, 1)))
    assert ["a day that has not come yet" in finding.message for finding in findings] == [True] * 2


def test_a_missing_language_and_a_missing_registry(folder: Path, check: Check) -> None:
    (folder / PASSPORT / "uz.md").unlink()
    assert [str(finding) for finding in check()] == [
        f"{folder}/{PASSPORT}/uz.md:1: error: this file is missing"
    ]
    (folder / "topics.yml").unlink()
    assert [finding.path for finding in check()] == [str(folder / "topics.yml")]


def test_a_broken_directory_adds_no_findings_about_references(folder: Path) -> None:
    change(folder / PASSPORT / "ky.md", "hotline-102", "hotline-9")
    messages = [finding.message for finding in check_content(folder, ANY_PLACE, TODAY)]
    assert not any("refers to nothing" in message for message in messages)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: court", "id: mci", "glossary.yml:3: error: “mci” is written in line 2 too"),
        ("kk: сот", "kk: сүуд ҳ", "glossary.yml:3: error: «ҳ»: “ҳ” is not a letter of Kazakh"),
        ("tg: суд, ", "", "glossary.yml:3: error: “tg” must be a text"),
        ("uz: sud", "en: court, uz: sud", "glossary.yml:3: error: “en” is not known here"),
    ],
)
def test_the_glossary_has_one_word_for_each_concept(
    folder: Path, check: Check, old: str, new: str, message: str
) -> None:
    change(folder / "glossary.yml", old, new)
    assert any(message in str(finding) for finding in check())


def test_a_card_too_long_with_its_source_is_an_error(folder: Path, check: Check) -> None:
    change(folder / "topics.yml", "title: Кодекс", "title: " + "Кодекс " * 600)
    errors = [finding for finding in check() if finding.level is Level.ERROR]
    assert len(errors) == 5
    assert all("with heading and source has" in finding.message for finding in errors)
