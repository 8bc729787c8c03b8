"""Checks of the directory: its own loader decides, the letters are looked at here."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.checks.directory import check_directory
from bot.checks.finding import Level, findings_of
from bot.checks.known_places import ANY_PLACE
from bot.checks.topic_services import check_topic_services, topics_understood
from bot.errors import BadContent
from bot.settings import ROOT


def test_a_broken_directory_is_told_and_lets_references_pass(tmp_path: Path) -> None:
    names = "- names:\n    ru: Сана\n    ky: Қорғоо «Қорғау»\n    uz: Sana\n"
    (tmp_path / "centres.yml").write_text(names, encoding="utf-8")
    known, findings = check_directory(tmp_path)
    assert known is ANY_PLACE
    assert [finding.level for finding in findings].count(Level.ERROR) >= 1
    (letters,) = (finding for finding in findings if finding.level is Level.WARNING)
    assert (letters.line, letters.path) == (3, str(tmp_path / "centres.yml"))
    assert letters.message == "«Қорғоо»: “Қ” is not a letter of Kyrgyz", "not the quoted name"


def test_refusals_become_findings_with_file_and_line() -> None:
    error = BadContent("a/b.yml:7: no such town\nc.po: cannot be read\nsomething else")
    found = [(finding.path, finding.line, finding.message) for finding in findings_of(error, "x")]
    assert found == [
        ("a/b.yml", 7, "no such town"),
        ("c.po", 1, "cannot be read"),
        ("x", 1, "something else"),
    ]


def test_every_topic_is_told_which_places_help_with_it(tmp_path: Path) -> None:
    path = tmp_path / "topic-services.yml"
    path.write_text("topics:\n  overstay: legal\n  overstya: legal\n", encoding="utf-8")
    found = list(check_topic_services(tmp_path, {"overstay", "asylum"}))
    assert [(finding.line, finding.message.split(":")[0]) for finding in found] == [
        (1, "“asylum” is missing"),
        (3, "there is no topic “overstya”"),
    ]
    path.write_text("topics:\n  overstay: legal\n  asylum: null\n", encoding="utf-8")
    assert not list(check_topic_services(tmp_path, {"overstay", "asylum"}))


def test_the_48_topics_have_their_places() -> None:
    topics = topics_understood(ROOT / "nlu")
    assert len(topics) == 48
    assert not list(check_topic_services(ROOT / "content" / "directory", topics))


def test_a_file_in_another_encoding_is_told_and_nothing_falls_over(tmp_path: Path) -> None:
    folder = tmp_path / "directory"
    shutil.copytree(ROOT / "content/directory", folder)
    text = (folder / "hotlines.yml").read_text(encoding="utf-8")
    (folder / "hotlines.yml").write_bytes(text.encode("cp1251", errors="replace"))
    known, findings = check_directory(folder)
    assert known is ANY_PLACE
    assert any("not in UTF-8" in finding.message for finding in findings)
