"""Checks of the labelled test messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks import labelled
from bot.checks.finding import Finding
from bot.checks.labelled import COLUMNS, check_test_phrases
from bot.checks.phrases import Phrase

TRAINED = [Phrase(Path("control.yml"), 5, "greet", "Салам")]
GOOD = "ky\tcyrl\tclean\tgreet\tiin|kandas\t0\tкандайсыңар"


def found(folder: Path, *lines: str) -> list[Finding]:
    (folder / "ky.tsv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return list(check_test_phrases(folder, "ky", TRAINED, {"greet", "iin", "kandas"}))


@pytest.fixture(autouse=True)
def one_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelled, "FEWEST", 1)


def test_good_messages_pass(tmp_path: Path) -> None:
    assert found(tmp_path, COLUMNS, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("кандайсыңар", " сАлам", "must not be trained on"),
        ("greet", "gret", "“gret” is not an intent"),
        ("kandas", "kandass", "“kandass” is not an intent"),
        ("clean", "dirty", "not a kind of noise"),
        ("ky", "tg", "“tg” stands in the file of “ky”"),
        ("\t0\t", "\tno\t", "“urgent” is 0 or 1"),
        ("\tcyrl", "", "seven cells"),
    ],
)
def test_a_slip_is_found(tmp_path: Path, old: str, new: str, message: str) -> None:
    (finding,) = found(tmp_path, COLUMNS, GOOD.replace(old, new, 1))
    assert message in finding.message
    assert finding.line == 2


def test_too_few_no_heading_and_no_file(tmp_path: Path) -> None:
    assert "only 0 messages" in found(tmp_path, COLUMNS)[0].message
    assert "the first line must be" in found(tmp_path, GOOD)[0].message
    (missing,) = check_test_phrases(tmp_path, "tg", TRAINED, {"greet"})
    assert missing.message == "this file is missing"
