"""Translations that came back: all of them are taken, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.answers.yaml_lines import read_file
from bot.checks.finding import Finding, Level
from bot.errors import BadContent
from bot.exchange.rows import Filled, Pair, fingerprint, pairs_of
from bot.exchange.writing import Author, new_text
from bot.languages import Language
from bot.text_files import write_together

# What the content checks say of a text before it is written: (path, text) → findings.
Check = Callable[[Path, str], list[Finding]]


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it will be, and what becomes of it; `changed` are the parts with new words."""

    path: Path
    text: str
    topic: str
    language: Language
    changed: tuple[str, ...]
    is_new: bool
    matches: bool  # agrees with the present Russian text from now on

    @property
    def summary(self) -> str:
        """One line for whoever imports."""
        what = ", ".join(self.changed) or "no other words"
        state = "matches the Russian text" if self.matches else "still outdated"
        return f"{self.topic} ({self.language}): {'new, ' if self.is_new else ''}{what}; {state}"


def plan(
    folder: Path, rows: Iterable[Filled], check: Check, author: Author | None = None
) -> tuple[Change, ...]:
    """What the rows would change; nothing is written.

    Raises BadContent with a line for every row in the way: unknown or double ids, a translation
    that was changed since the export, and whatever the content checks call an error.
    """
    by_text: defaultdict[tuple[Language, str], list[Filled]] = defaultdict(list)
    for row in rows:
        by_text[row.language, row.topic].append(row)
    pairs = {
        (language, pair.name): pair
        for language in {language for language, _ in by_text}
        for pair in pairs_of(folder, language)
    }
    problems: list[str] = []
    changes = []
    for key, filled in by_text.items():
        pair = pairs.get(key)
        found = list(_row_problems(pair, filled))
        change = None if found or pair is None else _change(pair, filled, author)
        if change is not None:
            found += _check_problems(change, filled, check)
            changes.append(change)
        problems += found
    if problems:
        raise BadContent("\n".join(problems))
    return tuple(changes)


def _row_problems(pair: Pair | None, filled: list[Filled]) -> Iterator[str]:
    given: dict[str, str] = {}
    for row in filled:
        now = None if pair is None else pair.rows.get(row.part)
        if pair is None:
            yield f"{row.place}: there is no text “{row.topic}”"
        elif now is None:
            yield f"{row.place}: “{pair.name}” has no part “{row.part}”"
        elif (first := given.setdefault(row.part, row.place)) != row.place:
            yield f"{row.place}: {pair.name}, {row.part} stands in {first} too"
        elif row.new and row.present_digest != fingerprint(now.present):
            yield (
                f"{row.place}: the translation of {pair.name}, {row.part} is not the one that was "
                "exported: export it again"
            )
    if pair is not None and pair.present is None:
        yield from _lacking(pair, filled)


def _lacking(pair: Pair, filled: list[Filled]) -> Iterator[str]:
    """A new text is taken whole; one that nobody has begun is no problem."""
    written = {row.part for row in filled if row.new}
    for part in pair.rows if written else ():
        if part not in written:
            place = next((row.place for row in filled if row.part == part), filled[-1].place)
            yield f"{place}: {pair.name} is a new text and needs “{part}” too"


def _change(pair: Pair, filled: list[Filled], author: Author | None) -> Change | None:
    """The file with the new words; None when the rows change nothing."""
    given = {row.part: row.new for row in filled if row.new}
    fresh = all(row.russian_digest == pair.russian.digest for row in filled)
    confirmed = fresh and given.keys() >= pair.rows.keys()
    was_right = pair.present is not None and pair.present.source_digest == pair.russian.digest
    changed = {
        part: words
        for part, words in given.items()
        if fingerprint(words) != fingerprint(pair.rows[part].present)
    }
    if not changed and (was_right or not confirmed):
        return None
    digest = pair.russian.digest if confirmed and not was_right else None
    if pair.present is None and digest is None:
        digest = filled[0].russian_digest  # made from an older Russian text: it stays outdated
    old = None if pair.present is None else read_file(pair.path)
    return Change(
        path=pair.path,
        text=new_text(pair, old, changed, digest, author),
        topic=pair.name,
        language=pair.language,
        changed=tuple(part for part in pair.rows if part in changed),
        is_new=pair.present is None,
        matches=was_right or confirmed,
    )


def _check_problems(change: Change, filled: list[Filled], check: Check) -> Iterator[str]:
    for finding in check(change.path, change.text):
        if finding.level is Level.ERROR:
            part = _part_at(change.text, finding.line)
            row = next((row for row in filled if row.part == part), None)
            place = row.place if row is not None else f"{change.path.name}:{finding.line}"
            yield f"{place}: {change.topic}: {finding.message}"


def _part_at(text: str, line: int) -> str:
    """The part in whose lines a finding stands; “title” above the first one."""
    above = text.splitlines()[:line]
    headings = [one.removeprefix("## ").strip() for one in above if one.startswith("## ")]
    if headings:
        return headings[-1]
    return "card" if above.count("---") > 1 else "title"


def carry_out(changes: Iterable[Change]) -> None:
    """Writes all files, or leaves everything as it was. Raises BadContent when it cannot."""
    try:
        write_together({one.path: one.text.encode() for one in changes})
    except OSError as exc:
        raise BadContent(f"nothing was imported: {exc}") from exc
