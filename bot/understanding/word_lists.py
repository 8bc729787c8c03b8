"""Words of danger, looked for in every message in all languages, whatever Rasa says.

A line of `nlu/urgent_words/<lang>.yml` holds stems that must all begin a word of the message;
"one|two" asks for any of them; "!stem" must begin none; "stem." must be the whole word. Both
sides are compared as skeletons, so spelling habits do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.errors import BadContent
from bot.spelling import tokens
from bot.understanding.model import Danger

_SHORTEST_STEM = 3
# A letter heard one way in the language's own Latin and typed another way on a Russian keyboard.
_TYPED_AS = {"ҷ": ("ҷ", "ж"), "ў": ("ў", "у"), "oʻ": ("oʻ", "u"), "o'": ("o'", "u")}


@dataclass(frozen=True, slots=True)
class Hit:
    """A danger named by words of one language's list."""

    danger: Danger
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """Stems that together mean danger of one kind."""

    danger: Danger
    language: str
    wanted: tuple[frozenset[str], ...]
    unwanted: frozenset[str]


class WordLists:
    """The safety net that works from memory alone, also when Rasa is down."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = tuple(lines)
        every = {stem for line in self._lines for group in line.wanted for stem in group}
        every |= {stem for line in self._lines for stem in line.unwanted}
        self._stems = frozenset(every)
        self._longest = max((len(stem) for stem in every), default=0)
        # A line can only hold where its first group does: look at those lines alone.
        self._by_stem: dict[str, list[Line]] = {}
        for line in self._lines:
            for stem in line.wanted[0]:
                self._by_stem.setdefault(stem, []).append(line)

    @classmethod
    def load(cls, folder: Path) -> WordLists:
        """Read all languages' lists; raises BadContent naming the file that cannot be used."""
        files = sorted(folder.glob("*.yml"))
        if not files:
            raise BadContent(f"{folder}: no urgent word lists found")
        return cls(line for path in files for line in _lines_of(path))

    def dangers(self, text: str) -> tuple[Danger, ...]:
        """The kinds of danger the message's words speak of, the gravest first."""
        found = {hit.danger for hit in self.hits(text)}
        return tuple(danger for danger in Danger if danger in found)

    def hits(self, text: str) -> frozenset[Hit]:
        """The same with the language of the list each was found in."""
        present = self._present(tokens(text))
        return frozenset(
            Hit(line.danger, line.language)
            for stem in present
            for line in self._by_stem.get(stem, ())
            if all(not group.isdisjoint(present) for group in line.wanted)
            and line.unwanted.isdisjoint(present)
        )

    def _present(self, words: tuple[str, ...]) -> frozenset[str]:
        beginnings: set[str] = set()
        for word in set(words):
            beginnings.add(word + ".")
            longest = min(len(word), self._longest)
            beginnings.update(word[:length] for length in range(1, longest + 1))
        return frozenset(beginnings & self._stems)


def _lines_of(path: Path) -> Iterator[Line]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
        for kind, lines in content.items():
            for line in lines or ():
                yield parse_line(Danger(kind), str(line), path.stem)
    except (OSError, yaml.YAMLError, ValueError, AttributeError, TypeError) as exc:
        raise BadContent(f"{path}: {exc}") from exc


def parse_line(danger: Danger, line: str, language: str = "") -> Line:
    """One line of a list; ValueError when it has no stem that must occur."""
    parts = line.split()
    wanted = tuple(_any_of(part) for part in parts if not part.startswith("!"))
    if not wanted:
        raise ValueError(f"«{line}» names no word that must occur")
    unwanted = frozenset[str]().union(*(_any_of(p[1:]) for p in parts if p.startswith("!")))
    return Line(danger, language, wanted, unwanted)


def _any_of(part: str) -> frozenset[str]:
    return frozenset[str]().union(*map(_spellings, part.split("|")))


@cache  # the lists name a few thousand stems again and again
def _spellings(stem: str) -> frozenset[str]:
    whole = stem.endswith(".")
    forms = {stem.rstrip(".").lower()}
    for letter, typed in _TYPED_AS.items():
        forms = {form.replace(letter, other) for form in forms for other in typed}
    folded = {"".join(tokens(form)) for form in forms} - {""}
    if not folded:
        raise ValueError(f"«{stem}» has no letters")
    return frozenset(_as_key(form, whole) for form in folded)


def _as_key(form: str, whole: bool) -> str:
    return form + "." if whole or len(form) < _SHORTEST_STEM else form
