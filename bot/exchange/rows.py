"""The round trip to translators: one row for each title and part of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.answers.digest import source_digest
from bot.answers.loader import answer_folder, safety_folder
from bot.answers.model import SAFETY_KINDS, Topic
from bot.answers.registry import read_topics
from bot.answers.status import CARD, SAFETY, State
from bot.answers.text_file import TextFile, read_text_file
from bot.errors import BadContent
from bot.languages import FALLBACK, Language

TITLE = "title"


@dataclass(frozen=True, slots=True)
class Row:
    """What a translator sees: the Russian words and the present translation of one part.

    `topic` is a topic's id, or "safety/<kind>" for a safety card.
    """

    language: Language
    topic: str
    part: str
    russian: str
    present: str
    russian_digest: str
    outdated: bool

    @property
    def key(self) -> tuple[str, str]:
        """What tells the row from others of its language."""
        return self.topic, self.part


@dataclass(frozen=True, slots=True)
class Filled:
    """What comes back: the new words, and which texts they were made beside.

    `place` is where it stands in the file, such as "row 7". `new` is empty where the translator
    left the part as it is.
    """

    place: str
    language: Language
    topic: str
    part: str
    russian_digest: str
    present_digest: str
    new: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A Russian text and its translation as they stand now; the latter may not exist yet."""

    language: Language
    name: str
    path: Path
    topic: Topic | None  # None for safety cards
    russian: TextFile
    present: TextFile | None
    rows: Mapping[str, Row] = field(default_factory=dict)

    @property
    def states(self) -> tuple[State, ...]:
        """Whether the translation is missing (in part) or outdated."""
        if self.present is None:
            return (State.MISSING,)
        lacking = any(not row.present for row in self.rows.values())
        states = [State.MISSING] if lacking else []
        if self.present.source_digest != self.russian.digest:
            states.append(State.OUTDATED)
        return tuple(states)


def pairs_of(folder: Path, language: Language) -> tuple[Pair, ...]:
    """All texts that can be translated: those whose Russian text can be read.

    Raises BadContent when the registry cannot be read, or when an existing translation cannot:
    importing over it would lose what stands there.
    """
    return tuple(_pairs(folder, language))


def _pairs(folder: Path, language: Language) -> Iterator[Pair]:
    places: list[tuple[str, Path, Topic | None]] = [
        (topic.id, answer_folder(folder, topic), topic)
        for topic in read_topics(folder / "topics.yml")
    ]
    places += [(f"{SAFETY}/{kind}", safety_folder(folder, kind), None) for kind in SAFETY_KINDS]
    for name, where, topic in places:
        try:
            russian = read_text_file(where / f"{FALLBACK}.md", FALLBACK, has_parts=bool(topic))
        except BadContent:  # the checks report it; there is nothing to translate from
            continue
        path = where / f"{language}.md"
        present = None
        if path.exists():
            present = read_text_file(path, language, has_parts=bool(topic))
        rows = {row.part: row for row in _rows(language, name, russian, present)}
        yield Pair(language, name, path, topic, russian, present, rows)


def _rows(
    language: Language, name: str, russian: TextFile, present: TextFile | None
) -> Iterator[Row]:
    outdated = present is not None and present.source_digest != russian.digest
    translated = {} if present is None else parts_of(present)
    for part, text in parts_of(russian).items():
        words = translated.get(part, "")
        yield Row(language, name, part, text, words, russian.digest, outdated)


def parts_of(text: TextFile) -> dict[str, str]:
    """Title and parts of a text, without comments."""
    parts = {section.name or CARD: section.text.strip() for section in text.sections}
    return {TITLE: text.title, **parts}


def rows_to_send(
    folder: Path, language: Language, states: Collection[State] | None
) -> tuple[Row, ...]:
    """The rows of all texts in one of the states; of all texts when `states` is None."""
    return tuple(
        row
        for pair in pairs_of(folder, language)
        if states is None or any(state in states for state in pair.states)
        for row in pair.rows.values()
    )


def fingerprint(text: str) -> str:
    """What tells whether a translation is still the one that was sent; blanks do not count."""
    return source_digest(text) if text else ""
