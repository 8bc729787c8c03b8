"""What the loader makes of good files, and how it refuses bad ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers.model import Part
from bot.errors import BadContent
from bot.languages import Language
from tests.unit.answers.small_content import LOCALES, change, load

PASSPORT = "answers/documents/lost-passport"


def test_an_answer_is_ready_for_telegram(folder: Path) -> None:
    answer = load(folder).answer("lost-passport", "ru")
    assert answer.title == "Потерян паспорт"
    assert answer.parts[Part.SHORT] == "Сразу сообщите в полицию: 102."
    day = LOCALES["ru"].day(date(2026, 7, 1))
    assert day.endswith("г."), "the sentence's own stop is not written twice"
    assert answer.parts[Part.STEPS] == (
        "1. Сразу сообщите в полицию.\n"
        f"2. <b>Сразу сообщите в полицию:</b> {day}\n\n"
        "Сразу сообщите в полицию &amp; 15."
    )
    assert not answer.outdated
    assert answer.review.state == "draft"


@pytest.mark.parametrize(
    ("language", "amount"),
    [
        ("ru", "25\u00a0МРП (108\u00a0125\u00a0₸)"),
        ("kk", "25\u00a0АЕК (108\u00a0125\u00a0₸)"),
        ("ky", "25\u00a0АЭК (МРП, 108\u00a0125\u00a0₸)"),
        ("uz", "25\u00a0MRP (108\u00a0125\u00a0₸)"),
    ],
)
def test_amounts_are_named_as_the_language_does(folder: Path, language: str, amount: str) -> None:
    cost = load(folder).answer("lost-passport", language).parts[Part.COST]
    assert amount in cost
    assert cost.startswith("• ")
    assert "0,5\u00a0" in cost
    assert "2\u00a0163\u00a0₸" in cost, "half an MCI is rounded to whole tenge"


def test_amounts_follow_the_year(folder: Path) -> None:
    last_year = load(folder, date(2025, 5, 1)).answer("lost-passport", "ru")
    assert "98\u00a0300\u00a0₸" in last_year.parts[Part.COST]
    unknown_year = load(folder, date(2031, 1, 1)).answer("lost-passport", "ru")
    assert "108\u00a0125\u00a0₸" in unknown_year.parts[Part.COST]


def test_a_translation_of_an_older_text_says_so(folder: Path) -> None:
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    library = load(folder)
    assert not library.answer("lost-passport", "ru").outdated
    assert all(library.answer("lost-passport", lang).outdated for lang in ("ky", "tg", "uz", "kk"))
    assert not library.answer("unpaid-wages", "ky").outdated


BREAKS = [
    # file, what is there, what somebody makes of it, the line and words of the refusal
    (f"{PASSPORT}/ky.md", "## cost", "## price", "ky.md:13: “price” is not a part"),
    (f"{PASSPORT}/ky.md", "{phone:hotline-102}", "{phone:hotline-999}", "ky.md:7: “{phone:hotl"),
    (f"{PASSPORT}/ky.md", "{mci:25}", "{mci:abc}", "ky.md:14: “{mci:abc}” refers to nothing"),
    (f"{PASSPORT}/ky.md", "{date:2026-07-01}", "{date:2026-13-01}", "ky.md:10: “{date:2026-13"),
    (f"{PASSPORT}/ky.md", "{mci:0.5}", "{mci:0.5", "ky.md:15: a “{” without its “}”"),
    (f"{PASSPORT}/ky.md", "title:", "titel:", "ky.md:2: “titel” is not known here"),
    (f"{PASSPORT}/ky.md", "state: draft", "state: done", "ky.md:4: “state” must be one of"),
    (f"{PASSPORT}/ky.md", "state: draft", "state: reviewed", "ky.md:4: a reviewed text says by"),
    (f"{PASSPORT}/ky.md", "by: null, on: null", "by: A, on: May", "ky.md:4: “on” must be a day"),
    (f"{PASSPORT}/ky.md", "---\ntitle", "title", "ky.md:1: the file must begin with"),
    (f"{PASSPORT}/ky.md", "Паспорт жоголду", "a: b: c", "ky.md:2: not valid YAML"),
    (f"{PASSPORT}/ky.md", "Паспорт жоголду", "Паспорт <жок>", "ky.md:2: “<” may not stand"),
    (f"{PASSPORT}/ky.md", "1. Пол", "# Пол", "ky.md:9: a heading is not possible"),
    (f"{PASSPORT}/ky.md", "& 15", "[link](https://example.org)", "ky.md:12: a link is not"),
    (f"{PASSPORT}/ky.md", "& 15", "*15*", "ky.md:12: italics (one * or _) is not possible"),
    (f"{PASSPORT}/ky.md", "& 15", "<b>15</b>", "ky.md:12: HTML is not possible"),
    (f"{PASSPORT}/ky.md", "\n\nПол", "\nПол", "ky.md:11: leave an empty line between"),
    (f"{PASSPORT}/ky.md", "- Пол", "- - Пол", "ky.md:14: a list inside a list"),
    (f"{PASSPORT}/ky.md", "## short\n", "", "ky.md:6: text before the first heading"),
    (f"{PASSPORT}/ky.md", "## cost", "## short", "ky.md:13: the part “short” is written twice"),
    (f"{PASSPORT}/ky.md", "## cost", "##", "ky.md:13: “” is not a part"),
    (f"{PASSPORT}/ky.md", "## cost", "## place", "ky.md:1: the part “cost” of topics.yml is mis"),
    ("topics.yml", "[unpaid-wages]", "[unpaid-wage]", "topics.yml:8: “unpaid-wage” is no other"),
    ("topics.yml", "[short, steps, cost]", "[short, stps]", "topics.yml:7: “stps” is not a part"),
    ("topics.yml", "[short, steps, cost]", "[steps, short]", "topics.yml:7: parts begin with"),
    ("topics.yml", "section: rights", "section: right", "topics.yml:14: “right” is not among"),
    ("topics.yml", "order: 10", "order: ten", "topics.yml:5: “order” must be a whole number"),
    ("topics.yml", "urgent: false", "urgent: no idea", "topics.yml:6: “urgent” must be true or"),
    ("topics.yml", "reviewed_on: 2026-11-01", "reviewed_on: soon", "topics.yml:11: “reviewed_on”"),
    ("topics.yml", "id: unpaid-wages", "id: lost-passport", "topics.yml:3: the topic “lost-pas"),
    ("topics.yml", "id: unpaid-wages", "id: Wages!", "topics.yml:13: “Wages!”: an id has a-z"),
    ("values.yml", "2025: 3932", "next: 3932", "values.yml:2: “next” is not a year"),
    ("glossary.yml", "id: mci", "id: mpi", "the term “mci” is missing"),
    ("safety/violence/kk.md", "**{phone", "> **{phone", "kk.md:8: a quotation (>) is not"),
]


@pytest.mark.parametrize(("file", "old", "new", "refusal"), BREAKS)
def test_a_broken_file_is_refused_with_its_line(
    folder: Path, file: str, old: str, new: str, refusal: str
) -> None:
    change(folder / file, old, new)
    with pytest.raises(BadContent) as problem:
        load(folder)
    assert refusal in str(problem.value)


def test_a_missing_language_is_refused(folder: Path) -> None:
    path = folder / PASSPORT / "tg.md"
    path.unlink()
    with pytest.raises(BadContent, match=r"tg\.md:1: this file is missing"):
        load(folder)


def test_a_file_nobody_reads_is_refused(folder: Path) -> None:
    (folder / PASSPORT / "kg.md").write_text("hello", encoding="utf-8")
    with pytest.raises(BadContent, match=r"kg\.md:1: no topic in topics\.yml uses this file"):
        load(folder)


def test_all_broken_files_are_told_at_once(folder: Path) -> None:
    for language in Language:
        change(folder / PASSPORT / f"{language}.md", "## cost", "## price")
    with pytest.raises(BadContent) as problem:
        load(folder)
    assert len(str(problem.value).splitlines()) == len(Language)


def test_a_text_too_long_for_telegram_is_refused(folder: Path) -> None:
    change(folder / PASSPORT / "ru.md", "& 15", "а" * 4000)
    with pytest.raises(BadContent, match="“steps” is too long for Telegram"):
        load(folder)


def test_a_safety_card_too_long_with_its_title_is_refused(folder: Path) -> None:
    change(folder / "safety/violence/ru.md", "Опасность", "а" * 3500)
    with pytest.raises(BadContent, match="“the card” is too long for Telegram"):
        load(folder)


@pytest.mark.parametrize(
    ("file", "name"),
    [("answers/rights/unpaid-wages/ky.md", "short"), ("safety/violence/ky.md", "")],
)
def test_a_text_without_a_letter_is_refused(folder: Path, file: str, name: str) -> None:
    path = folder / file
    head = path.read_text(encoding="utf-8").rpartition("---\n")[0]
    part = f"## {name}\n" if name else ""
    path.write_text(f"{head}---\n{part}-\n-\n", encoding="utf-8")
    with pytest.raises(BadContent, match=f"ky.md:\\d: “{name or 'the card'}” is empty"):
        load(folder)


def test_the_digest_follows_every_file(folder: Path) -> None:
    before = load(folder).digest
    assert load(folder).digest == before
    change(folder / "safety/danger/uz.md", "Odamlar", "Odam")
    assert load(folder).digest != before
