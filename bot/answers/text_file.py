"""One text in one language, as it is written: front matter and parts with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answers.comments import Comment, comments_of, without_comments
from bot.answers.digest import source_digest
from bot.answers.model import Part, Review
from bot.answers.yaml_lines import Entry, read_entry, read_file, refusal
from bot.errors import BadContent
from bot.languages import FALLBACK, Language
from bot.text_files import refuse_size

LARGEST_TEXT = 64 * 1024

REVIEW_STATES = ("draft", "reviewed")
_HEADING = re.compile(r"^##(?!#)\s*(.*?)\s*$")
_NOT_IN_TITLES = re.compile(r"[<>&{}*]")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text under one heading; `line` is where its first line stands.

    Comments are taken out of `text`; those in its lines are kept beside it.
    """

    name: str
    line: int
    text: str
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class TextFile:
    """An answer or safety card as written by its editor."""

    path: Path
    language: Language
    title: str
    title_line: int
    source_digest: str | None
    digest_line: int
    review: Review
    sections: tuple[Section, ...]
    digest: str
    facts: tuple[str, ...] = ()
    facts_line: int = 1


def read_text_file(path: Path, language: Language, *, has_parts: bool) -> TextFile:
    """Reads a file; with `has_parts` its text stands under the headings of parts."""
    return parse_text(path, read_file(path, LARGEST_TEXT), language, has_parts=has_parts)


def parse_text(path: Path, text: str, language: Language, *, has_parts: bool) -> TextFile:
    """The file that would stand at `path` with this text. Raises BadContent with its line."""
    refuse_size(path, len(text.encode()), LARGEST_TEXT)
    front, written, body_line = _split(path, text)
    known = ("title", "facts", "review") if language is FALLBACK else _TRANSLATION_NAMES
    front.allow(*known)
    body = without_comments(written)
    whole = (Section("", body_line, body),)
    sections = tuple(_sections(path, body, body_line)) if has_parts else whole
    sections = _with_comments(sections, tuple(comments_of(written, body_line)))
    for section in sections:
        if not section.text.strip():
            raise refusal(path, section.line, f"“{section.name or 'text'}” is empty")
    return TextFile(
        path=path,
        language=language,
        title=plain_text(front, "title"),
        title_line=front.line_of("title"),
        source_digest=front.written("source_digest"),
        digest_line=front.line_of("source_digest"),
        review=_review(front.entry("review")),
        sections=sections,
        digest=source_digest(text),
        facts=front.texts("facts") if front.has("facts") else (),
        facts_line=front.line_of("facts"),
    )


_TRANSLATION_NAMES = ("title", "source_digest", "review")


def plain_text(entry: Entry, name: str) -> str:
    """A text that may stand on a button and in HTML alike."""
    text = entry.text(name)
    if found := _NOT_IN_TITLES.search(text):
        raise entry.refuse(f"“{found[0]}” may not stand in “{name}”", name)
    return text


def _split(path: Path, text: str) -> tuple[Entry, str, int]:
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].rstrip() != "---":
        raise refusal(path, 1, "the file must begin with a line “---” and the title")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            front = read_entry(path, "\n".join(lines[1:number]), 2)
            return front, "\n".join(lines[number + 1 :]), number + 2
    raise refusal(path, 1, "the second line “---”, which ends the front matter, is missing")


def _review(entry: Entry) -> Review:
    entry.allow("state", "by", "on")
    state = entry.text("state")
    if state not in REVIEW_STATES:
        raise entry.refuse(f"“state” must be one of: {', '.join(REVIEW_STATES)}", "state")
    by = entry.text("by") if entry.has("by") else None
    on = entry.day("on") if entry.has("on") else None
    if state == "reviewed" and (by is None or on is None):
        raise entry.refuse("a reviewed text says by whom (“by”) and on which day (“on”)", "state")
    return Review(state, by, on)


def _sections(path: Path, body: str, first_line: int) -> Iterator[Section]:
    name, start, lines = "", first_line, list[str]()
    seen = set[str]()
    for number, line in enumerate(body.splitlines(), start=first_line):
        heading = _HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        yield from _ended(path, name, start, lines)
        name, start, lines = heading[1], number + 1, []
        if name in seen:
            raise refusal(path, number, f"the part “{name}” is written twice")
        seen.add(name)
        if name not in list(Part):
            raise _unknown_part(path, number, name)
    yield from _ended(path, name, start, lines)


def _ended(path: Path, name: str, start: int, lines: list[str]) -> Iterator[Section]:
    """The section whose lines are all read; above the first heading there is none."""
    if name:
        yield Section(name, start, "\n".join(lines).rstrip())
    elif "".join(lines).strip():
        raise refusal(path, start, "text before the first heading “## short”")


def _with_comments(
    sections: tuple[Section, ...], comments: tuple[Comment, ...]
) -> tuple[Section, ...]:
    """Every comment goes to the section in whose lines it stands, or else to the one above."""
    starts = [section.line - 1 if section.name else 0 for section in sections]
    ends = [*starts[1:], float("inf")] if sections else []
    return tuple(
        replace(section, comments=tuple(one for one in comments if start <= one.line < end))
        for section, start, end in zip(sections, starts, ends, strict=True)
    )


def _unknown_part(path: Path, line: int, name: str) -> BadContent:
    return refusal(path, line, f"“{name}” is not a part; parts are: {', '.join(Part)}")
