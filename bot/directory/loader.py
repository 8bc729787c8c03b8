"""Reads content/directory/ and refuses what cannot be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.directory.border import Outline, read_border
from bot.directory.directory import Directory
from bot.directory.landmarks import with_landmarks
from bot.directory.model import Town
from bot.directory.place_files import PLACE_FILES, read_places
from bot.directory.topic_services import TOPIC_SERVICES, read_topic_services
from bot.directory.town_files import read_towns
from bot.directory.town_search import Vocabulary
from bot.directory.yaml_lines import Entry, File, read
from bot.errors import BadContent


@dataclass(frozen=True, slots=True)
class Ground:
    """What places are checked against."""

    towns: dict[str, Town]
    border: Outline


def load_directory(folder: Path) -> Directory:
    """The directory kept in `folder`.

    Raises BadContent with one line per problem: file, line and reason.
    """
    extra = read(folder / "towns-extra.yml")
    ground = _ground(folder, extra)
    return Directory(
        towns=tuple(ground.towns.values()),
        places=read_places(place_entries(folder), ground.towns, ground.border),
        attribution=_line(extra, "attribution"),
        vocabulary=Vocabulary(
            _words(extra, "everyday_words"),
            _words(extra, "town_words"),
            _words(extra, "elsewhere"),
            _words(extra, "staying_words"),
        ),
        topic_services=read_topic_services(read(folder / TOPIC_SERVICES)),
    )


def load_ground(folder: Path) -> Ground:
    """Towns and border. Raises BadContent."""
    return _ground(folder, read(folder / "towns-extra.yml"))


def _ground(folder: Path, extra: File) -> Ground:
    towns = read_towns(read(folder / "towns.yml"), extra)
    towns = with_landmarks(towns, read(folder / "landmarks.yml"))
    return Ground(towns, read_border(read(folder / "border.yml")))


def place_entries(folder: Path, names: Iterable[str] = PLACE_FILES) -> list[Entry]:
    """The entries of the files with places, in their order. Raises BadContent."""
    return [entry for name in names for entry in read(folder / name).entries.get("", ())]


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
