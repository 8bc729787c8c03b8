"""A message as words with their numbers, and numbers written in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.spelling import skeleton
from bot.understanding import entity_words as table

_APOSTROPHES = "'ʻʼ’‘`´"
_TOKEN = re.compile(
    r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)"  # 60 000, 60.000
    r"|\d+(?:[.,]\d+)?"
    rf"|[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]*)*"
    r"|[₸₽$]"
)
_THOUSANDS = re.compile(r"[ \u00a0\u202f.,](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or number as typed, its skeleton, and whether it stands right after the one before."""

    raw: str
    folded: str
    number: float | None
    glued: bool

    @property
    def apostrophe(self) -> bool:
        """True for spellings like «so'm»."""
        return any(sign in self.raw for sign in _APOSTROPHES)


def words_of(text: str) -> list[Word]:
    """The words and numbers of a text in order."""
    found, end = [], -1
    for match in _TOKEN.finditer(text.lower()):
        raw = match.group()
        number = _number(raw) if raw[0].isdigit() else None
        folded = skeleton(raw) if number is None else ""
        found.append(Word(raw, folded, number, glued=match.start() == end))
        end = match.end()
    return found


def number_at(words: list[Word], at: int) -> tuple[float, int] | None:
    """The number that begins at a word, in digits or words, and the place after it."""
    if words[at].number is not None:
        return _with_half(words, float(words[at].number or 0), at + 1)
    total, place = 0.0, at
    while place < len(words) and (value := table.NUMBERS.value(words[place].folded)) is not None:
        total = _added(total, float(value))
        place += 1
    return (total, place) if total else None


def glued_thousands(word: Word) -> bool:
    """True for the «к» of «60к»."""
    return word.glued and word.folded == "к"


def _added(total: float, value: float) -> float:
    return total * value if value == 100 and 1 <= total < 10 else total + value


def _with_half(words: list[Word], number: float, at: int) -> tuple[float, int]:
    if at < len(words) and table.NUMBERS.value(words[at].folded) == "0.5":
        return number + 0.5, at + 1
    return number, at


def _number(raw: str) -> float:
    whole = _THOUSANDS.sub("", raw)
    return float(whole.replace(",", "."))
