"""All checks of the files people edit, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.answers.registry import read_topics
from bot.checks.content import check_content
from bot.checks.directory import check_directory
from bot.checks.finding import Finding
from bot.checks.locales import check_locales
from bot.checks.nlu import check_nlu
from bot.errors import BadContent


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the files to check are; `code` is the package whose messages are translated."""

    content: Path
    locales: Path
    nlu: Path
    code: Path


def check_all(folders: Folders, today: date) -> list[Finding]:
    """Every finding, by file and line; nothing is changed."""
    phones, findings = check_directory(folders.content / "directory")
    findings += check_content(folders.content, phones, today)
    findings += check_locales(folders.locales, folders.code)
    findings += check_nlu(folders.nlu, _topics(folders.content))
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.path, finding.line))


def _topics(content: Path) -> tuple[str, ...]:
    try:
        return tuple(topic.id for topic in read_topics(content / "topics.yml"))
    except BadContent:  # check_content reports it
        return ()
