"""Reads content/rules/stay.yml: all of it, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.answers.model import Source
from bot.answers.render import REFERENCE, Reader
from bot.answers.text_file import REVIEW_STATES
from bot.answers.yaml_lines import Entry, read_entry, read_file
from bot.errors import BadContent
from bot.languages import Language
from bot.stay.model import (
    OTHER,
    Certainty,
    FirstDay,
    Kind,
    Occasion,
    Rule,
    Rules,
    Term,
    Texts,
    Window,
)

STAY_FILE = Path("rules") / "stay.yml"
# With "reminders:again:" before and ":2026-11-01" behind, an id must fit into a button's 64 bytes.
_ID = re.compile(r"[a-z][a-z0-9-]{1,29}")
_COUNTRY = re.compile(r"[A-Z]{2}")
ASK = "ask"  # stands for the number of a rule's own hotline
_TEXTS = ("name", "do", "otherwise", "late")
_NAMES = (
    *("id", "occasion", "citizenships", "days", "kind", "first_day", "before_limit", "window"),
    *("limit", "office", "from", "until", "facts", "counted", "source", "certainty", "ask"),
    *_TEXTS,
)

Readers = Mapping[Language, Reader]


def load_rules(folder: Path, readers: Readers) -> Rules:
    """The rules of a content folder; `readers` fill in phones, dates and amounts.

    Raises BadContent with one line “file:line: reason” for every rule that cannot be used.
    """
    path = folder / STAY_FILE
    file = read_entry(path, read_file(path))
    file.allow(
        *("checked_on", "review_every_days", "review", "sources", "asked_as", "arrived_as"),
        *("doubt", "rules"),
    )
    sources = {entry.text("key"): _source(entry) for entry in file.entries("sources")}
    rules, problems = [], []
    for entry in file.entries("rules"):
        try:
            rules.append(_rule(entry, sources, readers, file.entry("doubt")))
        except BadContent as exc:
            problems.append(str(exc))
    problems += _twice(file, rules)
    if problems:
        raise BadContent("\n".join(problems))
    return Rules(
        all=tuple(rules),
        asked_as=_phrases(file.entry("asked_as")),
        arrived_as=_phrases(file.entry("arrived_as")),
        checked_on=file.day("checked_on"),
        review_every_days=file.whole("review_every_days"),
        is_draft=_one_of(file, "review", REVIEW_STATES) == REVIEW_STATES[0],
    )


def _phrases(entry: Entry) -> dict[Language, tuple[str, ...]]:
    entry.allow(*Language)
    return {language: entry.texts(language) for language in Language}


def _source(entry: Entry) -> Source:
    entry.allow("key", "title", "address", "read_on")
    return Source(entry.text("title"), entry.text("address"), entry.day("read_on"))


def _twice(file: Entry, rules: list[Rule]) -> list[str]:
    ids = [rule.id for rule in rules]
    return [
        str(entry.refuse(f"the rule “{entry.text('id')}” is written twice", "id"))
        for entry in file.entries("rules")
        if ids.count(entry.text("id")) > 1
    ]


def _rule(entry: Entry, sources: Mapping[str, Source], readers: Readers, doubt: Entry) -> Rule:
    entry.allow(*_NAMES)
    rule_id, source = entry.text("id"), entry.text("source")
    if not _ID.fullmatch(rule_id):
        raise entry.refuse(f"“{rule_id}”: an id has a-z, 0-9 and -, at most 30 of them", "id")
    if source not in sources:
        raise entry.refuse(f"“{source}” is not among the sources above", "source")
    term = _term(entry)
    certainty = Certainty(_one_of(entry, "certainty", tuple(Certainty)))
    ask = entry.text("ask") if entry.has("ask") else None
    if (certainty is Certainty.SOURCED) != (ask is None):
        reason = "a doubtful rule (K, disputed) needs “ask”, a sourced one (S) has none"
        raise entry.refuse(reason, "certainty")
    return Rule(
        id=rule_id,
        occasion=Occasion(_one_of(entry, "occasion", tuple(Occasion))),
        citizenships=_citizenships(entry),
        term=term,
        before_limit=entry.whole("before_limit") if term is None else None,
        window=_window(entry),
        is_limit=entry.has("limit") and entry.flag("limit"),
        in_office=entry.has("office") and entry.flag("office"),
        since=entry.day("from") if entry.has("from") else None,
        until=entry.day("until") if entry.has("until") else None,
        facts=entry.texts("facts"),
        counted=entry.text("counted"),
        source=sources[source],
        certainty=certainty,
        ask=ask,
        texts={
            language: replace(
                _texts(entry, language, readers[language]),
                doubt=_doubt(doubt, certainty, language, _phone(entry, ask, readers[language])),
            )
            for language in Language
        },
    )


def _one_of(entry: Entry, name: str, known: tuple[str, ...]) -> str:
    value = entry.text(name)
    if value not in known:
        raise entry.refuse(f"“{value}” is not known here; known: {', '.join(known)}", name)
    return value


def _term(entry: Entry) -> Term | None:
    if entry.has("before_limit"):
        for name in ("days", "kind", "first_day", "window", "limit"):
            if entry.has(name):
                raise entry.refuse(f"“before_limit” and “{name}” cannot both be given", name)
        return None
    return Term(
        entry.whole("days"),
        Kind(_one_of(entry, "kind", tuple(Kind))),
        FirstDay(_one_of(entry, "first_day", tuple(FirstDay))),
    )


def _window(entry: Entry) -> Window | None:
    if not entry.has("window"):
        return None
    window = entry.entry("window")
    window.allow("days", "of")
    return Window(window.whole("days"), window.whole("of"))


def _citizenships(entry: Entry) -> tuple[str, ...]:
    if entry.written("citizenships") == "all":
        return ()
    codes = entry.texts("citizenships")
    for code in codes:
        if code != OTHER and not _COUNTRY.fullmatch(code):
            raise entry.refuse(f"“{code}” is not a country such as KG, nor “other”", "citizenships")
    if not codes:
        raise entry.refuse("name countries, or write “all”", "citizenships")
    return codes


def _texts(entry: Entry, language: Language, reader: Reader) -> Texts:
    late = _text(entry, "late", language, reader) if entry.has("late") else ""
    name, do, otherwise = (_text(entry, name, language, reader) for name in _TEXTS[:3])
    return Texts(name, do, otherwise, late)


def _phone(entry: Entry, ask: str | None, reader: Reader) -> str:
    """The number to check a doubtful rule at."""
    if ask is None:
        return ""
    if (phone := reader.places.phone(ask)) is None:
        raise entry.refuse(f"“{ask}” is no hotline with a number", "ask")
    return phone


def _doubt(doubt: Entry, certainty: Certainty, language: Language, phone: str) -> str:
    """What is said below a doubtful rule; nothing below a sourced one."""
    if certainty is Certainty.SOURCED:
        return ""
    by_language = doubt.entry(certainty)
    by_language.allow(*Language)
    text = by_language.text(language)
    if REFERENCE.findall(text) != [ASK]:
        raise by_language.refuse("this says once where to check: “{ask}”", language)
    return text.replace(f"{{{ASK}}}", phone)


def _text(entry: Entry, name: str, language: Language, reader: Reader) -> str:
    """The text with its references filled in."""
    by_language = entry.entry(name)
    by_language.allow(*Language)
    pieces = REFERENCE.split(by_language.text(language))
    for number in range(1, len(pieces), 2):
        value = reader.reference(pieces[number])
        if value is None:
            reason = f"“{{{pieces[number]}}}” refers to nothing that exists"
            raise by_language.refuse(reason, language)
        # A date may end in a stop of its own, as in «2026 г.», before that of the sentence.
        stop = value.endswith(".") and pieces[number + 1].startswith(".")
        pieces[number] = value.removesuffix(".") if stop else value
    return "".join(pieces)
