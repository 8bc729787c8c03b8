"""The training phrases as they are written, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import BadContent
from bot.text_files import compose_yaml, read_file


@dataclass(frozen=True, slots=True)
class Phrase:
    """One example of an intent, where it is written."""

    path: Path
    line: int
    intent: str
    text: str


def read_phrases(path: Path) -> tuple[Phrase, ...]:
    """The phrases of a training file. Raises BadContent with file and line."""
    blocks = _fields(path, compose_yaml(path, read_file(path))).get("nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        raise BadContent(f"{path}:1: the file needs a list “nlu:”")
    return tuple(phrase for block in blocks.value for phrase in _block(path, block))


def normal(text: str) -> str:
    """A phrase without capitals and with single spaces: two such are the same phrase."""
    return " ".join(text.casefold().split())


def _block(path: Path, node: yaml.Node) -> Iterator[Phrase]:
    fields = _fields(path, node)
    line = node.start_mark.line + 1
    intent, examples = fields.get("intent"), fields.get("examples")
    if not isinstance(intent, yaml.ScalarNode) or not isinstance(examples, yaml.ScalarNode):
        raise BadContent(f"{path}:{line}: a block needs “intent:” and “examples: |”")
    for name in fields:
        if name not in {"intent", "examples", "metadata"}:
            raise BadContent(f"{path}:{line}: “{name}” means nothing here")
    metadata = fields.get("metadata")
    if metadata is not None:
        urgent = _fields(path, metadata).get("urgent")
        if not isinstance(urgent, yaml.ScalarNode) or urgent.value not in {"true", "false"}:
            raise BadContent(f"{path}:{line}: metadata is “urgent: true” or “urgent: false”")
    # The phrases begin in the line after "examples: |".
    for number, text in enumerate(examples.value.splitlines(), examples.start_mark.line + 2):
        if not text.startswith("- ") or not text[2:].strip():
            raise BadContent(f"{path}:{number}: a phrase stands in one line, after “- ”")
        yield Phrase(path, number, intent.value, text[2:].strip())


def _fields(path: Path, node: yaml.Node | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node is not None else 1
        raise BadContent(f"{path}:{line}: expected lines of the form “name: value”")
    return {key.value: value for key, value in node.value}
