"""Compose file, Dockerfiles and Caddyfile name only what exists, without a container engine."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli.main import commands
from bot.settings import ROOT, Settings

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILES = sorted((ROOT / "deploy").glob("*.Dockerfile"))
OURS = [name for name, service in COMPOSE["services"].items() if "build" in service]


def test_there_is_something_to_check() -> None:
    assert len(DOCKERFILES) == 2
    assert {"nlu", "migrate", "bot", "desk"} == set(OURS)


@pytest.mark.parametrize("name", OURS)
def test_each_service_is_built_from_a_dockerfile_that_exists(name: str) -> None:
    build = COMPOSE["services"][name]["build"]
    assert (ROOT / build["dockerfile"]).exists()


@pytest.mark.parametrize("name", [name for name in OURS if name != "nlu"])
def test_each_command_is_one_the_app_knows(name: str) -> None:
    command, *options = COMPOSE["services"][name]["command"]
    told = CliRunner().invoke(commands, [command, *options, "--help"])
    assert told.exit_code == 0, told.output


@pytest.mark.parametrize("name", [name for name in OURS if name != "nlu"])
def test_each_setting_is_one_the_app_reads(name: str) -> None:
    known = {f"KOMEK_{field.upper()}" for field in Settings.model_fields} | {"TELEGRAM_BOT_TOKEN"}
    assert set(COMPOSE["services"][name]["environment"]) <= known


def test_every_variable_is_in_the_example() -> None:
    wanted = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    given = set(re.findall(r"^([A-Z_]+)=", (ROOT / "deploy" / "example.env").read_text(), re.M))
    assert wanted == given


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_everything_copied_exists(path: Any) -> None:
    copied = re.findall(r"^COPY (?!--)(\S+) ", path.read_text(), re.M)
    assert copied
    assert all((ROOT / name).exists() for name in copied)


def test_rasa_and_the_database_are_not_published() -> None:
    for name in ("nlu", "postgres", "bot", "desk"):
        assert "ports" not in COMPOSE["services"][name]
    assert COMPOSE["networks"]["inside"]["internal"]
    assert COMPOSE["services"]["nlu"]["networks"] == ["inside"]


@pytest.mark.parametrize("name", sorted(set(COMPOSE["services"]) - {"migrate"}))
def test_each_service_comes_back_after_a_crash(name: str) -> None:
    assert COMPOSE["services"][name]["restart"] == "unless-stopped"
