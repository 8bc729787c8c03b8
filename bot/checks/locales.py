"""Checks of buttons and prompts: locales/."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.checks.finding import Finding, Level, findings_of
from bot.checks.letters import wrong_letters
from bot.checks.used_messages import Used, used_messages
from bot.errors import BadContent
from bot.languages import DESK_LANGUAGES, Language

DOMAINS = {"bot": tuple(language.value for language in Language), "desk": DESK_LANGUAGES}

_TAG = re.compile(r"</?[a-z][^>]*>")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def check_locales(folder: Path, code: Path) -> Iterator[Finding]:
    """All findings about the .po files, compared with the messages the code uses."""
    for domain, languages in DOMAINS.items():
        try:
            used = used_messages(code, domain)
        except BadContent as exc:
            yield from findings_of(exc, str(code))
            continue
        for language in languages:
            path = folder / language / "LC_MESSAGES" / f"{domain}.po"
            yield from check_file(path, language, used)


def check_file(path: Path, language: str, used: tuple[Used, ...]) -> Iterator[Finding]:
    """All findings about one .po file."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except FileNotFoundError:
        yield Finding(str(path), 1, "this file is missing")
        return
    except (PoFileError, ValueError, OSError) as exc:
        yield Finding(str(path), 1, f"cannot be read: {exc}")
        return
    yield from _missing(path, catalogue, used)
    wanted = {one.text for one in used}
    for message in catalogue:
        if not message.id:
            continue
        for problem, level in _problems(message, catalogue, language, wanted):
            yield Finding(str(path), message.lineno or 1, problem, level)


def _missing(path: Path, catalogue: Catalog, used: tuple[Used, ...]) -> Iterator[Finding]:
    for one in dict.fromkeys((used_one.text, used_one.many) for used_one in used):
        text, many = one
        message = catalogue.get(text)
        where = next(used_one for used_one in used if (used_one.text, used_one.many) == one)
        place = f"{where.path}:{where.line}"
        if message is None:
            yield Finding(str(path), 1, f"“{_short(text)}” is missing (used in {place})")
        elif many is not None and (not message.pluralizable or message.id[1] != many):
            yield Finding(str(path), message.lineno or 1, f"“{_short(text)}” needs plural forms")


def _problems(
    message: Message, catalogue: Catalog, language: str, wanted: set[str]
) -> Iterator[tuple[str, Level]]:
    sources, texts = _texts(message.id), _texts(message.string)
    name = _short(sources[0])
    if sources[0] not in wanted:
        yield f"“{name}” is not used any more", Level.WARNING
    filled = sum(bool(text.strip()) for text in texts)
    if message.fuzzy or not filled:
        yield f"“{name}” is not translated", Level.ERROR
        return
    if filled < len(texts) or (message.pluralizable and filled < catalogue.num_plurals):
        yield f"“{name}” has {filled} of {catalogue.num_plurals} plural forms", Level.ERROR
        return
    for text in texts:
        yield from ((f"“{name}”: {why}", Level.ERROR) for why in _differences(sources[-1], text))
        for _, problem in wrong_letters(_without_markup(text), language):
            yield f"“{name}”: {problem}", Level.ERROR


def _texts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (value or "",) if isinstance(value, str | None) else tuple(value)


def _differences(source: str, text: str) -> Iterator[str]:
    try:
        wanted, found = _placeholders(source), _placeholders(text)
    except ValueError:
        yield "a “{” or “}” stands alone"
        return
    for name in sorted(wanted - found):
        yield f"{{{name}}} is missing"
    for name in sorted(found - wanted):
        yield f"{{{name}}} does not exist in the English message"
    if Counter(_TAG.findall(source)) != Counter(_TAG.findall(text)):
        yield "other tags (<b>, <i>) than in the English message"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _without_markup(text: str) -> str:
    return _PLACEHOLDER.sub(" ", _TAG.sub(" ", text))


def _short(text: str) -> str:
    first = text.splitlines()[0]
    return first if len(first) <= 60 else first[:57] + "…"
