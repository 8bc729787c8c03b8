"""Reads a content folder into a Library: all of it, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.answers.groups import read_groups
from bot.answers.library import Library
from bot.answers.model import SAFETY_KINDS, Answer, Part, Topic
from bot.answers.registry import read_term, read_topics, read_values
from bot.answers.render import Places, Reader, visible
from bot.answers.text_file import Section, TextFile, read_text_file
from bot.answers.yaml_lines import refusal
from bot.errors import BadContent
from bot.i18n import Locales
from bot.languages import FALLBACK, Language
from bot.text_files import refuse_links_outside

# Telegram takes 4,096 characters; title, source line and warnings need their share.
LONGEST_TEXT = 3500

Texts = Mapping[Language, TextFile]


def load_library(folder: Path, *, locales: Locales, places: Places, today: date) -> Library:
    """The library of a content folder.

    Raises BadContent with one line “file:line: reason” for every file that cannot be used.
    Amounts are those of today's year, so a library is loaded anew when the day changes.
    """
    refuse_links_outside(folder)
    topics = read_topics(folder / "topics.yml")
    loading = _Loading(folder, readers_of(folder, locales=locales, places=places, today=today))
    answers: dict[tuple[str, str], Answer] = {
        (topic.id, answer.language): answer
        for topic in topics
        for answer in loading.answers_of(topic)
    }
    safety: dict[tuple[str, str], str] = {
        (kind, language): html
        for kind in SAFETY_KINDS
        for language, html in loading.safety_of(kind).items()
    }
    loading.refuse_strangers(topics)
    if loading.problems:
        raise BadContent("\n".join(str(problem) for problem in loading.problems))
    groups = read_groups(folder / "groups.yml", topics)
    return Library(topics, answers, safety, folder_digest(folder), groups)


def readers_of(
    folder: Path, *, locales: Locales, places: Places, today: date
) -> Mapping[Language, Reader]:
    """Who reads the texts aloud in each language. Raises BadContent."""
    mci = read_values(folder / "values.yml").mci_of(today.year)
    names = read_term(folder / "glossary.yml", "mci")
    return {
        language: Reader(locales[language], mci, names[language], places) for language in Language
    }


def folder_digest(folder: Path) -> str:
    """The fingerprint of everything the bot says."""
    whole = hashlib.sha256()
    for path in sorted([*folder.glob("*.yml"), *folder.rglob("*.md")]):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:16]


def answer_folder(folder: Path, topic: Topic) -> Path:
    """Where the texts of a topic stand."""
    return folder / "answers" / topic.section / topic.id


def safety_folder(folder: Path, kind: str) -> Path:
    """Where the texts of a safety card stand."""
    return folder / "safety" / kind


class _Loading:
    """One pass over the files, which goes on after a problem so that all are told at once."""

    def __init__(self, folder: Path, readers: Mapping[Language, Reader]) -> None:
        self.folder = folder
        self.readers = readers
        self.problems: list[BadContent] = []

    def answers_of(self, topic: Topic) -> list[Answer]:
        """The answers of a topic in the languages that can be used."""
        texts = self._texts(answer_folder(self.folder, topic), has_parts=True)
        answers = []
        for text in texts.values():
            try:
                reader = self.readers[text.language]
                answers.append(make_answer(topic, text, texts.get(FALLBACK), reader))
            except BadContent as exc:
                self.problems.append(exc)
        return answers

    def safety_of(self, kind: str) -> dict[Language, str]:
        """The safety card of a kind in the languages that can be used."""
        cards = {}
        for language, text in self._texts(
            safety_folder(self.folder, kind), has_parts=False
        ).items():
            try:
                cards[language] = make_safety_card(text, self.readers[language])
            except BadContent as exc:
                self.problems.append(exc)
        return cards

    def refuse_strangers(self, topics: tuple[Topic, ...]) -> None:
        """Files nobody would ever read are mostly misnamed ones."""
        expected = {answer_folder(self.folder, topic) for topic in topics}
        expected |= {safety_folder(self.folder, kind) for kind in SAFETY_KINDS}
        known = {folder / f"{language}.md" for folder in expected for language in Language}
        for part in ("answers", "safety"):
            for path in sorted((self.folder / part).rglob("*.md")):
                if path not in known:
                    self.problems.append(refusal(path, 1, "no topic in topics.yml uses this file"))

    def _texts(self, folder: Path, *, has_parts: bool) -> dict[Language, TextFile]:
        texts = {}
        for language in Language:
            try:
                path = folder / f"{language}.md"
                texts[language] = read_text_file(path, language, has_parts=has_parts)
            except BadContent as exc:
                self.problems.append(exc)
        return texts


def make_answer(topic: Topic, text: TextFile, source: TextFile | None, reader: Reader) -> Answer:
    """The answer that a text makes; `source` is its Russian text. Raises BadContent."""
    _refuse_other_parts(topic, text)
    parts = {Part(section.name): _part(text, section, reader) for section in text.sections}
    current = text.language is FALLBACK or (
        source is not None and text.source_digest == source.digest
    )
    return Answer(topic.id, text.language, text.title, parts, text.review, not current)


def make_safety_card(text: TextFile, reader: Reader) -> str:
    """The safety card that a text makes, as Telegram HTML. Raises BadContent."""
    return _part(text, text.sections[0], reader, f"<b>{text.title}</b>\n\n")


def _part(text: TextFile, section: Section, reader: Reader, heading: str = "") -> str:
    html, name = reader.html(text.path, section), section.name or "the card"
    if not visible(html).strip():  # such as a list of empty items
        raise refusal(text.path, section.line, f"“{name}” is empty")
    if len(visible(heading + html)) > LONGEST_TEXT:
        raise refusal(text.path, section.line, f"“{name}” is too long for Telegram")
    return heading + html


def _refuse_other_parts(topic: Topic, text: TextFile) -> None:
    written = tuple(section.name for section in text.sections)
    if written == topic.parts:
        return
    for part in topic.parts:
        if part not in written:
            raise refusal(text.path, 1, f"the part “{part}” of topics.yml is missing")
    for section in text.sections:
        if section.name not in topic.parts:
            reason = f"topics.yml does not name the part “{section.name}” for this topic"
            raise refusal(text.path, section.line - 1, reason)
    order = ", ".join(topic.parts)
    raise refusal(text.path, text.sections[0].line - 1, f"the order of parts is: {order}")
