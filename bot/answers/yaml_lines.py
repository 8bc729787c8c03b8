"""YAML that remembers where it was written: every refusal names file and line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import yaml

from bot.errors import BadContent
from bot.text_files import compose_yaml
from bot.text_files import read_file as read_file
from bot.text_files import refusal as refusal
from bot.text_files import refuse_text as refuse_text


def read_entry(path: Path, text: str, first_line: int = 1) -> Entry:
    """The mapping that `text` holds; `first_line` is where the text begins in its file."""
    node = compose_yaml(path, text, first_line)
    if not isinstance(node, yaml.MappingNode):
        raise refusal(path, first_line, "expected lines of the form “name: value”")
    return Entry(path, node, first_line)


def yaml_value(text: str) -> str:
    """A text as YAML reads it back: in quotes where it would take it for something else."""
    try:
        is_plain = yaml.safe_load(f"name: {text}") == {"name": text}
    except (yaml.YAMLError, ValueError):  # such as a day that does not exist
        is_plain = False
    return text if is_plain else json.dumps(text, ensure_ascii=False)


class Entry:
    """A mapping of names to values, asked for by name and kind."""

    def __init__(self, path: Path, node: yaml.MappingNode, first_line: int) -> None:
        self._path = path
        self._first_line = first_line
        self.line = first_line + node.start_mark.line
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                reason = "expected lines of the form “name: value”"
                raise refusal(path, first_line + key.start_mark.line, reason)
            if key.value in self._nodes:
                reason = f"“{key.value}” is written twice"
                raise refusal(path, first_line + key.start_mark.line, reason)
            self._nodes[key.value] = value

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the order of the file."""
        return tuple(self._nodes)

    def has(self, name: str) -> bool:
        """Whether the name is written and not empty."""
        return name in self._nodes and self._value(name) is not None

    def line_of(self, name: str) -> int:
        """Where the value of a name stands; the mapping's own line when it has none."""
        node = self._nodes.get(name)
        return self.line if node is None else self._first_line + node.start_mark.line

    def refuse(self, reason: str, name: str = "") -> BadContent:
        """The error to raise about the value of `name`."""
        return refusal(self._path, self.line_of(name), reason)

    def allow(self, *names: str) -> None:
        """Refuses names that mean nothing here, which are mostly typing errors."""
        for name in self._nodes:
            if name not in names:
                raise self.refuse(f"“{name}” is not known here; known: {', '.join(names)}", name)

    def text(self, name: str) -> str:
        """A text of at least one letter."""
        value = self._value(name)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(f"“{name}” must be a text (put it in quotes if in doubt)", name)
        return value.strip()

    def written(self, name: str) -> str | None:
        """A value exactly as written, or None: for codes that YAML might take for numbers."""
        node = self._nodes.get(name)
        if not isinstance(node, yaml.ScalarNode) or self._value(name) is None:
            return None
        return str(node.value).strip()

    def whole(self, name: str) -> int:
        """A whole number from 1 to a million."""
        value = self._value(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1_000_000:
            raise self.refuse(f"“{name}” must be a whole number", name)
        return value

    def flag(self, name: str) -> bool:
        """true or false."""
        value = self._value(name)
        if not isinstance(value, bool):
            raise self.refuse(f"“{name}” must be true or false", name)
        return value

    def day(self, name: str) -> date:
        """A day, written 2026-11-23."""
        value = self._value(name)
        if type(value) is not date:
            raise self.refuse(f"“{name}” must be a day, written like 2026-11-23", name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refuse(f"“{name}” must be a list of words", name)
        return tuple(value)

    def entry(self, name: str) -> Entry:
        """A mapping inside this one."""
        node = self._nodes.get(name)
        if not isinstance(node, yaml.MappingNode):
            raise self.refuse(f"“{name}” must be lines of the form “name: value”", name)
        return Entry(self._path, node, self._first_line)

    def entries(self, name: str) -> tuple[Entry, ...]:
        """A list of mappings."""
        node = self._nodes.get(name)
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        entries = [item for item in items if isinstance(item, yaml.MappingNode)]
        if not isinstance(node, yaml.SequenceNode) or len(entries) < len(items):
            raise self.refuse(f"“{name}” must be a list of entries", name)
        return tuple(Entry(self._path, item, self._first_line) for item in entries)

    def _value(self, name: str) -> object:
        node = self._nodes.get(name)
        if node is None:
            return None
        try:
            return yaml.constructor.SafeConstructor().construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError, TypeError) as exc:
            raise self.refuse(f"“{name}” cannot be read", name) from exc
