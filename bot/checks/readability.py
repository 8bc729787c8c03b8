"""How hard a text is to read: a simplified LIX, with limits measured on our own texts.

    LIX = words per sentence + percent of long words

A sentence ends at . ! ? … or : and at the end of a line. References such as {mci:25} and
numbers are no words. What counts as a long word differs by language, because Kyrgyz, Kazakh and
Uzbek put into one word's endings what Tajik says in three words: N is chosen so that about a
quarter of the words of our texts are longer. The limit is what nineteen in twenty parts of the
first fifteen topics stay below. Parts of fewer than 30 words are too short to measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.render import REFERENCE
from bot.answers.text_file import TextFile
from bot.checks.finding import Finding, Level
from bot.languages import Language

FEWEST_WORDS = 30

_JOINING = "ʻʼ’'-"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_JOINING}][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:]+(?=\s|\*|$)|\n")


@dataclass(frozen=True, slots=True)
class Norm:
    """Words of more letters than `letters` are long; a LIX above `limit` is hard."""

    letters: int
    limit: int


NORMS = {
    Language.KY: Norm(7, 50),
    Language.TG: Norm(6, 46),
    Language.UZ: Norm(8, 40),
    Language.RU: Norm(7, 42),
    Language.KK: Norm(7, 46),
}


@dataclass(frozen=True, slots=True)
class Readability:
    """What the formula says of a text."""

    words: int
    words_per_sentence: float
    long_percent: float

    @property
    def lix(self) -> float:
        """The formula: the higher, the harder."""
        return self.words_per_sentence + self.long_percent


def readability(text: str, language: Language) -> Readability:
    """Measures a text as it is written, with its markup."""
    plain = REFERENCE.sub(" ", text)
    words = _WORD.findall(plain)
    if not words:
        return Readability(0, 0.0, 0.0)
    sentences = sum(1 for piece in _SENTENCE_END.split(plain) if _WORD.search(piece))
    longer = sum(_letters(word) > NORMS[language].letters for word in words)
    return Readability(len(words), len(words) / sentences, 100 * longer / len(words))


def _letters(word: str) -> int:
    return sum(letter not in _JOINING for letter in word)


def hard_to_read(text: TextFile) -> Iterator[Finding]:
    """The parts of a text that are harder than ours usually are, as warnings."""
    norm = NORMS[text.language]
    for section in text.sections:
        found = readability(section.text, text.language)
        if found.words < FEWEST_WORDS or found.lix <= norm.limit:
            continue
        message = (
            f"“{section.name or 'the card'}” is hard to read: {found.words_per_sentence:.1f} words "
            f"a sentence + {found.long_percent:.0f} % words of more than {norm.letters} letters = "
            f"{found.lix:.0f}, above {norm.limit}; write shorter sentences or plainer words"
        )
        yield Finding(str(text.path), section.line, message, Level.WARNING)
