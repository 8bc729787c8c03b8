"""A translation's file with new words in it; everything else stays as its editors wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.answers.status import CARD
from bot.answers.yaml_lines import yaml_value
from bot.exchange.rows import TITLE, Pair

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<head>.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE_LINE = re.compile(r"^title:.*$", re.MULTILINE)
_DIGEST_LINE = re.compile(r"^source_digest:[ \t]*[^\s#]*(?P<comment>[ \t]*#.*)?.*$", re.MULTILINE)
_REVIEW = re.compile(r"^review:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)
_HEADING = re.compile(r"^##(?!#)[ \t]*(?P<part>\S+)[ \t]*$")
_UNREVIEWED = "review: {state: draft, by: null, on: null}\n"


@dataclass(frozen=True, slots=True)
class Author:
    """Who translated, as noted beside the fingerprint."""

    name: str
    day: date


def new_text(
    pair: Pair,
    old: str | None,
    changed: Mapping[str, str],
    digest: str | None,
    author: Author | None,
) -> str:
    """The file with `changed` titles and parts.

    `digest` replaces the fingerprint; None keeps it. New words have been reviewed by nobody.
    """
    head, body = _split(old) if old is not None else (_new_head(), "")
    if TITLE in changed:
        line = "title: " + yaml_value(" ".join(changed[TITLE].split()))
        head = _TITLE_LINE.sub(lambda _: line, head, count=1)
    if digest is not None or author is not None:
        head = _with_digest(head, digest, author)
    if changed:
        head = _REVIEW.sub(_UNREVIEWED, head, count=1)
    return f"---\n{head}---\n{_body(pair, body, changed)}"


def _new_head() -> str:
    return f"title: pending\nsource_digest: pending\n{_UNREVIEWED}"


def _split(text: str) -> tuple[str, str]:
    front = _FRONT_MATTER.match(text)
    assert front is not None  # it was read before
    return front["head"], text[front.end() :]


def _with_digest(head: str, digest: str | None, author: Author | None) -> str:
    found = _DIGEST_LINE.search(head)
    if found is None:
        line = f"source_digest: {digest or 'pending'}" + _signed(author, "")
        return _TITLE_LINE.sub(lambda title: f"{title[0]}\n{line}", head, count=1)
    written = found[0].split("#")[0].rstrip()
    line = f"source_digest: {digest}" if digest is not None else written
    line += _signed(author, found["comment"] or "")
    return head[: found.start()] + line + head[found.end() :]


def _signed(author: Author | None, comment: str) -> str:
    if author is None:
        return comment
    return f"  # {' '.join(author.name.split())}, {author.day.isoformat()}"


def _body(pair: Pair, old: str, changed: Mapping[str, str]) -> str:
    if pair.topic is None:
        return f"{changed[CARD].strip()}\n" if CARD in changed else old
    written = _sections(old)
    pieces = []
    for part in pair.topic.parts:
        if part in changed:
            pieces.append(f"## {part}\n{changed[part].strip()}\n")
        elif part in written:
            pieces.append(f"## {part}\n{written[part]}")
    return "".join(pieces)


def _sections(body: str) -> dict[str, str]:
    """The parts exactly as they are written, comments and empty lines included."""
    parts: dict[str, str] = {}
    name = ""
    for line in body.splitlines(keepends=True):
        if heading := _HEADING.match(line.rstrip("\n")):
            name = heading["part"]
            parts[name] = ""
        elif name:
            parts[name] += line if line.endswith("\n") else line + "\n"
    return parts
