"""Fakes that many tests share. Each can be switched off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.delivery.card import Card
from bot.errors import DeliveryError, UnderstandingUnavailable
from bot.understanding.model import Certainty, Danger, Guess, Understanding, is_topic


def meaning(
    intent: str | None = None,
    *,
    certainty: Certainty = Certainty.CERTAIN,
    others: tuple[str, ...] = (),
    language: str | None = None,
    danger: Danger | None = None,
) -> Understanding:
    """An understanding as a test wants it."""
    guesses = tuple(
        Guess(name, 0.9 / (place + 1))
        for place, name in enumerate((*((intent,) if intent else ()), *others))
    )
    known = certainty is not Certainty.UNKNOWN and intent is not None
    aspect = intent if known and intent and intent.startswith("ask-") else None
    topic = intent if known and intent and is_topic(intent) else None
    return Understanding(
        topic=topic,
        aspect=aspect,
        control=intent if known and not topic and not aspect else None,
        confidence=guesses[0].confidence if guesses else 0.0,
        ranking=guesses,
        language=language,
        language_confidence=0.99 if language else 0.0,
        urgent=danger is not None,
        danger=danger,
        certainty=certainty,
    )


NOTHING = meaning(certainty=Certainty.UNKNOWN)


class FakeUnderstander:
    """Knows the phrases a test taught it, and can be switched off."""

    def __init__(self, known: dict[str, Understanding] | None = None) -> None:
        self.known = known or {}
        self.heard: list[tuple[str, str, str | None]] = []
        self.down = False
        # What happens elsewhere, once, while a message is being understood.
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    async def understand(
        self, text: str, *, language: str, topic: str | None = None
    ) -> Understanding:
        self.heard.append((language, text, topic))
        if (happens := self.meanwhile) is not None:
            self.meanwhile = None
            await happens()
        if self.down:
            raise UnderstandingUnavailable("switched off by a test")
        return self.known.get(text, NOTHING)

    def dangers(self, text: str) -> tuple[Danger, ...]:
        found = self.known.get(text, NOTHING).danger
        return (found,) if found is not None else ()


class FakeChannel:
    """Remembers what was sent; fails as often as a test says."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, Card]] = []
        self.problems: list[DeliveryError] = []

    async def send(self, address: int, card: Card) -> int | None:
        if self.problems:
            raise self.problems.pop(0)
        self.sent.append((address, card))
        return len(self.sent)
