"""Statements and the facts they stand on: a good and a bad example of each rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.facts import fact_sections, read_facts
from bot.answers.text_file import parse_text
from bot.checks.finding import Finding, Level
from bot.checks.tracing import Ground, untraced
from bot.languages import Language

HEAD = "---\ntitle: А\nfacts: [documents.md#lost-passport]\nreview: {state: draft}\n---\n"
FIRST = 7  # the line after "## short"


def findings(folder: Path, body: str, *, every_block: bool = True) -> list[Finding]:
    facts = folder / "facts"
    ground = Ground(read_facts(facts), fact_sections(facts))
    text = parse_text(Path("ru.md"), HEAD + "## short\n" + body, Language.RU, has_parts=True)
    return list(untraced(text, ground, every_block=every_block))


GOOD = [
    "Идите в полицию. <!-- lost-passport.1 -->",
    "Сохраните квитанцию. <!-- advice -->",
    "1. Раз. <!-- lost-passport.1 -->\n2. Два, подробно,\n   до конца. <!-- unpaid-wages.1 -->",
    "Первая строка <!-- advice -->\nи вторая. <!-- lost-passport.1 lost-passport.3 -->",
    "Обычно 5 дней. <!-- lost-passport.2 -->",
    "**Можете** уехать, уточните срок. <!-- unpaid-wages.2 -->",
    "5 дней. <!-- lost-passport.2 lost-passport.3 -->",
    "Соберите всё. <!-- unpaid-wages.2 -->",
]
BAD = [
    ("Идите в полицию.", 0, "«Идите в полицию.» names no fact"),
    ("- Раз. <!-- advice -->\n- Два.", 1, "«Два.» names no fact"),
    ("Раз <!-- advice -->\nи два.", 1, "names no fact"),
    ("Раз, два, три, четыре, пять, шесть.", 0, "«Раз, два, три, четыре, пять, …» names"),
    ("Раз. <!-- lost-passport.9 -->", 0, "there is no fact “lost-passport.9”"),
    ("Раз. <!-- спросить у Айгүл -->", 0, "“спросить” in a comment is no fact"),
    ("Раз. <!-- -->", 0, "the comment is empty"),
    ("Раз. <!-- advice -->\n\n<!-- lost-passport.1 -->\n\nДва. <!-- advice -->", 2, "in the same"),
    ("5 дней. <!-- lost-passport.2 -->", 0, "rests on facts no source confirms"),
]


@pytest.mark.parametrize("body", GOOD)
def test_a_traced_text_passes(folder: Path, body: str) -> None:
    assert findings(folder, body) == []


@pytest.mark.parametrize(("body", "line", "message"), BAD)
def test_an_untraced_statement_is_found_in_its_line(
    folder: Path, body: str, line: int, message: str
) -> None:
    found = findings(folder, body)
    assert any(one.line == FIRST + line and message in one.message for one in found), found
    if "no source confirms" in message:
        assert [one.level for one in found] == [Level.WARNING]


def test_safety_cards_may_go_without_but_not_name_what_does_not_exist(folder: Path) -> None:
    assert findings(folder, "Звоните.", every_block=False) == []
    assert len(findings(folder, "Звоните. <!-- nothing.1 -->", every_block=False)) == 1


def test_front_matter_names_sections_that_exist(folder: Path) -> None:
    text = HEAD.replace("#lost-passport", "#lost-pasport") + "## short\nА. <!-- advice -->"
    ground = Ground({}, fact_sections(folder / "facts"))
    parsed = parse_text(Path("ru.md"), text, Language.RU, has_parts=True)
    found = list(untraced(parsed, ground, every_block=True))
    assert [(one.line, "documents.md#lost-pasport" in one.message) for one in found] == [(3, True)]


def test_translations_need_no_comments(folder: Path) -> None:
    text = "---\ntitle: А\nreview: {state: draft}\n---\n## short\nА.\nБ. <!-- advice -->"
    parsed = parse_text(Path("ky.md"), text, Language.KY, has_parts=True)
    found = list(untraced(parsed, Ground(), every_block=True))
    assert [(one.line, "Russian text only" in one.message) for one in found] == [(7, True)]
