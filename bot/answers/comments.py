"""HTML comments in texts, which say where a statement comes from; no reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# With the blanks before it and those at the line's end, which would mean a line break. Every
# stretch of the text is looked at once only, however many beginnings lack their end.
_COMMENT = re.compile(r"(?<![ \t])[ \t]*<!--(?P<text>(?:(?!<!--).)*?)-->(?:[ \t]+$)?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Comment:
    """What stands between `<!--` and `-->`, and in which line."""

    line: int
    text: str


def without_comments(text: str) -> str:
    """The text as people read it; every line keeps its number."""
    return _COMMENT.sub("", text)


def comments_of(text: str, first_line: int = 1) -> Iterator[Comment]:
    """The comments of a text whose first line has this number."""
    for number, line in enumerate(text.splitlines(), start=first_line):
        for found in _COMMENT.finditer(line):
            yield Comment(number, found["text"].strip())
