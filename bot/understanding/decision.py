"""From Rasa's figures to what the bot may act upon. Pure; the numbers are learnt (nlu/tune.py)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from pathlib import Path

import yaml

from bot.errors import BadContent
from bot.understanding.model import (
    ASPECTS,
    OUT_OF_SCOPE,
    Certainty,
    Danger,
    Guess,
    LanguageGuess,
    Parse,
    Understanding,
    is_topic,
)
from bot.understanding.word_lists import Hit

# The chosen language is about this many times likelier than any one of the others.
_CHOSEN_WEIGHT = 8.0

_LIKELY = 0.5

# Which safety card goes with a topic when the message about it is urgent.
DANGER_OF_TOPIC = {
    "domestic-violence": Danger.VIOLENCE,
    "trafficking": Danger.TRAFFICKING,
    "child-labour": Danger.TRAFFICKING,
    "missing-child": Danger.MISSING_CHILD,
    "emergency-care": Danger.MEDICAL,
    "pregnancy-care": Danger.MEDICAL,
    "psychological-help": Danger.SELF_HARM,
    "police-check": Danger.DETENTION,
    "deportation": Danger.DETENTION,
    "shelter": Danger.NO_SHELTER,
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """From which urgency the safety card comes first, in one language."""

    without_words: float  # the list of danger words found nothing
    own_words: float  # the list of the message's own language, or Russian, found some
    foreign_words: float  # only the list of another language found some


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The learnt numbers; every one is a confidence between 0 and 1 except the weight."""

    certain_topic: float  # from here a topic is answered without asking
    certain_confused: float  # the same when the runner-up is often the right one
    certain_control: float  # the same for greetings, thanks and the like
    certain_aspect: float  # the same for a follow-up about the current topic
    unsure: float  # from here a guess is worth a "did you mean"
    aspect_weight: float  # how much likelier a follow-up is while a topic is current
    alarms: dict[str, Alarm]
    confused: frozenset[tuple[str, str]]  # first guess and runner-up that are often swapped

    @classmethod
    def load(cls, path: Path) -> Thresholds:
        """Read `nlu/decision.yml`; raises BadContent when a number is missing or wrong."""
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            alarms = {name: Alarm(*map(float, row)) for name, row in content["alarms"].items()}
            confused = frozenset((str(first), str(second)) for first, second in content["confused"])
            numbers = {field.name: field for field in fields(cls)}.keys() - {"alarms", "confused"}
            return cls(
                **{name: float(content[name]) for name in numbers},
                alarms=alarms,
                confused=confused,
            )
        except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as exc:
            raise BadContent(f"{path}: {exc}") from exc

    def alarm(self, language: str | None) -> Alarm:
        """The alarm of a language; the earliest ringing one where it is not known."""
        if language in self.alarms:
            return self.alarms[language]
        every = self.alarms.values()
        return Alarm(
            min(alarm.without_words for alarm in every),
            min(alarm.own_words for alarm in every),
            min(alarm.foreign_words for alarm in every),
        )


def decide(
    parse: Parse,
    hits: Collection[Hit],
    thresholds: Thresholds,
    *,
    language: str | None,
    topic: str | None,
) -> Understanding:
    """What the message means to somebody who chose `language` and is at `topic`."""
    written_in = likeliest_language(parse.languages, language)
    ranking = _relevant(parse.ranking, thresholds, topic)
    best = ranking[0] if ranking else Guess(OUT_OF_SCOPE, 0.0)
    certainty = _certainty(best, ranking, thresholds)
    spoken = written_in.language if written_in else None
    urgent = parse.urgency >= _alarm_level(hits, spoken, thresholds)
    known = certainty is not Certainty.UNKNOWN
    aspect = best.intent if known and best.intent in ASPECTS else None
    about = best.intent if known and is_topic(best.intent) else None
    return Understanding(
        topic=about,
        aspect=aspect,
        control=best.intent if known and not about and not aspect else None,
        confidence=best.confidence,
        ranking=ranking,
        language=written_in.language if written_in else None,
        language_confidence=written_in.confidence if written_in else 0.0,
        urgent=urgent,
        danger=_danger(_gravest_first(hits), ranking) if urgent else None,
        certainty=certainty,
    )


