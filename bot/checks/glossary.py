"""Checks of the glossary: one word per concept in every language, in its own letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.answers.registry import read_glossary
from bot.checks.finding import Finding, findings_of
from bot.checks.letters import wrong_letters
from bot.errors import BadContent


def check_glossary(path: Path) -> Iterator[Finding]:
    """All findings about the glossary."""
    try:
        terms = read_glossary(path)
    except BadContent as exc:
        yield from findings_of(exc, str(path))
        return
    seen = dict[str, int]()
    for term in terms:
        if (first := seen.setdefault(term.id, term.line)) != term.line:
            yield Finding(str(path), term.line, f"“{term.id}” is written in line {first} too")
        for language, text in term.words.items():
            for _, problem in wrong_letters(text, language):
                yield Finding(str(path), term.line, problem)
