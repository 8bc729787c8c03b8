"""The groups of the menu's long sections: `content/groups.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answers.model import Topic
from bot.answers.registry import ID
from bot.answers.text_file import plain_text
from bot.answers.yaml_lines import Entry, read_entry, read_file
from bot.languages import Language


@dataclass(frozen=True, slots=True)
class Group:
    """Topics of one section that stand together in the menu."""

    id: str
    section: str
    names: Mapping[Language, str]
    topics: tuple[str, ...]


def read_groups(path: Path, topics: Iterable[Topic]) -> tuple[Group, ...]:
    """The groups in the order of the file; none without a file.

    Raises BadContent; among other things when a section has groups and one of its topics is
    in none or in two of them, for then nobody would find it in the menu.
    """
    if not path.exists():
        return ()
    whole = read_entry(path, read_file(path))
    whole.allow("groups")
    sections = {topic.id: topic.section for topic in topics}
    entries = whole.entries("groups")
    groups = tuple(_group(entry, sections) for entry in entries)
    seen: set[str] = set()
    ids = [group.id for group in groups]
    for entry, group in zip(entries, groups, strict=True):
        if ids.count(group.id) > 1:  # the button of one would open the other
            raise entry.refuse(f"the group “{group.id}” is written twice", "id")
        for topic in group.topics:
            if topic in seen:
                raise entry.refuse(f"“{topic}” stands in two groups or twice", "topics")
            seen.add(topic)
    grouped = {group.section for group in groups}
    for topic, section in sections.items():
        if section in grouped and topic not in seen:
            raise whole.refuse(f"the topic “{topic}” is in no group", "groups")
    return groups


def _group(entry: Entry, sections: Mapping[str, str]) -> Group:
    entry.allow("id", "section", "names", "topics")
    names = entry.entry("names")
    names.allow(*(language.value for language in Language))
    group, section, topics = entry.text("id"), entry.text("section"), entry.texts("topics")
    if not ID.fullmatch(group):
        raise entry.refuse(f"“{group}”: an id has a-z, 0-9 and -, at most 40 of them", "id")
    for topic in topics:
        if sections.get(topic) != section:
            raise entry.refuse(f"“{topic}” is no topic of the section “{section}”", "topics")
    return Group(
        group,
        section,
        {language: plain_text(names, language.value) for language in Language},
        topics,
    )
