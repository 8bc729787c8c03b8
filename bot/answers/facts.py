"""The collected facts: the only ground for what the Russian texts state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.answers.yaml_lines import read_file, refusal

# `<!-- advice -->` marks words of our own that state nothing.
ADVICE = "advice"
FACT_ID = re.compile(r"[a-z][a-z0-9-]*\.[1-9]\d*")

_HEADING = re.compile(r"^## +(?P<name>\S.*?)\s*$")
_FACT = re.compile(r"^\s*- `(?P<id>[^`]*)`\s*(?P<text>.*)$")
_BRACKET = re.compile(r"\[([^]]*)\]")
_TAG = re.compile(r"(?:^|;)\s*([SKI])\b")


class Ground(StrEnum):
    """What a fact rests on, by the letter of its tag."""

    SOURCE = "S"  # a source we have read
    KNOWN = "K"  # common knowledge, not confirmed
    INFERRED = "I"  # our own reading of sources


@dataclass(frozen=True, slots=True)
class Fact:
    """One numbered line of content/facts."""

    id: str
    path: Path
    line: int
    text: str
    grounds: frozenset[Ground]

    @property
    def is_sourced(self) -> bool:
        """Whether a source supports at least a part of the line."""
        return Ground.SOURCE in self.grounds


def read_facts(folder: Path) -> Mapping[str, Fact]:
    """All facts of content/facts by their id. Raises BadContent naming file and line."""
    facts: dict[str, Fact] = {}
    for path in sorted(folder.glob("*.md")):
        for fact in _facts_in(path):
            if (first := facts.setdefault(fact.id, fact)) is not fact:
                place = f"{first.path.name}:{first.line}"
                raise refusal(path, fact.line, f"the fact “{fact.id}” stands in {place} too")
    return facts


def _facts_in(path: Path) -> Iterator[Fact]:
    topic = ""
    for number, line in enumerate(read_file(path).splitlines(), start=1):
        if heading := _HEADING.match(line):
            topic = heading["name"]
        elif found := _FACT.match(line):
            name = found["id"]
            if not FACT_ID.fullmatch(name) or name.rpartition(".")[0] != topic:
                reason = f"“{name}”: a fact below “## {topic}” is numbered {topic}.1, {topic}.2 …"
                raise refusal(path, number, reason)
            yield Fact(name, path, number, found["text"], _grounds(found["text"]))


def _grounds(text: str) -> frozenset[Ground]:
    """The tags in brackets: [S:ML 6(4)], [K], or both as in [S for 111; K for the rest]."""
    return frozenset(
        Ground(tag) for bracket in _BRACKET.findall(text) for tag in _TAG.findall(bracket)
    )


def fact_sections(folder: Path) -> frozenset[str]:
    """What front matter may name under `facts`: “documents.md#overstay” and the like."""
    return frozenset(
        f"{path.name}#{heading['name']}"
        for path in sorted(folder.glob("*.md"))
        for line in read_file(path).splitlines()
        if (heading := _HEADING.match(line))
    )
