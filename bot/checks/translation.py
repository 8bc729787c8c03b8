"""Where a translation says something else than its Russian source, as far as numbers tell."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.front_matter import PENDING
from bot.answers.text_file import TextFile
from bot.checks.finding import Finding, Level
from bot.checks.numbers import differences, list_items, numbers


def compare(source: TextFile, translation: TextFile) -> Iterator[Finding]:
    """Numbers, references, list items and fingerprint of a translation beside the Russian."""
    path = str(translation.path)
    yield from _digest(source, translation)
    originals = {section.name: section for section in source.sections}
    for section in translation.sections:
        original = originals.get(section.name)
        if original is None:
            continue
        name = section.name or "the card"
        expected, found = numbers(original.text), numbers(section.text)
        missing, added = differences(expected, found)
        if missing:
            message = f"“{name}”: the Russian text has {', '.join(missing)}, this one has not"
            yield Finding(path, section.line, message)
        if added:
            message = f"“{name}”: {', '.join(added)} does not stand in the Russian text"
            yield Finding(path, section.line, message)
        if not missing and not added and expected != found:
            often = sorted(one for one in expected if expected[one] != found[one])
            message = f"“{name}”: {', '.join(often)} stands more or less often than in Russian"
            yield Finding(path, section.line, message, Level.WARNING)
        if list_items(original.text) != list_items(section.text):
            message = f"“{name}” has another number of list items than the Russian text"
            yield Finding(path, section.line, message, Level.WARNING)


def _digest(source: TextFile, translation: TextFile) -> Iterator[Finding]:
    if translation.source_digest == source.digest:
        return
    if translation.source_digest in {None, PENDING}:
        message = "not stamped: say with “bot content stamp” that this agrees with the Russian text"
    else:
        message = "the Russian text has changed since this was translated"
    yield Finding(str(translation.path), translation.digest_line, message, Level.WARNING)
