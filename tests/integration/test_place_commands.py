"""`bot places` and `bot directory`: the same answers as the chat's, and sheets in and out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import commands
from bot.conversation.decide import decide
from bot.conversation.incoming import Arrival, Point
from bot.conversation.state import State
from bot.directory.loader import load_directory
from bot.languages import Language
from bot.settings import ROOT
from tests.unit.conversation.conftest import MakeScene, content, scene

__all__ = ["content", "scene"]

ALMATY = ("--lat", "43.24", "--lon", "76.90")


def bot(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words))


def told(*words: str) -> Any:
    result = bot(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_near_finds_what_the_chat_finds_in_its_order(scene: MakeScene) -> None:
    found = told("places", "near", *ALMATY, "--service", "legal-aid", "--lang", "ky")
    state = State(language=Language.KY, service="legal")
    here = Point(43.24, 76.90)
    turn = decide(scene("", arrival=Arrival.LOCATION, point=here, state=state))
    taps = [button.action.split(":") for button in turn.cards[-1].buttons[0]]
    assert [place["id"] for place in found["places"]] == [tap[1] for tap in taps]
    assert found["service"] == "legal"
    for place, tap in zip(found["places"], taps, strict=True):
        km = place["distance_km"]
        assert (f"{km:.1f}" if km is not None else None) == (tap[3] if len(tap) == 4 else None)
        assert (km is None) or place["position"]


def test_near_knows_what_is_open_at_a_time() -> None:
    open_at = {
        at: {
            place["id"]: place["open_now"]
            for place in told("places", "near", *ALMATY, "--service", "asylum", "--at", at)[
                "places"
            ]
        }["unhcr-almaty"]
        for at in ("2026-11-23T10:00", "2026-11-23T20:00", "2026-12-16T10:00")
    }
    assert list(open_at.values()) == [True, False, False]


def test_nothing_near_names_the_nearest_town() -> None:
    found = told("places", "near", "--lat", "46.84", "--lon", "74.98", "--service", "asylum")
    assert found["places"] == []
    assert found["nearest_with"] == {"town": "almaty", "about_km": 427}


def test_a_town_is_told_with_names_position_and_score() -> None:
    (match,) = told("places", "town", "Altyn Orda")
    assert match["id"] == "almaty"
    assert match["names"]["tg"] == "Алмато"
    assert match["position"] == {"lat": 43.2525, "lon": 76.9115}
    assert match["score"] == 97
    assert told("places", "town", "салом алейкум") == []


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("places", "near", *ALMATY), "Алматы"),
        (("places", "near", *ALMATY, "--service", "shelter", "--lang", "tg"), "Алмато"),
        (("places", "near", "--lat", "46.84", "--lon", "74.98", "--service", "asylum"), "427 km"),
        (("places", "near", "--lat", "55.75", "--lon", "37.6"), "112"),
        (("places", "town", "Абай"), "abay-turkistan"),
    ],
)
def test_people_can_read_it_too(words: tuple[str, ...], wanted: str) -> None:
    result = bot(*words)
    assert result.exit_code == 0, result.output
    assert wanted in result.output


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("places", "near", *ALMATY, "--service", "luck"), "There is no service “luck”"),
        (("places", "near", *ALMATY, "--at", "noon"), "is no time"),
        (("places", "near", *ALMATY, "--at", "9999-12-31T23:59"), "is too far away"),
        (("places", "town", "салом алейкум"), "No town is found"),
        (("directory", "export", "--out", "places.ods"), ".csv or .xlsx"),
        (("directory", "import", "gone.csv"), "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(words: tuple[str, ...], wanted: str) -> None:
    result = bot(*words)
    assert result.exit_code == 1
    assert wanted in result.output.replace("\n", " ")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the directory that a test may change."""
    home = tmp_path / "content"
    shutil.copytree(ROOT / "content" / "directory", home / "directory")
    monkeypatch.setenv("KOMEK_CONTENT_DIR", str(home))
    return home / "directory"


@pytest.mark.parametrize("name", ["places.csv", "places.xlsx"])
def test_a_sheet_goes_out_and_comes_in(folder: Path, tmp_path: Path, name: str) -> None:
    sheet = tmp_path / name
    assert "88 places" in bot("directory", "export", "--out", str(sheet)).output
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    same = bot("directory", "import", str(sheet))
    assert "88 unchanged" in same.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_dry_run_changes_nothing_and_a_bad_row_neither(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "places.csv"
    bot("directory", "export", "--out", str(sheet))
    good = sheet.read_text(encoding="utf-8-sig").replace("+7 727 258 39 82", "+7 727 258 45 99")
    sheet.write_text(good, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    dry = bot("directory", "import", str(sheet), "--dry-run")
    assert "~ unhcr-almaty" in dry.output
    assert "dry run" in dry.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before

    sheet.write_text(good.replace("Mo-Fr 09:00-18:00", "all day"), encoding="utf-8")
    refused = bot("directory", "import", str(sheet))
    assert refused.exit_code == 1
    assert "places.csv: row " in refused.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before

    sheet.write_text(good, encoding="utf-8")
    assert bot("directory", "import", str(sheet)).exit_code == 0
    place = load_directory(folder).place("unhcr-almaty")
    assert place is not None
    assert place.phones == ("+7 727 258 45 98", "+7 727 258 45 99")


def test_a_sheet_with_a_hidden_sign_is_refused_before_it_is_written(
    folder: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "places.csv"
    bot("directory", "export", "--out", str(sheet))
    text = sheet.read_text(encoding="utf-8-sig")
    sheet.write_text(text.replace("103 — ", "103 \u202e— ", 1), encoding="utf-8")
    refused = bot("directory", "import", str(sheet))
    assert refused.exit_code == 1
    assert "name_ru: an invisible sign stands here" in refused.output.replace("\n", " ")
    assert load_directory(folder).place("hotline-103") is not None
