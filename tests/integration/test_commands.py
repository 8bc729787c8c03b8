"""The command line: one clear sentence for whatever is in the way."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from bot import local_run
from bot.answers.digest import source_digest
from bot.ask import ask_once
from bot.cli.main import commands
from bot.errors import BadSetting, NotFound
from bot.languages import Language
from bot.settings import ROOT, Settings
from scripts import setup

CONTENT = ROOT / "content"


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], Result]:
    """Runs `bot check` over a copy of the content in which one text was replaced."""

    def run(name: str, old: str, new: str) -> Result:
        folder = tmp_path / "content"
        shutil.copytree(CONTENT, folder)
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        if new:
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        else:
            path.unlink()
        monkeypatch.setenv("KOMEK_CONTENT_DIR", str(folder))
        return CliRunner().invoke(commands, ["check"])

    return run


OVERSTAY = "answers/documents/overstay"


@pytest.mark.parametrize(
    ("name", "old", "new", "wanted"),
    [
        (f"{OVERSTAY}/tg.md", "##", "", "tg.md:1"),
        (f"{OVERSTAY}/ru.md", "## steps", "## stepz", "stepz"),
        (f"{OVERSTAY}/ky.md", "{phone:hotline-", "{phone:hotlime-", "hotlime-"),
        ("topics.yml", "- id: overstay", "- id overstay", "topics.yml:"),
    ],
)
def test_a_bad_edit_is_named_with_file_and_line(
    edited: Callable[[str, str, str], Result], name: str, old: str, new: str, wanted: str
) -> None:
    result = edited(name, old, new)
    assert result.exit_code == 1
    place = next(line for line in result.output.splitlines() if wanted in line)
    assert Path(name).name + ":" in place


def test_the_content_as_it_is_passes() -> None:
    result = CliRunner().invoke(commands, ["check"])
    assert result.exit_code == 0, result.output


def test_staff_are_added_listed_and_deactivated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMEK_DATA_DIR", str(tmp_path))
    runner = CliRunner()
    assert runner.invoke(commands, ["staff", "add-organisation", "Sana"]).exit_code == 0
    add = ["staff", "add", "a@ngo.example", "-o", "Sana", "--name", "Aigul"]
    added = runner.invoke(commands, add)
    assert "Password: " in added.output
    assert "is a member already" in runner.invoke(commands, add).output
    assert "a@ngo.example" in runner.invoke(commands, ["staff", "list"]).output
    assert runner.invoke(commands, ["staff", "deactivate", "a@ngo.example"]).exit_code == 0
    missing = runner.invoke(commands, ["staff", "add", "b@x.example", "-o", "No", "--name", "B"])
    assert missing.exit_code == 1
    assert "there is no organisation" in missing.output


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMEK_DESK_PORT", "many")
    result = CliRunner().invoke(commands, ["migrate"])
    assert result.exit_code == 1
    assert "KOMEK_DESK_PORT" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "address",
    ["nonsense", "mysql://a:secret@b/c", "sqlite:///x", "postgresql+psycopg://a:secret@b:port/c"],
)
def test_what_is_no_database_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("KOMEK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KOMEK_DATABASE_URL", address)
    result = CliRunner().invoke(commands, ["migrate"])
    assert result.exit_code == 1
    assert "KOMEK_DATABASE_URL is no address of a database" in result.output
    assert "secret" not in result.output


def test_a_damaged_database_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "komek.sqlite").write_text("this is no database\n" * 100)
    monkeypatch.setenv("KOMEK_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(commands, ["migrate"])
    assert result.exit_code == 1
    assert "the database cannot be used" in result.output
    assert isinstance(result.exception, SystemExit)


def test_nothing_to_serve_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMEK_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(commands, ["serve", "--no-bot", "--no-desk"])
    assert result.exit_code == 1
    assert "neither bot nor desk" in result.output


async def test_an_unknown_topic_is_not_taken_for_the_current_one() -> None:
    with pytest.raises(NotFound, match="no topic “nonsense”"):
        await ask_once(Settings(), "сколько стоит", Language.RU, "nonsense")


async def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        settings = Settings(data_dir=tmp_path, desk_port=port)
        with pytest.raises(BadSetting, match=f"Port {port} is taken.*KOMEK_DESK_PORT"):
            await local_run.run_locally(settings, lambda _text: None)


async def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1000))
    settings = Settings(data_dir=tmp_path, desk_port=0, preview_port=0)
    with pytest.raises(BadSetting, match="The disk is full"):
        await local_run.run_locally(settings, lambda _text: None)


def test_a_missing_python_3_10_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "NLU", tmp_path / ".venv-nlu")

    def run(command: list[str], sorry: str, _environment: object = None) -> None:
        assert "3.10" in command
        raise setup.SetupError(sorry)

    monkeypatch.setattr(setup, "run", run)
    assert setup.main(["nlu"]) == 1
    assert "Python 3.10" in capsys.readouterr().err


def test_an_editor_says_that_the_translations_of_a_topic_are_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    russian, kyrgyz = (folder / OVERSTAY / f"{code}.md" for code in ("ru", "ky"))
    russian.write_text(russian.read_text(encoding="utf-8") + "\nНовое.\n", encoding="utf-8")
    before = kyrgyz.read_text(encoding="utf-8")
    monkeypatch.setenv("KOMEK_CONTENT_DIR", str(folder))
    told = CliRunner().invoke(commands, ["content", "stamp"])
    assert (told.exit_code, kyrgyz.read_text(encoding="utf-8")) == (0, before)
    told = CliRunner().invoke(commands, ["content", "stamp", "ky", "--topic", "overstay"])
    assert told.exit_code == 0, told.output
    assert source_digest(russian.read_text(encoding="utf-8")) in kyrgyz.read_text(encoding="utf-8")


def test_a_bad_file_of_messages_is_refused_before_anything_is_started(tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text("lang\tscript\tnoise\tintent\talso\turgent\ttext\nky\t-\t-\tgreet\t-\tyes\tA\n")
    told = CliRunner().invoke(commands, ["nlu", "evaluate", str(file)])
    assert told.exit_code == 1
    assert "rows.tsv:2: urgent is 1 or 0" in " ".join(told.output.split())
