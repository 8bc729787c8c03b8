"""What changed between two versions of a text, word by word where it can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

AROUND = 1  # lines shown before and after a change
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
LEAST_ALIKE = 0.4  # below this a line is shown as another one, not as a changed one


class Kind(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    GAP = "gap"  # lines left out because nothing changed in them


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and what happened to it."""

    kind: Kind
    text: str = ""


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The changed lines with their neighbours; nothing when both texts are the same."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND)
    pieces: list[Piece] = []
    end = 0
    for group in groups:
        if group[0][1] > end:
            pieces.append(Piece(Kind.GAP))
        end = group[-1][2]
        for tag, i, j, k, m in group:
            pieces += _changed(tag, "".join(old[i:j]), "".join(new[k:m]))
    if pieces and end < len(old):
        pieces.append(Piece(Kind.GAP))
    return tuple(pieces)


def _changed(tag: str, old: str, new: str) -> Iterator[Piece]:
    if tag == "equal":
        yield Piece(Kind.SAME, new)
    elif old and new:
        yield from _by_words(old, new)
    elif old:
        yield Piece(Kind.GONE, old)
    else:
        yield Piece(Kind.NEW, new)


def _by_words(old: str, new: str) -> Iterator[Piece]:
    olds, news = _PIECE.findall(old), _PIECE.findall(new)
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        yield Piece(Kind.GONE, old)
        yield Piece(Kind.NEW, new)
        return
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Kind.SAME, "".join(news[k:m]))
            continue
        if j > i:
            yield Piece(Kind.GONE, "".join(olds[i:j]))
        if m > k:
            yield Piece(Kind.NEW, "".join(news[k:m]))
