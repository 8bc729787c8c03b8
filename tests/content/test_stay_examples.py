"""Days worked out by hand from the facts, against the calculator."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from bot.stay.calculator import deadlines
from bot.stay.model import Occasion, Stay
from tests.unit.stay.real_rules import real_rules

FILE = Path(__file__).parent / "stay_examples.tsv"
NO_DAY = "-"

Row = dict[str, str]


def rows() -> list[Row]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if line[:1] != "#"), delimiter="\t"))


def stays(text: str) -> tuple[Stay, ...]:
    pairs = (stay.split(":") for stay in text.split(";") if stay)
    return tuple(Stay(date.fromisoformat(came), date.fromisoformat(left)) for came, left in pairs)


def test_there_are_enough_examples_and_every_rule_has_one() -> None:
    examples = rows()
    assert len(examples) >= 40
    assert {rule.id for rule in real_rules().all} == {
        row["rule"] for row in examples if row["day"] != NO_DAY
    }


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['rule']}-{row['happened']}")
def test_the_calculator_finds_the_day_worked_out_by_hand(row: Row) -> None:
    found = deadlines(
        real_rules(),
        Occasion(row["occasion"]),
        row["citizenship"],
        date.fromisoformat(row["happened"]),
        date.fromisoformat(row["today"]),
        stays(row["earlier"]),
    )
    days = [
        (one.day.isoformat(), str(one.days_left)) for one in found if one.rule.id == row["rule"]
    ]
    expected = [] if row["day"] == NO_DAY else [(row["day"], row["left"])]
    assert days == expected, row["reason"]
