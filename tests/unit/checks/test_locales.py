"""Checks of buttons and prompts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.finding import Level
from bot.checks.locales import check_file, check_locales
from bot.checks.used_messages import Used, used_messages
from bot.errors import BadContent

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
GOOD = (
    'msgid "<b>Case</b> {number}"\nmsgstr "<b>Кайрылуу</b> {number}"\n\n'
    'msgid "{number} day"\nmsgid_plural "{number} days"\n'
    'msgstr[0] "{number} күн"\nmsgstr[1] "{number} күн"\n'
)
USED = (
    Used(Path("a.py"), 3, "<b>Case</b> {number}"),
    Used(Path("b.py"), 7, "{number} day", "{number} days"),
)


def found(tmp_path: Path, body: str, language: str = "ky") -> list[tuple[int, str, Level]]:
    path = tmp_path / "bot.po"
    path.write_text(HEAD + body, encoding="utf-8")
    findings = check_file(path, language, USED)
    return [(finding.line, finding.message, finding.level) for finding in findings]


def test_a_complete_file_has_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('msgid "{number} day"', 'msgid "{number} week"', 1, "“{number} day” is missing (used in"),
        ("<b>Кайрылуу</b> {number}", "", 6, "“<b>Case</b> {number}” is not translated"),
        ("Кайрылуу</b> {number}", "Кайрылуу</b>", 6, "{number} is missing"),
        ("Кайрылуу</b> {number}", "Кайрылуу</b> {nr} {number}", 6, "{nr} does not exist in the"),
        ("Кайрылуу</b> {number}", "Кайрылуу</b> {number", 6, "a “{” or “}” stands alone"),
        ("<b>Кайрылуу</b> {", "Кайрылуу {", 6, "other tags"),
        ("Кайрылуу", "Қайрылуу", 6, "“Қ” is not a letter of Kyrgyz"),
        ('msgstr[1] "{number} күн"', 'msgstr[1] ""', 9, "“{number} day” has 1 of 2 plural forms"),
        ('msgid_plural "{number} days"\nmsgstr[0]', "msgstr", 9, "needs plural forms"),
        ('msgid "<b>', '#, fuzzy\nmsgid "<b>', 7, "is not translated"),
    ],
)
def test_a_slip_is_found_in_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in GOOD
    body = GOOD.replace(old, new, 1)
    if "needs plural" in message:
        body = body.replace('msgstr[1] "{number} күн"\n', "")
    errors = [(n, text) for n, text, level in found(tmp_path, body) if level is Level.ERROR]
    assert [n for n, text in errors if message in text] == [line]


def test_too_few_plural_forms_are_found(tmp_path: Path) -> None:
    body = GOOD.replace('msgstr[1] "{number} күн"\n', "")
    assert any("of 2 plural forms" in message for _, message, _ in found(tmp_path, body))


def test_an_unused_message_is_a_warning(tmp_path: Path) -> None:
    extra = '\nmsgid "Old"\nmsgstr "Эски"\n'
    assert found(tmp_path, GOOD + extra) == [(14, "“Old” is not used any more", Level.WARNING)]


def test_messages_are_read_from_code_and_templates(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "steps.py").write_text(
        "from x import words\n"
        "def f(scene, n):\n"
        "    scene.words('Back', a=1)\n"
        "    words('one '\n      'two')\n"
        "    words.plural('{number} day', '{number} days', n)\n"
        "HELLO = message('Hello')\n"
        "words(HELLO)\n",
        encoding="utf-8",
    )
    (tmp_path / "web" / "page.html").write_text(
        '<a>{{ words("Queue") }}</a>\n{{ words.plural("a case", "{number} cases", n) }}\n',
        encoding="utf-8",
    )
    of_bot = [(used.line, used.text, used.many) for used in used_messages(tmp_path, "bot")]
    assert sorted(of_bot) == [
        (3, "Back", None),
        (4, "one two", None),
        (6, "{number} day", "{number} days"),
        (7, "Hello", None),
    ]
    of_desk = [(used.line, used.text, used.many) for used in used_messages(tmp_path, "desk")]
    assert of_desk == [(1, "Queue", None), (2, "a case", "{number} cases")]


def test_a_broken_template_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "page.html").write_text("\n{{ words( }}\n", encoding="utf-8")
    with pytest.raises(BadContent, match=r"page\.html:2: "):
        used_messages(tmp_path, "desk")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    findings = list(check_locales(tmp_path / "locales", tmp_path))
    assert len(findings) == 8
    assert {finding.message for finding in findings} == {"this file is missing"}
