"""Checks of the training phrases and urgent words: nlu/."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.checks.finding import Finding, Level, findings_of
from bot.checks.letters import wrong_letters_in_chat
from bot.errors import BadContent
from bot.languages import Language
from bot.understanding.model import ASPECTS, CONTROL
from bot.understanding.word_lists import WordLists

_BRACKETS = set("[](){}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One example of an intent, where it is written."""

    path: Path
    line: int
    intent: str
    text: str


def check_nlu(folder: Path, topics: Collection[str]) -> Iterator[Finding]:
    """All findings about training phrases and urgent words; `topics` are those with answers."""
    by_language: dict[str, list[Phrase]] = {}
    for language in Language:
        phrases = by_language.setdefault(language, [])
        files = sorted((folder / "training" / language).glob("*.yml"))
        if not files:
            path = folder / "training" / language
            yield Finding(str(path), 1, "no training phrases in this language")
        for path in files:
            try:
                phrases.extend(read_phrases(path))
            except BadContent as exc:
                yield from findings_of(exc, str(path))
        yield from check_phrases(phrases, language)
    yield from check_intents(by_language, topics)
    yield from check_urgent_words(folder / "urgent_words")


def read_phrases(path: Path) -> tuple[Phrase, ...]:
    """The phrases of a training file. Raises BadContent with file and line."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        raise BadContent(f"{path}:{line}: not valid YAML: {exc.problem}") from exc
    blocks = _fields(path, root).get("nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        raise BadContent(f"{path}:1: the file needs a list “nlu:”")
    return tuple(phrase for block in blocks.value for phrase in _block(path, block))


def _block(path: Path, node: yaml.Node) -> Iterator[Phrase]:
    fields = _fields(path, node)
    line = node.start_mark.line + 1
    intent, examples = fields.get("intent"), fields.get("examples")
    if not isinstance(intent, yaml.ScalarNode) or not isinstance(examples, yaml.ScalarNode):
        raise BadContent(f"{path}:{line}: a block needs “intent:” and “examples: |”")
    for name in fields:
        if name not in {"intent", "examples", "metadata"}:
            raise BadContent(f"{path}:{line}: “{name}” means nothing here")
    metadata = fields.get("metadata")
    if metadata is not None:
        urgent = _fields(path, metadata).get("urgent")
        if not isinstance(urgent, yaml.ScalarNode) or urgent.value not in {"true", "false"}:
            raise BadContent(f"{path}:{line}: metadata is “urgent: true” or “urgent: false”")
    # The phrases begin in the line after "examples: |".
    for number, text in enumerate(examples.value.splitlines(), examples.start_mark.line + 2):
        if not text.startswith("- ") or not text[2:].strip():
            raise BadContent(f"{path}:{number}: a phrase stands in one line, after “- ”")
        yield Phrase(path, number, intent.value, text[2:].strip())


def _fields(path: Path, node: yaml.Node | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node is not None else 1
        raise BadContent(f"{path}:{line}: expected lines of the form “name: value”")
    return {key.value: value for key, value in node.value}


def check_phrases(phrases: list[Phrase], language: str) -> Iterator[Finding]:
    """Phrases of one language: under one intent only, in its own letters, without brackets."""
    first: dict[str, Phrase] = {}
    for phrase in phrases:
        path = str(phrase.path)
        same = first.setdefault(" ".join(phrase.text.casefold().split()), phrase)
        if same.intent != phrase.intent:
            place = f"{same.path.name}:{same.line}"
            message = f"«{phrase.text}» stands under “{same.intent}” too ({place})"
            yield Finding(path, phrase.line, message)
        elif same is not phrase:
            yield Finding(path, phrase.line, f"«{phrase.text}» is written twice", Level.WARNING)
        if _BRACKETS & set(phrase.text):
            yield Finding(path, phrase.line, "brackets mean something else to Rasa: leave them out")
        # Russian phrases are also those of people who mix words of their own language in.
        if language != Language.RU and (problem := wrong_letters_in_chat(phrase.text, language)):
            yield Finding(path, phrase.line, problem, Level.WARNING)


def check_intents(
    by_language: dict[str, list[Phrase]], topics: Collection[str]
) -> Iterator[Finding]:
    """Every intent is known, and every topic with an answer can be asked for in every language.

    The phrases know more topics than have answers so far: such an intent is taken for a topic
    when all languages have it, and for a typing error when only some do.
    """
    seen: defaultdict[str, dict[str, Phrase]] = defaultdict(dict)
    for language, phrases in by_language.items():
        for phrase in phrases:
            seen[phrase.intent].setdefault(language, phrase)
    for intent, phrases_in in seen.items():
        lacking = [language for language in by_language if language not in phrases_in]
        for phrase in phrases_in.values() if lacking else ():
            message = f"“{intent}” has no phrases in: {', '.join(lacking)} (or is misspelled)"
            yield Finding(str(phrase.path), phrase.line, message)
    for intent in sorted((CONTROL | ASPECTS | set(topics)) - set(seen)):
        message = f"“{intent}” has no phrases in any language"
        path = next((p[0].path.parent.parent for p in by_language.values() if p), Path("nlu"))
        yield Finding(str(path), 1, message)


def check_urgent_words(folder: Path) -> Iterator[Finding]:
    """The lists that find danger without Rasa can be read, for every language."""
    for language in Language:
        path = folder / f"{language}.yml"
        if not path.is_file():
            yield Finding(str(path), 1, "this file is missing")
    try:
        WordLists.load(folder)
    except BadContent as exc:
        yield from findings_of(exc, str(folder))
