"""Whether every statement of the Russian texts stands on a fact that was collected."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

from bot.answers.comments import Comment
from bot.answers.facts import ADVICE, FACT_ID, Fact
from bot.answers.text_file import Section, TextFile
from bot.checks.finding import Finding, Level
from bot.languages import FALLBACK

# The beginnings of words that tell the reader that something may be otherwise.
HEDGES = (
    *("обычно", "чаще", "часто", "иногда", "бывает", "бывают", "возможно", "похоже", "примерно"),
    *("может", "могут", "не всегда", "не везде", "по-разному", "зависит", "как правило", "около"),
    *("уточн", "спрос", "узнай", "проверь"),
)
_HEDGE = re.compile(rf"(?<!\w)(?:{'|'.join(HEDGES)})", re.IGNORECASE)
_MARKDOWN = MarkdownIt("commonmark")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the texts may refer to: facts by id, and sections of the fact files."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    sections: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A list item or paragraph, from its first to its last line in the file."""

    first: int
    last: int
    text: str


def untraced(text: TextFile, ground: Ground, *, every_block: bool) -> Iterator[Finding]:
    """What is wrong with the comments that name facts.

    With `every_block` each list item and paragraph needs one; safety cards may go without.
    Only Russian texts have such comments: translations follow the Russian text.
    """
    if text.language is not FALLBACK:
        for section in text.sections:
            for comment in section.comments:
                message = "comments stand in the Russian text only: translations need none"
                yield Finding(str(text.path), comment.line, message)
        return
    for name in text.facts:
        if name not in ground.sections:
            message = f"“facts”: there is no section “{name}” in content/facts"
            yield Finding(str(text.path), text.facts_line, message)
    for section in text.sections:
        yield from _section(text, section, ground, every_block=every_block)


def _section(
    text: TextFile, section: Section, ground: Ground, *, every_block: bool
) -> Iterator[Finding]:
    path = str(text.path)
    for comment in section.comments:
        for problem in _comment_problems(comment, ground):
            yield Finding(path, comment.line, problem)
    blocks = blocks_of(section)
    for comment in section.comments:
        if not any(block.first <= comment.line <= block.last for block in blocks):
            message = "a comment stands at the end of the sentence it belongs to, in the same line"
            yield Finding(path, comment.line, message)
    for block in blocks:
        of_block = [one for one in section.comments if block.first <= one.line <= block.last]
        if every_block and not any(one.line == block.last for one in of_block):
            yield Finding(path, block.last, f"«{_beginning(block)}» names no fact: {_HOW}")
        elif _is_unconfirmed(of_block, ground) and not _HEDGE.search(block.text):
            message = (
                f"«{_beginning(block)}» rests on facts no source confirms: word it with care "
                "(«обычно», «уточните …»)"
            )
            yield Finding(path, block.last, message, Level.WARNING)


_HOW = "end it with <!-- topic.number --> from content/facts, or <!-- advice --> for plain advice"


def blocks_of(section: Section) -> tuple[Block, ...]:
    """The list items and paragraphs of a section."""
    return tuple(
        Block(section.line + token.map[0], section.line + token.map[1] - 1, token.content)
        for token in _MARKDOWN.parse(section.text)
        if token.type == "inline" and token.map is not None
    )


def _comment_problems(comment: Comment, ground: Ground) -> Iterator[str]:
    names = comment.text.split()
    if not names:
        yield f"the comment is empty: {_HOW}"
    for name in names:
        if name == ADVICE:
            continue
        if not FACT_ID.fullmatch(name):
            yield f"“{name}” in a comment is no fact: write ids such as overstay.4, or advice"
        elif name not in ground.facts:
            yield f"there is no fact “{name}” in content/facts"


def _is_unconfirmed(comments: list[Comment], ground: Ground) -> bool:
    """Whether all the facts named say that no source was read.

    Lines without a tag are rules of conduct ("collect proof", "call first"): nobody is misled.
    """
    names = [name for comment in comments for name in comment.text.split()]
    facts = [ground.facts[name] for name in names if name in ground.facts]
    return bool(facts) and all(fact.grounds and not fact.is_sourced for fact in facts)


def _beginning(block: Block) -> str:
    words = block.text.replace("**", "").split()
    return " ".join(words[:5]) + (" …" if len(words) > 5 else "")
