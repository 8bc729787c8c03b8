"""Whether somebody asks, in their own words, to have their days counted, or says they came."""

from __future__ import annotations

from rapidfuzz import fuzz

from bot.spelling import tokens
from bot.stay.model import Rules

# Another form or a slip of a word, such as "дней" for "дни".
ALIKE = 72.0
# Longer messages tell a story, and are understood as one.
LONGEST = 9


def asks_to_count(rules: Rules, text: str) -> bool:
    """Whether all words of a known way to ask stand in a short message, however spelt."""
    said = tokens(text)
    if not said or len(said) > LONGEST:
        return False
    return any(
        _stands_in(tokens(phrase), said) for known in rules.asked_as.values() for phrase in known
    )


def says_arrival(rules: Rules, text: str) -> bool:
    """Whether somebody says in a short message that they came; an answer to "What happened?"."""
    said = tokens(text)
    beginnings = tuple(
        word for known in rules.arrived_as.values() for one in known for word in tokens(one)
    )
    return len(said) <= LONGEST and any(word.startswith(beginnings) for word in said)


def _stands_in(phrase: tuple[str, ...], said: tuple[str, ...]) -> bool:
    return all(any(fuzz.ratio(word, other) >= ALIKE for other in said) for word in phrase)
