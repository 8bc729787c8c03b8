"""One message's way from words to meaning: danger words first, then Rasa, then the decision."""

from __future__ import annotations

import re
from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from bot.spelling import NUMBER, tokens
from bot.understanding.decision import Thresholds, decide, nothing_understood
from bot.understanding.model import Danger, Parse, Understanding
from bot.understanding.word_lists import WordLists

_REMEMBERED = 2048
# Rasa's answer does not change after the first few hundred words of a story.
_LONGEST = 2000
_MASHED = re.compile("[бвгджзклмнпрстфхцчшщ]{6}")


class Parser(Protocol):
    """Anything that gives Rasa's figures for a text."""

    async def parse(self, text: str) -> Parse: ...


class Understander:
    """Understands messages as long as Rasa answers, and finds danger even when it does not."""

    def __init__(self, parser: Parser, words: WordLists, thresholds: Thresholds) -> None:
        self._parser = parser
        self._words = words
        self._thresholds = thresholds
        self._known: OrderedDict[bytes, Parse] = OrderedDict()

    @classmethod
    def load(cls, parser: Parser, nlu_folder: Path) -> Understander:
        """With the danger words and the learnt numbers of the `nlu` folder."""
        words = WordLists.load(nlu_folder / "urgent_words")
        return cls(parser, words, Thresholds.load(nlu_folder / "decision.yml"))

    def dangers(self, text: str) -> tuple[Danger, ...]:
        """The kinds of danger the words speak of, gravest first; needs neither Rasa nor disk."""
        return self._words.dangers(text)

    async def understand(
        self, text: str, *, language: str | None, topic: str | None = None
    ) -> Understanding:
        """What the message means to somebody who chose `language` and is at `topic`.

        Raises UnderstandingUnavailable without Rasa; the caller still has `dangers(text)`.
        """
        if not has_words(text):
            return nothing_understood(self.dangers(text))
        parse = await self._parse(text[:_LONGEST])
        hits = self._words.hits(text)
        return decide(parse, hits, self._thresholds, language=language, topic=topic)

    def forget(self) -> None:
        """Ask Rasa anew about everything: it has learnt something else."""
        self._known.clear()

    async def _parse(self, text: str) -> Parse:
        key = _digest(text)
        known = self._known.get(key)
        if known is None:
            known = await self._parser.parse(text)
        self._known[key] = known
        self._known.move_to_end(key)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return known


def has_words(text: str) -> bool:
    """False for dots, numbers, a single letter, or keys hit at random; an emoji counts as words."""
    words = [word for word in tokens(text) if word != NUMBER]
    return any(not word.isalpha() or _is_word(word) for word in words)


def _is_word(word: str) -> bool:
    return len(word) > 1 and not _MASHED.search(word)


def _digest(text: str) -> bytes:
    """What a person wrote is recognised again without being kept."""
    normal = " ".join(text.lower().split())
    return blake2b(normal.encode(), digest_size=16).digest()
