"""Checks of the rules about days: content/rules/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from babel import Locale
from babel.support import Translations

from bot.answers.facts import Fact, read_facts
from bot.answers.loader import readers_of
from bot.answers.yaml_lines import Entry, read_entry, read_file
from bot.checks.finding import Finding, Level, findings_of
from bot.checks.known_places import KnownPlaces, literal_names
from bot.checks.letters import wrong_letters
from bot.checks.numbers import differences, literal_phones, numbers
from bot.errors import BadContent
from bot.i18n import Locales, Words
from bot.languages import FALLBACK, Language
from bot.stay.loader import STAY_FILE, load_rules
from bot.stay.model import OTHER, Certainty, Occasion, Rule, Rules

# What fits into a button, and what a hurried reader still reads.
LONGEST = {"name": 45, "do": 260, "otherwise": 220, "late": 260}
# Whoever came has a last day.
MUST_HAVE_LIMIT = ("KG", "UZ", "TJ", "RU", OTHER)


def check_stay(folder: Path, known: KnownPlaces, today: date) -> Iterator[Finding]:
    """All findings about the rules of a content folder; it does not stop at the first."""
    path = folder / STAY_FILE
    bare = Locales(
        {language: Words(language, Locale.parse(language), Translations()) for language in Language}
    )
    try:
        readers = readers_of(folder, locales=bare, places=known.places, today=today)
    except BadContent:  # check_content reports it
        return
    try:
        rules = load_rules(folder, readers)
        file = read_entry(path, read_file(path))
        facts = read_facts(folder / "facts")
    except BadContent as exc:
        yield from findings_of(exc, str(path))
        return
    for rule, entry in zip(rules.all, file.entries("rules"), strict=True):
        yield from _facts(path, rule, entry, facts)
        yield from _texts(path, entry, known)
    yield from _limits(path, rules)
    yield from _days(path, file, rules, today)


def _facts(path: Path, rule: Rule, entry: Entry, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    line = entry.line_of("facts")
    for fact in rule.facts:
        if fact not in facts:
            yield Finding(str(path), line, f"“{rule.id}”: there is no fact “{fact}”")
    known = [facts[fact] for fact in rule.facts if fact in facts]
    if rule.certainty is Certainty.SOURCED and not any(fact.is_sourced for fact in known):
        message = f"“{rule.id}” is certain (S), but no fact it names has a source"
        yield Finding(str(path), line, message)
    named = [fact for fact in rule.facts if fact in rule.counted]
    if rule.facts and not named:
        message = f"“{rule.id}”: “counted” names none of the rule's facts"
        yield Finding(str(path), entry.line_of("counted"), message)


def _texts(path: Path, entry: Entry, known: KnownPlaces) -> Iterator[Finding]:
    for name, longest in LONGEST.items():
        if not entry.has(name):
            continue
        texts = entry.entry(name)
        source = numbers(texts.text(FALLBACK))
        for language in Language:
            text, line = texts.text(language), texts.line_of(language)
            where = f"“{entry.text('id')}”, {name}"
            for _, problem in wrong_letters(text, language):
                yield Finding(str(path), line, f"{where}: {problem}")
            for _, phone in literal_phones(text, known.short_numbers):
                message = f"{where}: {phone} must be a reference such as {{phone:hotline-1414}}"
                yield Finding(str(path), line, message)
            for literal in literal_names(text, language, known):
                yield Finding(str(path), line, f"{where}: {literal.message}")
            missing, added = differences(source, numbers(text))
            if missing or added:
                message = f"{where}: other numbers than in Russian: {', '.join(missing + added)}"
                yield Finding(str(path), line, message)
            if len(text) > longest:
                message = f"{where} has {len(text)} characters, {longest} can be read in a hurry"
                yield Finding(str(path), line, message, Level.WARNING)


def _limits(path: Path, rules: Rules) -> Iterator[Finding]:
    for country in MUST_HAVE_LIMIT:
        holding = rules.holding(Occasion.ENTRY, country)
        if not any(rule.is_limit for rule in holding):
            message = f"no rule says the last day for “{country}”: one needs “limit: true”"
            yield Finding(str(path), 1, message)


def _days(path: Path, file: Entry, rules: Rules, today: date) -> Iterator[Finding]:
    if rules.is_overdue(today):
        message = "the rules should have been checked again"
        yield Finding(str(path), file.line_of("checked_on"), message, Level.WARNING)
    read = [source.day("read_on") for source in file.entries("sources")]
    if max([rules.checked_on, *read]) > today:
        yield Finding(str(path), file.line_of("checked_on"), "names a day that has not come yet")
