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
# The time grows with the third power; no text of ours has as many, a pasted book has.
MOST_LINES, MOST_PIECES = 2_000, 1_500


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
    if len(old) + len(new) > MOST_LINES:
        return (Piece(Kind.GONE, before), Piece(Kind.NEW, after)) if before != after else ()
    groups = _matcher(old, new).get_grouped_opcodes(AROUND)
    pieces: list[Piece] = []
    end = 0
    for group in groups:
        if group[0][1] > end:
            pieces.append(Piece(Kind.GAP))
        end = group[-1][2]
        for tag, i, j, k, m in group:
            pieces += _changed(tag, old[i:j], new[k:m])
    if pieces and end < len(old):
        pieces.append(Piece(Kind.GAP))
    return tuple(pieces)


def _changed(tag: str, old: list[str], new: list[str]) -> Iterator[Piece]:
    if tag == "equal":
        yield Piece(Kind.SAME, "".join(new))
    elif len(old) == len(new):  # most edits leave the lines as they are
        for one, other in zip(old, new, strict=True):
            yield from _by_words(one, other)
    elif old and new:
        yield from _by_words("".join(old), "".join(new))
    elif old:
        yield Piece(Kind.GONE, "".join(old))
    else:
        yield Piece(Kind.NEW, "".join(new))


def _by_words(old: str, new: str) -> Iterator[Piece]:
    if old.endswith("\n") and new.endswith("\n"):
        yield from _words(old[:-1], new[:-1])
        yield Piece(Kind.SAME, "\n")
    else:
        yield from _words(old, new)


def _words(old: str, new: str) -> Iterator[Piece]:
    olds, news = _PIECE.findall(old), _PIECE.findall(new)
    matcher = _matcher(olds, news)
    if len(olds) + len(news) > MOST_PIECES or matcher.ratio() < LEAST_ALIKE:
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


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    # Blanks are everywhere: that two of them are the same tells nothing, and takes long.
    return SequenceMatcher(lambda piece: not piece.strip(), old, new, autojunk=False)
