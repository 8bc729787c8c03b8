"""All checks of the files people edit, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.answers.registry import read_topics
from bot.checks.content import check_content
from bot.checks.directory import check_directory
from bot.checks.finding import Finding
from bot.checks.locales import DOMAINS, check_locales
from bot.checks.nlu import check_nlu
from bot.checks.stay import check_stay
from bot.checks.topic_services import check_topic_services, topics_understood
from bot.errors import BadContent
from bot.i18n import load_locales


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the files to check are; `code` is the package whose messages are translated."""

    content: Path
    locales: Path
    nlu: Path
    code: Path


def check_all(folders: Folders, today: date) -> list[Finding]:
    """Every finding, by file and line; nothing is changed."""
    findings = check_texts(folders, today)
    findings += check_locales(folders.locales, folders.code)
    topics = _topics(folders.content)
    findings += check_nlu(folders.nlu, topics)
    known = topics_understood(folders.nlu) | set(topics)
    findings += check_topic_services(folders.content / "directory", known)
    return _in_order(findings)


def check_texts(folders: Folders, today: date) -> list[Finding]:
    """What an editor of texts is told: content with directory and glossary."""
    known, findings = check_directory(folders.content / "directory")
    try:
        locales = load_locales(folders.locales, "bot", DOMAINS["bot"])
    except BadContent:  # check_locales reports it
        locales = None
    findings += check_content(folders.content, known, today, locales)
    findings += check_stay(folders.content, known, today)
    return _in_order(findings)


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.path, finding.line))


def _topics(content: Path) -> tuple[str, ...]:
    try:
        return tuple(topic.id for topic in read_topics(content / "topics.yml"))
    except BadContent:  # check_content reports it
        return ()
