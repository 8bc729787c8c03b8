"""Numbers and references of a text, which must be the same in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bot.answers.render import REFERENCE

_LIST_NUMBER = re.compile(r"^\s*\d+\.\s", re.MULTILINE)
_LIST_ITEM = re.compile(r"^\s*(?:-|\d+\.)\s", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PHONE = re.compile(r"(?:\+7|(?<!\d)8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)")


def numbers(text: str) -> Counter[str]:
    """How often each number and each reference stands in a text; list numbers do not count."""
    found = Counter(f"{{{reference}}}" for reference in REFERENCE.findall(text))
    found.update(number.replace(",", ".") for number in _NUMBER.findall(_bare(text)))
    return found


def list_items(text: str) -> int:
    """How many list items a text has."""
    return len(_LIST_ITEM.findall(text))


def literal_phones(text: str, hotlines: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Phone numbers written out instead of referred to, with the number of their line."""
    for number, line in enumerate(text.splitlines()):
        bare = _bare(line)
        for phone in _PHONE.findall(bare):
            yield number, phone
        for short in _NUMBER.findall(_PHONE.sub(" ", bare)):
            if short in hotlines:
                yield number, short


def _bare(text: str) -> str:
    return REFERENCE.sub(" ", _LIST_NUMBER.sub("", text))


def differences(source: Counter[str], translation: Counter[str]) -> tuple[list[str], list[str]]:
    """What is missing in a translation, and what it has on top."""
    missing = sorted(number for number in source if number not in translation)
    added = sorted(number for number in translation if number not in source)
    return missing, added
