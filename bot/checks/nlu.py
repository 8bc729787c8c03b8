"""Checks of the training phrases and urgent words: nlu/."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from bot.checks.finding import Finding, Level, findings_of
from bot.checks.labelled import check_test_phrases
from bot.checks.letters import wrong_letters_in_chat
from bot.checks.phrases import Phrase, normal, read_phrases
from bot.errors import BadContent
from bot.languages import Language
from bot.understanding.model import ASPECTS, CONTROL
from bot.understanding.word_lists import WordLists

_BRACKETS = set("[](){}")


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
    intents = {phrase.intent for phrases in by_language.values() for phrase in phrases}
    for code, phrases in by_language.items():
        yield from check_test_phrases(folder / "phrases", code, phrases, intents)
    yield from check_urgent_words(folder / "urgent_words")


def check_phrases(phrases: list[Phrase], language: str) -> Iterator[Finding]:
    """Phrases of one language: under one intent only, in its own letters, without brackets."""
    first: dict[str, Phrase] = {}
    for phrase in phrases:
        path = str(phrase.path)
        same = first.setdefault(normal(phrase.text), phrase)
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