def likeliest_language(
    languages: tuple[LanguageGuess, ...], chosen: str | None
) -> LanguageGuess | None:
    """The language of a message: what its letters say, and that people mostly keep to one."""
    weighed = [
        replace(guess, confidence=guess.confidence * _CHOSEN_WEIGHT)
        if guess.language == chosen
        else guess
        for guess in languages
    ]
    total = sum(guess.confidence for guess in weighed)
    if not total:
        return None
    best = max(weighed, key=lambda guess: guess.confidence)
    return replace(best, confidence=best.confidence / total)


def nothing_understood(dangers: tuple[Danger, ...]) -> Understanding:
    """A message without words we could ask Rasa about, such as a row of dots."""
    return Understanding(
        topic=None,
        aspect=None,
        control=None,
        confidence=0.0,
        ranking=(),
        language=None,
        language_confidence=0.0,
        urgent=bool(dangers),
        danger=dangers[0] if dangers else None,
        certainty=Certainty.UNKNOWN,
    )


def _relevant(
    ranking: tuple[Guess, ...], thresholds: Thresholds, topic: str | None
) -> tuple[Guess, ...]:
    """Follow-ups count more while a topic is current and not at all otherwise.

    Without a topic the others are not scaled up: "how much is it?" alone is about nothing.
    """
    if topic is None:
        return tuple(guess for guess in ranking if guess.intent not in ASPECTS)
    weighed = [
        (guess.intent, guess.confidence * _weight(guess.intent, thresholds)) for guess in ranking
    ]
    total = sum(weight for _, weight in weighed) or 1.0
    guesses = (Guess(name, weight / total) for name, weight in weighed)
    return tuple(sorted(guesses, key=lambda guess: -guess.confidence))


def _weight(intent: str, thresholds: Thresholds) -> float:
    return thresholds.aspect_weight if intent in ASPECTS else 1.0


def _alarm_level(hits: Collection[Hit], language: str | None, thresholds: Thresholds) -> float:
    """Words of danger bring the alarm forward, those of the message's own language most."""
    alarm = thresholds.alarm(language)
    if not hits:
        return alarm.without_words
    # Everybody mixes Russian in: its words count as one's own.
    own = any(hit.language in (language, "ru") for hit in hits)
    return alarm.own_words if own else alarm.foreign_words


def _gravest_first(hits: Collection[Hit]) -> tuple[Danger, ...]:
    found = {hit.danger for hit in hits}
    return tuple(danger for danger in Danger if danger in found)


def _certainty(best: Guess, ranking: tuple[Guess, ...], thresholds: Thresholds) -> Certainty:
    if is_topic(best.intent):
        second = ranking[1].intent if len(ranking) > 1 else ""
        often_swapped = (best.intent, second) in thresholds.confused
        enough = thresholds.certain_confused if often_swapped else thresholds.certain_topic
    elif best.intent in ASPECTS:
        enough = thresholds.certain_aspect
    else:
        enough = thresholds.certain_control
    if best.confidence >= enough:
        return Certainty.CERTAIN
    candidates = (guess for guess in ranking if guess.intent != OUT_OF_SCOPE)
    likeliest = max((guess.confidence for guess in candidates), default=0.0)
    return Certainty.UNSURE if likeliest >= thresholds.unsure else Certainty.UNKNOWN


def _is_about_police(ranking: tuple[Guess, ...]) -> bool:
    """Whoever was beaten by the police must not be told to call the police."""
    return bool(ranking) and ranking[0].intent == "police-check" and ranking[0].confidence > _LIKELY


def _danger(dangers: tuple[Danger, ...], ranking: tuple[Guess, ...]) -> Danger:
    """The card to show: what the words say, and what the topics say where words leave a choice."""
    by_topic = [DANGER_OF_TOPIC[g.intent] for g in ranking[:3] if g.intent in DANGER_OF_TOPIC]
    if not dangers:
        return by_topic[0] if by_topic else Danger.DANGER
    if dangers[0] is Danger.VIOLENCE and _is_about_police(ranking):
        return Danger.DETENTION
    return next((danger for danger in by_topic if danger in dangers), dangers[0])
