"""A translation's file with new words in it; everything else stays as its editors wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.answers.front_matter import (
    DRAFT,
    PENDING,
    Halves,
    digest_in,
    halves_of,
    with_digest,
    with_value,
)
from bot.answers.status import CARD
from bot.answers.yaml_lines import yaml_value
from bot.exchange.rows import TITLE, Pair

_HEADING = re.compile(r"^##(?!#)[ \t]*(?P<part>\S+)[ \t]*$")
_NEW = Halves(f"title: {PENDING}\nsource_digest: {PENDING}\nreview: {DRAFT}\n", "")


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
    halves = halves_of(old) if old is not None else _NEW
    assert halves is not None  # it was read before
    head = halves.head
    if TITLE in changed:
        head = with_value(head, "title", yaml_value(" ".join(changed[TITLE].split())))
    if digest is not None or author is not None:
        head = with_digest(head, digest or digest_in(head) or PENDING, _signed(author))
    if changed:
        head = with_value(head, "review", DRAFT)
    return Halves(head, _body(pair, halves.body, changed)).text


def _signed(author: Author | None) -> str:
    if author is None:
        return ""
    return f"{' '.join(author.name.split())}, {author.day.isoformat()}"


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
