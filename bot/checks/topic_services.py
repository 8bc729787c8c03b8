"""Checks that every topic is told which kind of place helps with it: topic-services.yml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from bot.checks.finding import Finding
from bot.directory.topic_services import TOPIC_SERVICES
from bot.errors import BadContent
from bot.languages import Language
from bot.text_files import compose_yaml, read_file
from bot.understanding.model import is_topic

_INTENT = re.compile(r"^- intent: *(\S+)", re.MULTILINE)


def topics_understood(nlu: Path) -> frozenset[str]:
    """The topics that training phrases are written for, with an answer or without."""
    files = sorted((nlu / "training" / Language.RU).glob("*.yml"))
    intents = (name for path in files for name in _INTENT.findall(_text(path)))
    return frozenset(filter(is_topic, intents))


def _text(path: Path) -> str:
    try:
        return read_file(path)
    except BadContent:  # check_nlu reports it
        return ""


def check_topic_services(folder: Path, topics: Collection[str]) -> Iterator[Finding]:
    """Topics that are missing in the file, and lines that are about no topic."""
    path = folder / TOPIC_SERVICES
    lines = dict(_lines(path))
    for topic in sorted(set(topics) - set(lines)):
        yield Finding(str(path), 1, f"“{topic}” is missing: which service helps with it? (or null)")
    for topic, line in lines.items():
        if topics and topic not in topics:
            yield Finding(str(path), line, f"there is no topic “{topic}”")


def _lines(path: Path) -> Iterator[tuple[str, int]]:
    try:
        root = compose_yaml(path, read_file(path))
    except BadContent:  # the loader reports it
        return
    for name, node in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == "topics" and isinstance(node, yaml.MappingNode):
            yield from ((key.value, key.start_mark.line + 1) for key, _value in node.value)
