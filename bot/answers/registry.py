"""What is the same in every language: the list of topics, the MCI, the word for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answers.model import Part, Source, Topic
from bot.answers.text_file import plain_text
from bot.answers.yaml_lines import Entry, read_entry, read_file, refusal
from bot.languages import Language

# With "part:" before and ":no-papers" behind, an id must fit into a button's 64 bytes.
ID = re.compile(r"[a-z][a-z0-9-]{1,39}")
_TOPIC_NAMES = (
    *("id", "section", "order", "urgent", "parts", "related", "sources"),
    *("reviewed_on", "review_every_days"),
)


@dataclass(frozen=True, slots=True)
class Values:
    """Values that change once a year."""

    mci: Mapping[int, int]

    def mci_of(self, year: int) -> int:
        """The MCI in force; the latest known one when the year's is not written yet."""
        known = [known for known in self.mci if known <= year]
        return self.mci[max(known, default=min(self.mci))]


def read_topics(path: Path) -> tuple[Topic, ...]:
    """The topics in the order of sections and of their own. Raises BadContent."""
    registry = read_entry(path, read_file(path))
    registry.allow("sections", "topics")
    sections = registry.texts("sections")
    entries = registry.entries("topics")
    topics = [_topic(entry, sections) for entry in entries]
    ids = [topic.id for topic in topics]
    for entry, topic in zip(entries, topics, strict=True):
        if ids.count(topic.id) > 1:
            raise entry.refuse(f"the topic “{topic.id}” is written twice", "id")
        for other in topic.related:
            if other not in ids or other == topic.id:
                raise entry.refuse(f"“{other}” is no other topic that has an answer", "related")
    return tuple(sorted(topics, key=lambda topic: (sections.index(topic.section), topic.order)))


def _topic(entry: Entry, sections: tuple[str, ...]) -> Topic:
    entry.allow(*_TOPIC_NAMES)
    topic, section = entry.text("id"), entry.text("section")
    if not ID.fullmatch(topic):
        raise entry.refuse(f"“{topic}”: an id has a-z, 0-9 and -, at most 40 of them", "id")
    if section not in sections:
        raise entry.refuse(f"“{section}” is not among the sections", "section")
    sources = tuple(_source(source) for source in entry.entries("sources"))
    if not sources:
        raise entry.refuse("an answer needs at least one source", "sources")
    return Topic(
        id=topic,
        section=section,
        order=entry.whole("order"),
        urgent=entry.flag("urgent"),
        parts=_parts(entry),
        related=entry.texts("related"),
        sources=sources,
        reviewed_on=entry.day("reviewed_on"),
        review_every_days=entry.whole("review_every_days"),
    )


def _parts(entry: Entry) -> tuple[Part, ...]:
    names = entry.texts("parts")
    for name in names:
        if name not in list(Part):
            raise entry.refuse(f"“{name}” is not a part; parts are: {', '.join(Part)}", "parts")
    parts = tuple(Part(name) for name in names)
    if parts != tuple(part for part in Part if part in parts) or Part.SHORT not in parts:
        raise entry.refuse(f"parts begin with short and keep the order {', '.join(Part)}", "parts")
    return parts


def _source(entry: Entry) -> Source:
    entry.allow("title", "address", "read_on")
    address = entry.text("address")
    if not address.startswith(("https://", "http://")):
        raise entry.refuse("an address begins with https://", "address")
    return Source(plain_text(entry, "title"), address, entry.day("read_on"))


def read_values(path: Path) -> Values:
    """The MCI by year. Raises BadContent."""
    values = read_entry(path, read_file(path))
    values.allow("mci")
    years = values.entry("mci")
    for year in years.names:
        if not year.isdecimal():
            raise years.refuse(f"“{year}” is not a year", year)
    if not years.names:
        raise values.refuse("at least one year is needed", "mci")
    return Values({int(year): years.whole(year) for year in years.names})


@dataclass(frozen=True, slots=True)
class Term:
    """One word per language for one concept."""

    id: str
    line: int
    words: Mapping[Language, str]


def read_glossary(path: Path) -> tuple[Term, ...]:
    """All terms. Raises BadContent."""
    text = read_file(path)
    # The glossary is a plain list, easier to edit than a list under a name.
    glossary = read_entry(path, "terms:\n" + text, 0)
    return tuple(_term(entry) for entry in glossary.entries("terms"))


def _term(entry: Entry) -> Term:
    entry.allow("id", *Language, "note")
    words = {language: plain_text(entry, language) for language in Language}
    return Term(entry.text("id"), entry.line, words)


def read_term(path: Path, term: str) -> Mapping[Language, str]:
    """The glossary's word for a term in each language. Raises BadContent."""
    for known in read_glossary(path):
        if known.id == term:
            return known.words
    raise refusal(path, 1, f"the term “{term}” is missing")
