"""What a check says: where to click, and what to do there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import BadContent

_PLACE = re.compile(r"^(?P<path>.+?):(?P<line>\d+): (?P<reason>.+)$")
_FILE = re.compile(r"^(?P<path>[^:]+): (?P<reason>.+)$")


class Level(StrEnum):
    """An error stops a release; a warning waits for somebody with time."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, as a sentence an editor understands."""

    path: str
    line: int
    message: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.level}: {self.message}"


def findings_of(error: BadContent, path: str) -> Iterator[Finding]:
    """What a loader refused, one finding a line; `path` is for lines that name no file."""
    for line in str(error).splitlines():
        if place := _PLACE.match(line):
            yield Finding(place["path"], int(place["line"]), place["reason"])
        elif file := _FILE.match(line):
            yield Finding(file["path"], 1, file["reason"])
        elif line.strip():
            yield Finding(path, 1, line.strip())
