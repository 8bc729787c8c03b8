"""Checks of the labelled test messages: nlu/phrases/."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from bot.checks.finding import Finding, findings_of
from bot.checks.phrases import Phrase, normal
from bot.errors import BadContent
from bot.text_files import read_file

COLUMNS = "lang\tscript\tnoise\tintent\talso\turgent\ttext"
NOISES = frozenset({"clean", "stripped", "translit", "typo", "mixed", "short", "story"})
FEWEST = 250


def check_test_phrases(
    folder: Path, language: str, trained: Collection[Phrase], intents: Collection[str]
) -> Iterator[Finding]:
    """One language's messages: enough of them, well labelled, and none that is trained on."""
    path = folder / f"{language}.tsv"
    try:
        head, *lines = read_file(path).splitlines() or [""]
    except BadContent as exc:
        yield from findings_of(exc, str(path))
        return
    if head != COLUMNS:
        yield Finding(str(path), 1, "the first line must be: " + COLUMNS.replace("\t", " "))
        return
    known = {normal(phrase.text) for phrase in trained}
    for number, line in enumerate(lines, 2):
        if problem := _problem(line, language, known, intents):
            yield Finding(str(path), number, problem)
    if len(lines) < FEWEST:
        yield Finding(str(path), 1, f"only {len(lines)} messages; a fair test needs {FEWEST}")


def _problem(
    line: str, language: str, known: Collection[str], intents: Collection[str]
) -> str | None:
    cells = line.split("\t")
    if len(cells) != COLUMNS.count("\t") + 1:
        return "a line has seven cells, with a tab between two"
    lang, _script, noise, intent, also, urgent, text = cells
    wrong = {intent, *also.split("|")} - {"-", ""} - set(intents)
    if lang != language:
        return f"“{lang}” stands in the file of “{language}”"
    if noise not in NOISES:
        return f"“{noise}” is not a kind of noise; kinds are: {', '.join(sorted(NOISES))}"
    if wrong:
        return f"“{min(wrong)}” is not an intent"
    if urgent not in {"0", "1"}:
        return "“urgent” is 0 or 1"
    if normal(text) in known:
        return f"«{text}» is a training phrase: a test must not be trained on"
    return None
