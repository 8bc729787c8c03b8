"""Counting how well labelled messages are understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BadContent
from bot.understanding.evaluate import evaluate, read_rows, report_json, report_tables
from bot.understanding.model import (
    ASPECTS,
    CONTROL,
    Certainty,
    Danger,
    Guess,
    Understanding,
    is_topic,
)

HEAD = "lang\tscript\tnoise\tintent\talso\turgent\ttext\n"


class FakeUnderstander:
    """Knows the texts a test taught it: guesses, certainty, danger."""

    def __init__(self, known: dict[str, tuple[str, Certainty, bool]]) -> None:
        self.known = known
        self.topics: dict[str, str | None] = {}

    async def understand(
        self, text: str, *, language: str | None, topic: str | None = None
    ) -> Understanding:
        assert language is None
        self.topics[text] = topic
        guesses, certainty, urgent = self.known[text]
        best, *_ = names = guesses.split()
        return Understanding(
            topic=best if is_topic(best) else None,
            aspect=best if best in ASPECTS else None,
            control=best if best in CONTROL else None,
            confidence=0.5,
            ranking=tuple(Guess(name, 0.5) for name in names),
            language="ky",
            language_confidence=0.9,
            urgent=urgent,
            danger=Danger.DANGER if urgent else None,
            certainty=certainty,
        )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rows.tsv"
    path.write_text(
        HEAD
        + "ky\tcyrl\tclean\toverstay\tdeportation\t0\tA\n"
        + "ky\tcyrl\tclean\tpolice-check\t-\t1\tB\n"
        + "ky\tcyrl\tshort\tout-of-scope\t-\t0\tC\n"
        + 'tg\tcyrl\tshort\task-cost\t-\t0\t"D\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def understander() -> FakeUnderstander:
    return FakeUnderstander(
        {
            "A": ("deportation overstay", Certainty.CERTAIN, False),
            "B": ("consulates help-centres police-check", Certainty.CERTAIN, True),
            "C": ("overstay out-of-scope", Certainty.UNSURE, True),
            '"D': ("ask-cost", Certainty.CERTAIN, False),
        }
    )


async def test_figures_by_language(file: Path, understander: FakeUnderstander) -> None:
    report = report_json(await evaluate(read_rows(file), understander))
    languages = report["languages"]
    assert isinstance(languages, dict)
    assert languages["ky"] == {
        "n": 3,
        "top1": 0.3333,  # an "also" intent counts as right
        "top3": 1.0,
        "urgent_recall": 1.0,
        "urgent_false_alarm": 0.5,
        "out_of_scope_kept": 1.0,  # "did you mean" is not an answer
        "wrong_as_certain": 0.3333,
        "language": 1.0,
    }
    assert languages["tg"]["language"] == 0.0
    assert languages["tg"]["urgent_recall"] is None
    assert report["worst"] == "ky"
    assert set(report) == {"languages", "noise", "all", "worst"}


async def test_follow_ups_are_asked_with_a_current_topic(
    file: Path, understander: FakeUnderstander
) -> None:
    await evaluate(read_rows(file), understander)
    assert understander.topics['"D'] is not None
    assert understander.topics["A"] is None


async def test_only_some_intents(file: Path, understander: FakeUnderstander) -> None:
    report = await evaluate(read_rows(file), understander, frozenset({"overstay"}))
    assert report.all.n == 1


async def test_no_rows_make_an_empty_report(file: Path, understander: FakeUnderstander) -> None:
    report = await evaluate(read_rows(file), understander, frozenset({"kandas"}))
    assert (report.all.n, report.all.top1, report.worst) == (0, None, None)


async def test_tables_have_as_many_cells_as_headings(
    file: Path, understander: FakeUnderstander
) -> None:
    tables = report_tables(await evaluate(read_rows(file), understander))
    assert [title for title, _, _ in tables] == ["By language", "By spelling"]
    assert all(len(row) == len(heads) for _, heads, rows in tables for row in rows)


@pytest.mark.parametrize(
    "content",
    [
        "lang\ttext\nky\tA\n",
        HEAD + "ky\tcyrl\n",
        HEAD + "xx\tcyrl\tclean\toverstay\t-\t0\tA\n",
        HEAD + "ky\tcyrl\tclean\toverstay\t-\tyes\tA\n",  # never silently counted as calm
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadContent, match=r"broken\.tsv:[12]"):
        read_rows(path)


def test_marks_before_the_text_and_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "saved-by-an-office-program.tsv"
    row = "ru\tcyrl\tclean\toverstay\t-\t1\tсрок\r\n"
    path.write_text(HEAD.replace("\n", "\r\n") + row, encoding="utf-8-sig", newline="")
    assert [(row.language, row.text) for row in read_rows(path)] == [("ru", "срок")]
    path.write_text(HEAD + row, encoding="cp1251", newline="")
    with pytest.raises(BadContent, match="save the file in UTF-8"):
        read_rows(path)
