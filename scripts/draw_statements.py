"""Draws statements of the Russian answers by lot, for people to audit.

Each comes with the facts it names and with the block at the same place in every translation:
`.venv/bin/python scripts/draw_statements.py --seed 2026 --count 20`
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.answers.facts import Fact, read_facts
from bot.answers.text_file import Section, TextFile, read_text_file
from bot.checks.tracing import Block, blocks_of
from bot.languages import FALLBACK, Language

CONTENT = ROOT / "content"
ANSWERS = CONTENT / "answers"


@dataclass(frozen=True, slots=True)
class Statement:
    """A Russian list item or paragraph that names facts, and its place in the file."""

    path: Path
    part: str
    number: int
    text: str
    facts: tuple[Fact, ...]


def main() -> None:
    """Prints the drawn statements in the order of the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=20)
    asked = parser.parse_args()
    pool = tuple(statements(read_facts(CONTENT / "facts")))
    chosen = draw(pool, asked.seed, asked.count)
    print(f"{len(chosen)} of {len(pool)} statements, seed {asked.seed}")
    for number, statement in enumerate(chosen, start=1):
        print(f"\n## {number}", *described(statement), sep="\n")


def draw(pool: tuple[Statement, ...], seed: int, count: int) -> tuple[Statement, ...]:
    """So many of the pool, the same for the same seed; in the order of the pool."""
    places = random.Random(seed).sample(range(len(pool)), min(count, len(pool)))
    return tuple(pool[place] for place in sorted(places))


def statements(facts: Mapping[str, Fact]) -> Iterator[Statement]:
    """All blocks of the Russian answers that name a fact, files in alphabetical order."""
    for path in sorted(ANSWERS.glob(f"*/*/{FALLBACK}.md")):
        for section in read_text_file(path, FALLBACK, has_parts=True).sections:
            for number, block in enumerate(blocks_of(section)):
                if named := tuple(facts_of(section, block, facts)):
                    yield Statement(path, section.name, number, block.text, named)


def facts_of(section: Section, block: Block, facts: Mapping[str, Fact]) -> Iterator[Fact]:
    """The facts named in the comments of a block."""
    for comment in section.comments:
        if block.first <= comment.line <= block.last:
            yield from (facts[name] for name in comment.text.split() if name in facts)


def described(statement: Statement) -> Iterator[str]:
    """The lines that show a statement."""
    yield f"{statement.path.relative_to(ROOT)}, {statement.part}"
    yield f"{FALLBACK}: {statement.text}"
    for language in Language:
        if language is not FALLBACK:
            path = statement.path.with_name(f"{language}.md")
            translation = read_text_file(path, language, has_parts=True)
            yield f"{language}: {counterpart(statement, translation)}"
    yield from (f"- {fact.id}: {fact.text}" for fact in statement.facts)


def counterpart(statement: Statement, translation: TextFile) -> str:
    """The text at the same place of a translation."""
    for section in translation.sections:
        if section.name == statement.part:
            blocks = blocks_of(section)
            if statement.number < len(blocks):
                return blocks[statement.number].text
    return "(nothing stands at this place)"


if __name__ == "__main__":
    main()
