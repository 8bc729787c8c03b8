"""Checks of the texts the bot says: content/ without the directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel import Locale
from babel.support import Translations

from bot.answers.digest import PENDING
from bot.answers.loader import answer_folder, load_library, readers_of, safety_folder
from bot.answers.model import SAFETY_KINDS, Part, Topic
from bot.answers.registry import read_topics
from bot.answers.render import Reader, visible
from bot.answers.text_file import Section, TextFile, read_text_file
from bot.checks.finding import Finding, Level, findings_of
from bot.checks.letters import wrong_letters
from bot.checks.numbers import differences, list_items, literal_phones, numbers
from bot.errors import BadContent
from bot.i18n import Locales, Words
from bot.languages import FALLBACK, Language

LONGEST_SHORT = 350
LONGEST_PART = 1200
LONGEST_TITLE = 60
MOST_SAFETY_LINES = 3
MOST_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Phones:
    """What the content may say of the directory: numbers by id, and all short numbers."""

    number: Callable[[str], str | None]
    short_numbers: frozenset[str]


# When the directory itself is broken every reference is let pass: its own findings are enough.
ANY_PHONE = Phones(lambda place: place, frozenset())


def check_content(folder: Path, phones: Phones, today: date) -> Iterator[Finding]:
    """All findings about a content folder; it does not stop at the first."""
    # Amounts and dates are written by the language itself, without any buttons.
    bare = Locales(
        {language: Words(language, Locale.parse(language), Translations()) for language in Language}
    )
    try:
        load_library(folder, locales=bare, phone=phones.number, today=today)
    except BadContent as exc:
        yield from findings_of(exc, str(folder))
    try:
        topics = read_topics(folder / "topics.yml")
        readers = readers_of(folder, locales=bare, phone=phones.number, today=today)
    except BadContent:
        return
    for topic in topics:
        yield from _dates(folder, topic, today)
        yield from _texts(answer_folder(folder, topic), readers, phones, has_parts=True)
    for kind in SAFETY_KINDS:
        yield from _texts(safety_folder(folder, kind), readers, phones, has_parts=False)


def _dates(folder: Path, topic: Topic, today: date) -> Iterator[Finding]:
    path = folder / "topics.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if text.endswith(f"id: {topic.id}")), 1)
    if today > topic.review_due:
        message = f"“{topic.id}” should have been checked again by {topic.review_due}"
        yield Finding(str(path), line, message, Level.WARNING)
    if max(topic.reviewed_on, *(source.read_on for source in topic.sources)) > today:
        yield Finding(str(path), line, f"“{topic.id}” names a day that has not come yet")


def _texts(
    folder: Path, readers: Mapping[Language, Reader], phones: Phones, *, has_parts: bool
) -> Iterator[Finding]:
    texts = {}
    for language in Language:
        try:
            path = folder / f"{language}.md"
            texts[language] = read_text_file(path, language, has_parts=has_parts)
        except BadContent:  # the loader has reported it
            continue
    for language, text in texts.items():
        yield from _one_text(text, readers[language], phones)
        if not has_parts:
            yield from _safety_card(text)
        if language is not FALLBACK and FALLBACK in texts:
            yield from compare(texts[FALLBACK], text)


def _one_text(text: TextFile, reader: Reader, phones: Phones) -> Iterator[Finding]:
    path, language = str(text.path), text.language
    for _, problem in wrong_letters(text.title, language):
        yield Finding(path, text.title_line, problem)
    if len(text.title) > LONGEST_TITLE:
        message = f"the title has {len(text.title)} letters; a button shows about {LONGEST_TITLE}"
        yield Finding(path, text.title_line, message, Level.WARNING)
    for section in text.sections:
        for line, problem in wrong_letters(section.text, language):
            yield Finding(path, section.line + line, problem)
        for line, phone in literal_phones(section.text, phones.short_numbers):
            message = f"the phone number {phone} must be a reference such as {{phone:hotline-111}}"
            yield Finding(path, section.line + line, message)
        yield from _length(text, section, reader)


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


def compare(source: TextFile, translation: TextFile) -> Iterator[Finding]:
    """Where a translation says something else than its Russian source, as far as numbers tell."""
    path = str(translation.path)
    yield from _digest(source, translation)
    originals = {section.name: section for section in source.sections}
    for section in translation.sections:
        original = originals.get(section.name)
        if original is None:
            continue
        name = section.name or "the card"
        expected, found = numbers(original.text), numbers(section.text)
        missing, added = differences(expected, found)
        if missing:
            message = f"“{name}”: the Russian text has {_listed(missing)}, this one has not"
            yield Finding(path, section.line, message)
        if added:
            message = f"“{name}”: {_listed(added)} does not stand in the Russian text"
            yield Finding(path, section.line, message)
        if not missing and not added and expected != found:
            often = sorted(one for one in expected if expected[one] != found[one])
            message = f"“{name}”: {_listed(often)} stands more or less often than in Russian"
            yield Finding(path, section.line, message, Level.WARNING)
        if list_items(original.text) != list_items(section.text):
            message = f"“{name}” has another number of list items than the Russian text"
            yield Finding(path, section.line, message, Level.WARNING)


def _digest(source: TextFile, translation: TextFile) -> Iterator[Finding]:
    if translation.source_digest == source.digest:
        return
    if translation.source_digest in {None, PENDING}:
        message = "not stamped: say with “bot content stamp” that this agrees with the Russian text"
    else:
        message = "the Russian text has changed since this was translated"
    yield Finding(str(translation.path), translation.digest_line, message, Level.WARNING)


def _listed(numbers_found: list[str]) -> str:
    return ", ".join(numbers_found)
