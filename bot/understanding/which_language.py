"""When a message is evidence that its writer uses another language than they chose."""

from __future__ import annotations

from bot.languages import Language, language_or_none
from bot.spelling import tokens
from bot.understanding.model import Understanding

# Below this one message in twenty is misjudged; a person's own choice is the better guess.
_SURE = 0.8
_FEWEST_WORDS = 2


def evident_language(text: str, understood: Understanding) -> Language | None:
    """The language a message is surely written in; None when that cannot be told.

    One word is ambiguous between Kyrgyz, Kazakh and Uzbek, so it is never evidence.
    """
    words = [word for word in tokens(text) if len(word) > 1]
    if len(words) < _FEWEST_WORDS or understood.language_confidence < _SURE:
        return None
    return language_or_none(understood.language)
