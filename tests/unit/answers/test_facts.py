"""Fact lines and the comments that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.comments import Comment, comments_of, without_comments
from bot.answers.digest import source_digest
from bot.answers.facts import Ground, fact_sections, read_facts
from bot.errors import BadContent
from tests.unit.answers.small_content import change, load


def test_facts_know_their_place_and_ground(folder: Path) -> None:
    facts = read_facts(folder / "facts")
    assert list(facts)[:2] == ["lost-passport.1", "lost-passport.2"]
    assert facts["lost-passport.2"].line == 6
    assert facts["lost-passport.2"].grounds == {Ground.KNOWN}
    assert facts["lost-passport.3"].grounds == {Ground.INFERRED, Ground.SOURCE}
    assert [facts[name].is_sourced for name in ("unpaid-wages.1", "unpaid-wages.2")] == [
        True,
        False,
    ]
    assert fact_sections(folder / "facts") == {
        "documents.md#lost-passport",
        "documents.md#unpaid-wages",
    }
    assert read_facts(folder / "nowhere") == {}


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("`lost-passport.2`", "`lost-passport.1`", r"documents.md:6: .* documents.md:5 too"),
        (
            "`lost-passport.2`",
            "`lost-pasport.2`",
            r"documents.md:6: “lost-pasport.2”: a fact below",
        ),
        ("`lost-passport.2`", "`lost-passport.two`", r"documents.md:6: “lost-passport.two”"),
    ],
)
def test_a_misnumbered_fact_is_refused(folder: Path, old: str, new: str, refusal: str) -> None:
    change(folder / "facts/documents.md", old, new)
    with pytest.raises(BadContent, match=refusal):
        read_facts(folder / "facts")


def test_comments_leave_no_trace_and_keep_the_lines() -> None:
    text = "Раз. <!-- a.1 -->  \nДва <!-- advice --> и три.\n<!-- b.2 -->\n"
    assert without_comments(text) == "Раз.\nДва и три.\n\n"
    assert list(comments_of(text, 5)) == [
        Comment(5, "a.1"),
        Comment(6, "advice"),
        Comment(7, "b.2"),
    ]
    assert source_digest("Раз. <!-- a.1 -->\n\nДва.") == source_digest("Раз.\nДва. <!-- a.2 -->")


def test_no_reader_sees_a_comment(folder: Path) -> None:
    answer = load(folder).answer("lost-passport", "ru")
    assert not any("lost-passport.1" in html or "<!--" in html for html in answer.parts.values())


def test_a_comment_over_two_lines_is_refused(folder: Path) -> None:
    change(folder / "answers/rights/unpaid-wages/ru.md", "<!-- lost", "<!--\nlost")
    with pytest.raises(BadContent, match=r"ru\.md:6: HTML is not possible"):
        load(folder)
