"""Reads content/directory/ and refuses what cannot be right."""

from __future__ import annotations

from pathlib import Path

from bot.directory.directory import Directory
from bot.directory.place_files import read_places
from bot.directory.town_files import read_towns
from bot.directory.town_search import Vocabulary
from bot.directory.yaml_lines import File, read
from bot.errors import BadContent

PLACE_FILES = ("hotlines.yml", "consulates.yml", "centres.yml", "state.yml")


def load_directory(folder: Path) -> Directory:
    """The directory kept in `folder`.

    Raises BadContent with one line per problem: file, line and reason.
    """
    extra = read(folder / "towns-extra.yml")
    towns = read_towns(read(folder / "towns.yml"), extra)
    places = read_places([read(folder / name) for name in PLACE_FILES], towns)
    return Directory(
        towns=tuple(towns.values()),
        places=places,
        attribution=_line(extra, "attribution"),
        vocabulary=Vocabulary(
            _words(extra, "everyday_words"),
            _words(extra, "town_words"),
            _words(extra, "elsewhere"),
        ),
    )


def _line(file: File, name: str) -> str:
    value = file.values.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadContent(f"{file.path}:1: {name}: a line of text is missing")
    return value.strip()


def _words(file: File, name: str) -> tuple[str, ...]:
    value = file.values.get(name, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise BadContent(f"{file.path}:1: {name}: a list of words is expected")
    return tuple(value)
