"""How far the texts are: topic by language by part, also while much of it is unfinished."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from bot.answers.loader import answer_folder, safety_folder
from bot.answers.model import SAFETY_KINDS, Topic
from bot.answers.registry import read_topics
from bot.answers.text_file import TextFile, read_text_file
from bot.errors import BadContent
from bot.languages import FALLBACK, Language

SAFETY = "safety"
CARD = "card"


class State(StrEnum):
    """What is to be done about a text, the most pressing first; PRESENT stands alone."""

    MISSING = "missing"  # the file, or this part of it, is not there or cannot be read
    OUTDATED = "outdated"  # the Russian text has changed since, or nobody stamped the translation
    OVERDUE = "overdue"  # the topic is past its review date
    UNREVIEWED = "unreviewed"  # no native speaker or lawyer has signed it off
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class TextStatus:
    """One topic (or safety card) in one language.

    `parts` has an entry for every part the registry names ("card" for safety cards) and one for
    every further part of the file. `problem` tells why an existing file cannot be read.
    """

    language: Language
    path: Path
    title: str
    parts: Mapping[str, tuple[State, ...]]
    problem: str | None = None

    @property
    def states(self) -> tuple[State, ...]:
        """What is true of any part, the most pressing first."""
        found = {state for states in self.parts.values() for state in states}
        return _in_order(found)


@dataclass(frozen=True, slots=True)
class TopicStatus:
    """A topic, or a safety card (section "safety"), in all languages."""

    id: str
    section: str
    parts: tuple[str, ...]
    urgent: bool
    review_due: date | None
    texts: Mapping[Language, TextStatus]

    @property
    def title(self) -> str:
        """The Russian title; the id while there is none."""
        return self.texts[FALLBACK].title or self.id


@dataclass(frozen=True, slots=True)
class Status:
    """The whole matrix; `problem` tells why the registry of topics cannot be read."""

    topics: tuple[TopicStatus, ...]
    safety: tuple[TopicStatus, ...]
    problem: str | None = None

    @property
    def rows(self) -> tuple[TopicStatus, ...]:
        """Topics, then safety cards."""
        return self.topics + self.safety

    def count(self, state: State, languages: Collection[Language] = tuple(Language)) -> int:
        """How many cells (topic, language, part) are in a state."""
        texts = [row.texts[language] for row in self.rows for language in languages]
        return sum(state in states for text in texts for states in text.parts.values())


def status(folder: Path, today: date) -> Status:
    """How the texts of a content folder stand. Never raises: what cannot be read is told."""
    topics: tuple[Topic, ...] = ()
    problem = None
    try:
        topics = read_topics(folder / "topics.yml")
    except BadContent as exc:
        problem = str(exc)
    answers = tuple(
        TopicStatus(
            id=topic.id,
            section=topic.section,
            parts=topic.parts,
            urgent=topic.urgent,
            review_due=topic.review_due,
            texts=_texts(answer_folder(folder, topic), topic.parts, topic.review_due < today),
        )
        for topic in topics
    )
    safety = tuple(
        TopicStatus(
            id=kind,
            section=SAFETY,
            parts=(CARD,),
            urgent=True,
            review_due=None,
            texts=_texts(safety_folder(folder, kind), (CARD,), False),
        )
        for kind in SAFETY_KINDS
    )
    return Status(answers, safety, problem)


def stale(state: Status, today: date, within: timedelta) -> tuple[TopicStatus, ...]:
    """The topics whose review falls due within this time or has fallen due, the first first."""
    due = [
        (row.review_due, row)
        for row in state.topics
        if row.review_due is not None and row.review_due <= today + within
    ]
    return tuple(row for _, row in sorted(due, key=lambda one: one[0]))


def _texts(folder: Path, parts: tuple[str, ...], overdue: bool) -> Mapping[Language, TextStatus]:
    texts: dict[Language, TextFile] = {}
    problems: dict[Language, str] = {}
    for language in Language:
        path = folder / f"{language}.md"
        try:
            texts[language] = read_text_file(path, language, has_parts=parts != (CARD,))
        except BadContent as exc:
            if path.exists():
                problems[language] = str(exc)
    source = texts.get(FALLBACK)
    return {
        language: TextStatus(
            language=language,
            path=folder / f"{language}.md",
            title=texts[language].title if language in texts else "",
            parts=dict(_cells(texts.get(language), source, parts, overdue)),
            problem=problems.get(language),
        )
        for language in Language
    }


def _cells(
    text: TextFile | None, source: TextFile | None, parts: tuple[str, ...], overdue: bool
) -> Iterator[tuple[str, tuple[State, ...]]]:
    written = [] if text is None else [section.name or CARD for section in text.sections]
    states = () if text is None else _states(text, source, overdue)
    for part in parts:
        yield part, states if part in written else (State.MISSING,)
    for part in written:
        if part not in parts:
            yield part, states


def _states(text: TextFile, source: TextFile | None, overdue: bool) -> tuple[State, ...]:
    found = set[State]()
    if text.language is not FALLBACK and (source is None or text.source_digest != source.digest):
        found.add(State.OUTDATED)
    if overdue:
        found.add(State.OVERDUE)
    if text.review.state != "reviewed":
        found.add(State.UNREVIEWED)
    return _in_order(found)


def _in_order(found: set[State]) -> tuple[State, ...]:
    wanted = found - {State.PRESENT} or {State.PRESENT}
    return tuple(state for state in State if state in wanted)
