"""`bot deadlines`, for editors, tests and scripts."""

from __future__ import annotations

import json

from typer.testing import CliRunner, Result

from bot.cli.main import commands

ARRIVED = ("--entered", "2026-11-02", "--today", "2026-11-23")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["deadlines", *arguments])


def test_every_day_comes_with_rule_source_certainty_and_words() -> None:
    result = run("--citizenship", "tj", *ARRIVED, "--lang", "tg", "--json")
    assert result.exit_code == 0
    found = {one["rule"]: one for one in json.loads(result.stdout)}
    limit = found["stay-30-tj"]
    assert (limit["date"], limit["weekday"], limit["days_left"]) == ("2026-12-01", 2, 8)
    assert (limit["certainty"], limit["check_at"]) == ("disputed", "hotline-1414")
    assert limit["source"]["address"].startswith("https://")
    assert "stay-period.4" in limit["facts"]
    assert limit["words"]["doubt"]
    assert found["host-notice"]["is_past"]
    assert found["host-notice"]["check_at"] is None


def test_earlier_stays_and_other_occasions() -> None:
    stay = ("--stay", "2026-09-01:2026-09-30")
    result = run("--citizenship", "KG", *ARRIVED, *stay, "--json")
    found = {one["rule"]: one["date"] for one in json.loads(result.stdout)}
    assert found["stay-90"] == "2026-12-31"
    result = run("--for", "birth", "--happened", "2026-11-21", "--json")
    assert {one["rule"] for one in json.loads(result.stdout)} == {"birth-paper", "home-birth"}
    assert json.loads(run("--for", "contract", *ARRIVED, "--json").stdout) == []


def test_a_table_for_people_and_a_sentence_for_mistakes() -> None:
    result = run("--citizenship", "UZ", *ARRIVED, "--lang", "uz")
    assert result.exit_code == 0
    assert "stay-30" in result.stdout
    assert "disputed" in result.stdout
    assert "No rule is known" in run("--for", "contract", *ARRIVED).stdout
    for wrong in (
        ("--entered", "2026-02-30"),
        (*ARRIVED, "--stay", "2026-09-30:2026-09-01"),
        (*ARRIVED, "--for", "nothing"),
        (*ARRIVED, "--citizenship", "KGZ"),  # never silently counted as some other country
        (*ARRIVED, "--citizenship", "xx"),
        (*ARRIVED, "--citizenship", "ZZ"),  # “unknown region”
        (*ARRIVED, "--stay", "2026-11-01:2026-12-01"),  # reaches into this one
        ("--entered", "9999-12-31"),
        ("--entered", "0001-01-01"),
        (*ARRIVED, "--stay", "0001-01-01:2026-09-01"),
    ):
        refused = run(*wrong)
        assert refused.exit_code != 0
        assert isinstance(refused.exception, SystemExit), wrong
