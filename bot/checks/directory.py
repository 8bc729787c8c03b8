"""Checks of help centres, consulates and hotlines: content/directory/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.checks.finding import Finding, Level, findings_of
from bot.checks.letters import wrong_letters
from bot.checks.one_text import ANY_PHONE, Phones
from bot.directory.directory import Directory
from bot.directory.loader import load_directory
from bot.errors import BadContent
from bot.languages import Language
from bot.text_files import compose_yaml, read_file

# Organisations keep the name on their door, in the letters that stand there.
_NAME = re.compile(r"«[^»]*»")


def check_directory(folder: Path) -> tuple[Phones, list[Finding]]:
    """What the texts may refer to, and all findings about the directory."""
    letters = [finding for path in sorted(folder.glob("*.yml")) for finding in _letters(path)]
    try:
        directory = load_directory(folder)
    except BadContent as exc:
        return ANY_PHONE, [*findings_of(exc, str(folder)), *letters]
    return Phones(directory.phone, short_numbers(directory)), letters


def short_numbers(directory: Directory) -> frozenset[str]:
    """The numbers of hotlines as people dial them."""
    return frozenset(
        phone for place in directory.hotlines() for phone in place.phones if phone.isdecimal()
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
