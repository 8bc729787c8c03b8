"""What was understood of one message, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How far an understanding may be acted upon."""

    CERTAIN = "certain"  # answer
    UNSURE = "unsure"  # ask "did you mean"
    UNKNOWN = "unknown"  # say so, offer search and a person


class Danger(StrEnum):
    """The safety cards: what kind of harm a message speaks of."""

    MEDICAL = "medical"
    SELF_HARM = "self-harm"
    MISSING_CHILD = "missing-child"
    VIOLENCE = "violence"
    TRAFFICKING = "trafficking"
    DETENTION = "detention"
    NO_SHELTER = "no-shelter"
    DANGER = "danger"  # urgent, but of no kind we can name


@dataclass(frozen=True, slots=True)
class Guess:
    """One intent the message may carry, with the share of cases in which that is right."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """One language the message may be written in, with its probability."""

    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Parse:
    """Rasa's answer to one message, before anything is decided."""

    ranking: tuple[Guess, ...]
    languages: tuple[LanguageGuess, ...]
    urgency: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message is about, how sure that is, and whether somebody is in danger.

    At most one of topic, aspect and control is set, none when the certainty is UNKNOWN.
    The ranking holds topics and control intents only, besides aspects of a current topic.
    """

    topic: str | None
    aspect: str | None
    control: str | None
    confidence: float
    ranking: tuple[Guess, ...]
    language: str | None
    language_confidence: float
    urgent: bool
    danger: Danger | None
    certainty: Certainty

    @property
    def topics(self) -> tuple[Guess, ...]:
        """The topics among the guesses, best first."""
        from_ranking = (guess for guess in self.ranking if is_topic(guess.intent))
        return tuple(from_ranking)


OUT_OF_SCOPE = "out-of-scope"
CONTROL = frozenset(
    {
        "greet",
        "goodbye",
        "thanks",
        "bot-help",
        "bot-identity",
        "change-language",
        "affirm",
        "deny",
        "repeat",
        "delete-data",
        "complain",
        OUT_OF_SCOPE,
    }
)
ASPECTS = frozenset(
    {
        "ask-documents",
        "ask-cost",
        "ask-deadline",
        "ask-place",
        "ask-steps",
        "ask-without-documents",
    }
)


def is_topic(intent: str) -> bool:
    """Everything that is neither a control intent nor an aspect is a topic."""
    return intent not in CONTROL and intent not in ASPECTS
