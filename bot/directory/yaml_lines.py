"""YAML lists of entries, each with the lines it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import BadContent
from bot.text_files import compose_yaml, read_file


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its fields, and where each of them is written."""

    path: Path
    line: int
    fields: dict[str, Any]
    lines: dict[str, int]

    def problem(self, reason: str, field: str = "") -> str:
        """The reason with file and line in front."""
        return f"{self.path}:{self.lines.get(field, self.line)}: {reason}"


@dataclass(frozen=True, slots=True)
class File:
    """A file: its lists of entries by name ("" for the file itself), and its single values."""

    path: Path
    entries: dict[str, tuple[Entry, ...]]
    values: dict[str, Any]


def read(path: Path) -> File:
    """The file's content. Raises BadContent with the line of whatever is not YAML."""
    root = compose_yaml(path, read_file(path))
    if isinstance(root, yaml.SequenceNode):
        return File(path, {"": _entries(path, root)}, {})
    if isinstance(root, yaml.MappingNode):
        return _mapping(path, root)
    raise BadContent(f"{path}:1: a list of entries is expected")


def _mapping(path: Path, root: yaml.MappingNode) -> File:
    entries: dict[str, tuple[Entry, ...]] = {}
    values: dict[str, Any] = {}
    for key, node in root.value:
        _refuse_odd_name(path, key)
        if isinstance(node, yaml.SequenceNode) and _holds_entries(node):
            entries[key.value] = _entries(path, node)
        else:
            values[key.value] = _value(path, node)
    return File(path, entries, values)


def _holds_entries(node: yaml.SequenceNode) -> bool:
    return any(isinstance(item, yaml.MappingNode) for item in node.value)


def _entries(path: Path, node: yaml.SequenceNode) -> tuple[Entry, ...]:
    return tuple(_entry(path, item) for item in node.value)


def _entry(path: Path, node: yaml.Node) -> Entry:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise BadContent(f"{path}:{line}: an entry with fields is expected, such as “- id: …”")
    for key, _value_node in node.value:
        _refuse_odd_name(path, key)
    lines = {key.value: key.start_mark.line + 1 for key, _value_node in node.value}
    if len(lines) < len(node.value):
        raise BadContent(f"{path}:{line}: a field is written twice in this entry")
    return Entry(path, line, _value(path, node), lines)


def _refuse_odd_name(path: Path, key: yaml.Node) -> None:
    if not isinstance(key, yaml.ScalarNode):
        reason = "expected lines of the form “name: value”"
        raise BadContent(f"{path}:{key.start_mark.line + 1}: {reason}")


def _value(path: Path, node: yaml.Node) -> Any:
    constructor = yaml.constructor.SafeConstructor()
    try:
        return constructor.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError) as exc:
        reason = getattr(exc, "problem", None) or exc
        raise BadContent(f"{path}:{node.start_mark.line + 1}: {reason}") from exc
