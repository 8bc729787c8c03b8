"""Checks of one text: what an editor is told beside it, also before it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from babel import Locale
from babel.support import Translations

from bot.answers.cards import card_text
from bot.answers.facts import fact_sections, read_facts
from bot.answers.loader import (
    answer_folder,
    make_answer,
    make_safety_card,
    readers_of,
    safety_folder,
)
from bot.answers.model import SAFETY_KINDS, Part, Review, Topic
from bot.answers.registry import read_topics
from bot.answers.render import Reader, visible
from bot.answers.text_file import Section, TextFile, parse_text, read_text_file
from bot.answers.yaml_lines import refuse_text
from bot.checks.finding import Finding, Level, findings_of
from bot.checks.known_places import KnownPlaces, literal_names
from bot.checks.letters import wrong_letters
from bot.checks.numbers import literal_phones
from bot.checks.readability import hard_to_read
from bot.checks.tracing import Ground, untraced
from bot.checks.translation import compare
from bot.errors import BadContent
from bot.i18n import Locales, Words
from bot.languages import FALLBACK, Language, language_or_none

LONGEST_SHORT = 350
LONGEST_PART = 1200
LONGEST_TITLE = 60
LONGEST_MESSAGE = 4096  # Telegram's
MOST_SAFETY_LINES = 3
MOST_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Background:
    """What the texts of a content folder are checked against."""

    locales: Locales
    readers: Mapping[Language, Reader]
    known: KnownPlaces
    ground: Ground
    today: date


def background_of(
    folder: Path, known: KnownPlaces, today: date, locales: Locales | None = None
) -> Background:
    """Reads what the texts refer to. Raises BadContent."""
    locales = locales or _bare_locales()
    return Background(
        locales=locales,
        readers=readers_of(folder, locales=locales, places=known.places, today=today),
        known=known,
        ground=Ground(read_facts(folder / "facts"), fact_sections(folder / "facts")),
        today=today,
    )


def _bare_locales() -> Locales:
    """Amounts and dates are written by the language itself, without any buttons."""
    return Locales(
        {language: Words(language, Locale.parse(language), Translations()) for language in Language}
    )


def check_text(
    folder: Path,
    path: Path,
    text: str,
    known: KnownPlaces,
    today: date,
    locales: Locales | None = None,
) -> list[Finding]:
    """All findings about `text` if it stood at `path` in the content folder; nothing is written.

    `path` is folder/answers/<section>/<topic>/<language>.md or folder/safety/<kind>/<language>.md;
    `known` comes from `bot.checks.directory.check_directory(folder / "directory")`. Findings
    about other files (the registry, the Russian source) are left out, unless nothing can be
    checked without them. Sorted by line.
    """
    try:
        background = background_of(folder, known, today, locales)
        findings = list(_in_memory(folder, path, text, background))
    except BadContent as exc:
        findings = list(findings_of(exc, str(path)))
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.line)


def _in_memory(folder: Path, path: Path, text: str, background: Background) -> Iterator[Finding]:
    language = language_or_none(path.stem)
    if language is None or path.suffix != ".md":
        yield Finding(str(path), 1, "a text is named after its language, such as ky.md")
        return
    topic = _topic_at(folder, path)
    refuse_text(path, text)
    parsed = parse_text(path, text, language, has_parts=topic is not None)
    source = parsed if language is FALLBACK else _source_beside(path, topic)
    reader = background.readers[language]
    try:
        if topic is None:
            make_safety_card(parsed, reader)
        else:
            make_answer(topic, parsed, source, reader)
    except BadContent as exc:
        yield from findings_of(exc, str(path))
    yield from check_file(parsed, topic, source, background)
    if source is not None and source is not parsed:
        yield from compare(source, parsed)


def _topic_at(folder: Path, path: Path) -> Topic | None:
    """The topic whose text stands here; None for safety cards. Raises BadContent."""
    if any(path.parent == safety_folder(folder, kind) for kind in SAFETY_KINDS):
        return None
    for topic in read_topics(folder / "topics.yml"):
        if path.parent == answer_folder(folder, topic):
            return topic
    raise BadContent(f"{path}:1: no topic in topics.yml uses this file")


def _source_beside(path: Path, topic: Topic | None) -> TextFile | None:
    russian = path.with_name(f"{FALLBACK}.md")
    try:
        return read_text_file(russian, FALLBACK, has_parts=topic is not None)
    except BadContent:  # findings about the Russian text stand beside that one
        return None


def check_file(
    text: TextFile, topic: Topic | None, source: TextFile | None, background: Background
) -> Iterator[Finding]:
    """What is wrong with a text by itself; `topic` is None for safety cards.

    That it can be loaded at all, and that it agrees with the Russian text, is checked elsewhere.
    """
    path, language = str(text.path), text.language
    reader, known = background.readers[language], background.known
    for _, problem in wrong_letters(text.title, language):
        yield Finding(path, text.title_line, problem)
    if len(text.title) > LONGEST_TITLE:
        message = f"the title has {len(text.title)} letters; a button shows about {LONGEST_TITLE}"
        yield Finding(path, text.title_line, message, Level.WARNING)
    for section in text.sections:
        for line, problem in wrong_letters(section.text, language):
            yield Finding(path, section.line + line, problem)
        for line, phone in literal_phones(section.text, known.short_numbers):
            message = f"the phone number {phone} must be a reference such as {{phone:hotline-111}}"
            yield Finding(path, section.line + line, message)
        for literal in literal_names(section.text, language, known):
            yield Finding(path, section.line + literal.line, literal.message)
        yield from _length(text, section, reader)
    if topic is None:
        yield from _safety_card(text)
    else:
        yield from _whole_messages(text, topic, source, background)
    yield from untraced(text, background.ground, every_block=topic is not None)
    yield from hard_to_read(text)


def _length(text: TextFile, section: Section, reader: Reader) -> Iterator[Finding]:
    limit = LONGEST_SHORT if section.name == Part.SHORT else LONGEST_PART
    try:
        length = len(visible(reader.html(text.path, section)))
    except BadContent:  # the loader has reported it
        return
    if length > limit:
        name = section.name or "the card"
        message = f"“{name}” has {length} characters, {limit} are possible"
        yield Finding(str(text.path), section.line, message)


def _whole_messages(
    text: TextFile, topic: Topic, source: TextFile | None, background: Background
) -> Iterator[Finding]:
    """Whether heading, part, source and all warnings together fit into one message."""
    try:
        answer = make_answer(topic, text, source, background.readers[text.language])
    except BadContent:  # the loader has reported it
        return
    answer = replace(answer, outdated=True, review=Review("draft", None, None))
    words, worst_day = background.locales[text.language], date.max
    for part, section in zip(answer.parts, text.sections, strict=True):
        length = len(visible(card_text(words, topic, answer, part, worst_day)))
        if length > LONGEST_MESSAGE:
            message = (
                f"“{part}” with heading and source has {length} characters; "
                f"Telegram takes {LONGEST_MESSAGE}"
            )
            yield Finding(str(text.path), section.line, message)


def _safety_card(text: TextFile) -> Iterator[Finding]:
    section = text.sections[0]
    lines = [line for line in section.text.splitlines() if line.strip()]
    numbers = [line for line in lines if line.startswith("**{phone:")]
    if len(lines) - len(numbers) > MOST_SAFETY_LINES or not 0 < len(numbers) <= MOST_NUMBERS:
        message = (
            f"a safety card has up to {MOST_SAFETY_LINES} short lines, then 1 to {MOST_NUMBERS} "
            "lines that each begin with a number such as **{phone:hotline-112}**"
        )
        yield Finding(str(text.path), section.line, message)
