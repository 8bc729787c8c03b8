"""Translations that came back are taken whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.answers.digest import source_digest
from bot.checks.one_text import check_text
from bot.errors import BadContent
from bot.exchange.rows import Filled, Row, fingerprint, rows_to_send
from bot.exchange.taking_in import Change, carry_out, plan
from bot.exchange.writing import Author
from bot.languages import Language
from tests.unit.answers.small_content import KNOWN_PLACES, TODAY, change, load

PASSPORT = "answers/documents/lost-passport"
SHORT = "Полицияга бүгүн барыңыз: {phone:hotline-102}."

Words = dict[tuple[str, str], str]


def filled(rows: tuple[Row, ...], words: Words, *, confirm: bool = False) -> list[Filled]:
    """The rows as a translator sends them back; `confirm` copies the present words."""
    return [
        Filled(
            place=f"row {number}",
            language=row.language,
            topic=row.topic,
            part=row.part,
            russian_digest=row.russian_digest,
            present_digest=fingerprint(row.present),
            new=words.get(row.key, row.present if confirm else ""),
        )
        for number, row in enumerate(rows, start=3)
    ]


@pytest.fixture
def take(folder: Path) -> Callable[..., tuple[Change, ...]]:
    def take(rows: list[Filled], author: Author | None = None) -> tuple[Change, ...]:
        def check(path: Path, text: str) -> list:  # type: ignore[type-arg]
            return check_text(folder, path, text, KNOWN_PLACES, TODAY)

        changes = plan(folder, rows, check, author)
        carry_out(changes)
        return changes

    return take


Take = Callable[..., tuple[Change, ...]]


def sent(folder: Path) -> tuple[Row, ...]:
    return rows_to_send(folder, Language.KY, None)


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_new_words_go_into_their_part_and_nothing_else_changes(folder: Path, take: Take) -> None:
    path = folder / PASSPORT / "ky.md"
    change(path, "review:", "# Айгүл котормочу\nreview:")
    before = path.read_text(encoding="utf-8")
    changes = take(filled(sent(folder), {("lost-passport", "short"): SHORT}))
    assert [one.summary for one in changes] == [
        "lost-passport (ky): short; matches the Russian text"
    ]
    old = "Полицияга дароо билдириңиз: {phone:hotline-102}."
    assert path.read_text(encoding="utf-8") == before.replace(
        f"## short\n{old}", f"## short\n{SHORT}"
    )


def test_a_reviewed_text_with_new_words_is_a_draft_again(folder: Path, take: Take) -> None:
    path = folder / PASSPORT / "ky.md"
    change(
        path, "{state: draft, by: null, on: null}", "\n  state: reviewed\n  by: А\n  on: 2026-11-02"
    )
    take(filled(sent(folder), {("lost-passport", "title"): "Паспорт:\nжоголду"}))
    head = path.read_text(encoding="utf-8").split("---")[1]
    assert 'title: "Паспорт: жоголду"\n' in head
    take(filled(sent(folder), {("lost-passport", "title"): "2026-13-45"}))  # no day, and no slip
    assert "review: {state: draft, by: null, on: null}\n" in head
    assert "reviewed" not in head


def test_a_text_with_every_part_filled_matches_the_russian_text(folder: Path, take: Take) -> None:
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    change(folder / PASSPORT / "ky.md", "review:", "review:")
    rows = [row for row in sent(folder) if row.topic == "lost-passport"]
    author = Author("Айгүл\nК.", date(2026, 11, 24))
    changes = take(filled(tuple(rows), {("lost-passport", "short"): SHORT}, confirm=True), author)
    assert [(one.matches, one.changed) for one in changes] == [(True, ("short",))]
    digest = source_digest((folder / PASSPORT / "ru.md").read_text(encoding="utf-8"))
    text = (folder / PASSPORT / "ky.md").read_text(encoding="utf-8")
    assert f"source_digest: {digest}  # Айгүл К., 2026-11-24\n" in text
    assert not load(folder).answer("lost-passport", "ky").outdated


def test_confirming_without_new_words_is_a_change_too(folder: Path, take: Take) -> None:
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    change(
        folder / PASSPORT / "ky.md",
        "\nreview: {state: draft, by: null",
        "\nreview: {state: draft, by: А",
    )
    rows = tuple(row for row in sent(folder) if row.topic == "lost-passport")
    changes = take(filled(rows, {}, confirm=True))
    assert changes[0].summary == "lost-passport (ky): no other words; matches the Russian text"
    assert "by: А" in (folder / PASSPORT / "ky.md").read_text(encoding="utf-8")
    assert take(filled(sent(folder), {}, confirm=True)) == ()


def test_a_half_filled_text_gets_its_words_and_stays_outdated(folder: Path, take: Take) -> None:
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    changes = take(filled(sent(folder), {("lost-passport", "short"): SHORT}))
    assert changes[0].summary == "lost-passport (ky): short; still outdated"
    answer = load(folder).answer("lost-passport", "ky")
    assert answer.outdated
    assert "бүгүн" in answer.parts["short"]  # type: ignore[index]


def test_a_russian_text_changed_since_the_export_leaves_the_translation_outdated(
    folder: Path, take: Take
) -> None:
    rows = tuple(row for row in sent(folder) if row.topic == "lost-passport")
    change(folder / PASSPORT / "ru.md", "Сразу", "Быстро")
    changes = take(filled(rows, {("lost-passport", "short"): SHORT}, confirm=True))
    assert [one.matches for one in changes] == [False]
    assert load(folder).answer("lost-passport", "ky").outdated


def test_a_missing_text_is_made_new(folder: Path, take: Take) -> None:
    path = folder / "answers/rights/unpaid-wages/ky.md"
    path.unlink()
    words = {
        ("unpaid-wages", "title"): "Айлык беришпейт",
        ("unpaid-wages", "short"): "Далилдерди чогултуңуз.",
    }
    changes = take(filled(sent(folder), words))
    assert changes[0].summary == "unpaid-wages (ky): new, title, short; matches the Russian text"
    answer = load(folder).answer("unpaid-wages", "ky")
    assert (answer.title, answer.outdated) == ("Айлык беришпейт", False)


def test_a_safety_card_is_a_text_like_others(folder: Path, take: Take) -> None:
    take(filled(sent(folder), {("safety/medical", "card"): "Барыңыз.\n\n**{phone:hotline-111}**"}))
    assert "Барыңыз." in load(folder).safety("medical", "ky")


REFUSALS: list[tuple[Words, dict[str, str], str]] = [
    # new words, changed fields of row 4 (lost-passport, short), what is said
    ({}, {"topic": "lost-pasport"}, "row 4: there is no text “lost-pasport”"),
    ({}, {"part": "shrt"}, "row 4: “lost-passport” has no part “shrt”"),
    ({}, {"part": "title"}, "row 4: lost-passport, title stands in row 3 too"),
    ({("lost-passport", "short"): "Х."}, {"present_digest": "0" * 16}, "row 4: the translation of"),
    ({("lost-passport", "short"): "Барыңыз."}, {}, "row 4: lost-passport: “short”: the Russian"),
    ({("lost-passport", "cost"): "- {mci:25}.\n- {mci:x}."}, {}, "row 6: lost-passport: “{mci:x}"),
    ({("lost-passport", "title"): "Паспорт қ"}, {}, "row 3: lost-passport: «қ»: “қ” is not a"),
    ({("lost-passport", "steps"): "## steps"}, {}, "row 5: lost-passport: "),
    ({("safety/danger", "card"): "Барыңыз."}, {}, "row 24: safety/danger: "),
]


@pytest.mark.parametrize(("words", "fields", "message"), REFUSALS)
def test_one_wrong_row_and_nothing_is_taken(
    folder: Path, take: Take, words: Words, fields: dict[str, str], message: str
) -> None:
    before = everything(folder)
    rows = filled(sent(folder), {("unpaid-wages", "title"): "Айлык жок", **words})
    for name, value in fields.items():
        rows[1] = replaced(rows[1], name, value)
    with pytest.raises(BadContent) as refused:
        take(rows)
    assert message in str(refused.value)
    assert everything(folder) == before


def replaced(row: Filled, name: str, value: str) -> Filled:
    fields = {field: getattr(row, field) for field in Filled.__slots__}
    return Filled(**{**fields, name: value})


def test_all_wrong_rows_are_told_at_once(folder: Path, take: Take) -> None:
    words = {
        ("lost-passport", "title"): "Паспорт қ",
        ("unpaid-wages", "title"): "Айлык ҳ",
        ("safety/danger", "title"): "Коркунуч ў",
    }
    with pytest.raises(BadContent) as refused:
        take(filled(sent(folder), words))
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "row 3",
        "row 7",
        "row 23",
    ]


def test_a_new_text_needs_all_its_parts(folder: Path, take: Take) -> None:
    (folder / "answers/rights/unpaid-wages/ky.md").unlink()
    assert take(filled(sent(folder), {})) == (), "nobody has begun it"
    with pytest.raises(BadContent, match="row 7: unpaid-wages is a new text and needs “title” too"):
        take(filled(sent(folder), {("unpaid-wages", "short"): "Далил."}))


def test_a_full_disk_leaves_everything_as_it_was(
    folder: Path, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(folder)
    words = {("lost-passport", "title"): "Паспорт жок", ("unpaid-wages", "title"): "Айлык жок"}
    real, calls = Path.replace, list[Path]()

    def replace(draft: Path, path: Path) -> Path:
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return real(draft, path)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(BadContent, match="nothing was imported"):
        take(filled(sent(folder), words))
    assert len(calls) == 3, "two files, and the first one put back"
    assert everything(folder) == before
