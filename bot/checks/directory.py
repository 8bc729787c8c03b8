"""Checks of help centres, consulates and hotlines: content/directory/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.checks.finding import Finding, Level, findings_of
from bot.checks.known_places import ANY_PLACE, KnownPlaces
from bot.checks.letters import wrong_letters
from bot.directory.directory import Directory
from bot.directory.loader import load_directory
from bot.errors import BadContent
from bot.languages import Language
from bot.text_files import compose_yaml, read_file

# Organisations keep the name on their door, in the letters that stand there.
_NAME = re.compile(r"«[^»]*»")


def check_directory(folder: Path) -> tuple[KnownPlaces, list[Finding]]:
    """What the texts may refer to, and all findings about the directory."""
    letters = [finding for path in sorted(folder.glob("*.yml")) for finding in _letters(path)]
    try:
        directory = load_directory(folder)
    except BadContent as exc:
        return ANY_PLACE, [*findings_of(exc, str(folder)), *letters]
    return known_places(directory), letters


def known_places(directory: Directory) -> KnownPlaces:
    """What the texts may refer to in a directory."""
    numbers = (phone for place in directory.hotlines() for phone in place.phones)
    return KnownPlaces(
        directory,
        short_numbers=frozenset(number for number in numbers if number.isdecimal()),
        named=directory.named(),
    )


def _letters(path: Path) -> Iterator[Finding]:
    try:
        root = compose_yaml(path, read_file(path))
    except BadContent:  # the loader reports it
        return
    for language, node in _texts(root):
        for line, problem in wrong_letters(_NAME.sub(" ", node.value), language):
            yield Finding(str(path), node.start_mark.line + line + 1, problem, Level.WARNING)


def _texts(node: yaml.Node | None) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Every text that stands under the name of a language."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in list(Language) and isinstance(value, yaml.ScalarNode):
                yield key.value, value
            else:
                yield from _texts(value)
