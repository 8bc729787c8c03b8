"""Checks of the texts the bot says: content/ without the directory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.answers.loader import answer_folder, load_library, safety_folder
from bot.answers.model import SAFETY_KINDS, Topic
from bot.answers.registry import read_topics, read_values
from bot.answers.text_file import read_text_file
from bot.checks.finding import Finding, Level, findings_of
from bot.checks.glossary import check_glossary
from bot.checks.known_places import KnownPlaces
from bot.checks.one_text import Background, background_of, check_file
from bot.checks.translation import compare
from bot.errors import BadContent
from bot.i18n import Locales
from bot.languages import FALLBACK, Language


def check_content(
    folder: Path, known: KnownPlaces, today: date, locales: Locales | None = None
) -> Iterator[Finding]:
    """All findings about a content folder; it does not stop at the first.

    `locales` are the bot's own words, for the length of whole cards; without them the English
    ones count.
    """
    yield from check_glossary(folder / "glossary.yml")
    yield from _values(folder / "values.yml", today)
    try:
        background = background_of(folder, known, today, locales)
        topics = read_topics(folder / "topics.yml")
    except BadContent as exc:
        yield from findings_of(exc, str(folder))
        return
    try:
        load_library(folder, locales=background.locales, places=known.places, today=today)
    except BadContent as exc:
        yield from findings_of(exc, str(folder))
    for topic in topics:
        yield from _dates(folder, topic, today)
        yield from _texts(answer_folder(folder, topic), topic, background)
    for kind in SAFETY_KINDS:
        yield from _texts(safety_folder(folder, kind), None, background)


def _values(path: Path, today: date) -> Iterator[Finding]:
    try:
        values = read_values(path)
    except BadContent:  # whoever needs them reports it
        return
    if today.year not in values.mci:
        message = f"the MCI of {today.year} is missing: amounts are those of an earlier year"
        yield Finding(str(path), 1, message, Level.WARNING)


def _dates(folder: Path, topic: Topic, today: date) -> Iterator[Finding]:
    path = folder / "topics.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if text.endswith(f"id: {topic.id}")), 1)
    if today > topic.review_due:
        message = f"“{topic.id}” should have been checked again by {topic.review_due}"
        yield Finding(str(path), line, message, Level.WARNING)
    if max(topic.reviewed_on, *(source.read_on for source in topic.sources)) > today:
        yield Finding(str(path), line, f"“{topic.id}” names a day that has not come yet")


def _texts(folder: Path, topic: Topic | None, background: Background) -> Iterator[Finding]:
    texts = {}
    for language in Language:
        try:
            path = folder / f"{language}.md"
            texts[language] = read_text_file(path, language, has_parts=topic is not None)
        except BadContent:  # the loader has reported it
            continue
    source = texts.get(FALLBACK)
    for language, text in texts.items():
        yield from check_file(text, topic, source, background)
        if language is not FALLBACK and source is not None:
            yield from compare(source, text)
