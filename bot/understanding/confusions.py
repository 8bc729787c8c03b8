"""Which topics are mistaken for which, in sentences an editor can act upon. No message texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.understanding.evaluate import Outcome

# One mistake may be chance; two of the same kind are worth an editor's hour.
_WORTH_SAYING = 2
_LONGEST = 12


def confusions(outcomes: Sequence[Outcome]) -> list[str]:
    """Confused pairs, the topics that take most messages from others, and missed danger."""
    return [*_pairs(outcomes), *_thieves(outcomes), *_alarms(outcomes)]


def _pairs(outcomes: Sequence[Outcome]) -> list[str]:
    pairs = Counter((o.row.intent, _first(o), o.row.language) for o in _wrong(outcomes))
    whole = Counter((o.row.intent, o.row.language) for o in outcomes)
    by_pair: dict[tuple[str, str], list[str]] = {}
    for (right, taken, language), count in sorted(pairs.items()):
        part = f"{language} {count} of {whole[right, language]}"
        by_pair.setdefault((right, taken), []).append(part)
    counts = Counter((o.row.intent, _first(o)) for o in _wrong(outcomes))
    return [
        f"“{right}” is mistaken for “{taken}” ({', '.join(by_pair[right, taken])}): "
        f"write phrases under both that tell them apart"
        for (right, taken), count in counts.most_common(_LONGEST)
        if count >= _WORTH_SAYING
    ]


def _thieves(outcomes: Sequence[Outcome]) -> list[str]:
    taken = Counter(_first(o) for o in _wrong(outcomes))
    sources: dict[str, Counter[str]] = {}
    for outcome in _wrong(outcomes):
        sources.setdefault(_first(outcome), Counter())[outcome.row.intent] += 1
    return [
        f"“{thief}” takes {count} messages that belong elsewhere, most from "
        + ", ".join(f"“{name}” ({part})" for name, part in sources[thief].most_common(3))
        for thief, count in taken.most_common(5)
        if count > _WORTH_SAYING
    ]


def _alarms(outcomes: Sequence[Outcome]) -> list[str]:
    missed = Counter(
        (o.row.intent, o.row.language) for o in outcomes if o.row.urgent and not o.understood.urgent
    )
    false = Counter(
        (o.row.intent, o.row.language) for o in outcomes if o.understood.urgent and not o.row.urgent
    )
    return [
        f"danger was not seen in {count} {language} message(s) of “{intent}”"
        for (intent, language), count in missed.most_common()
    ] + [
        f"{count} calm {language} messages of “{intent}” rang the alarm"
        for (intent, language), count in false.most_common()
        if count >= _WORTH_SAYING
    ]


def _wrong(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if not outcome.found_in(1)]


def _first(outcome: Outcome) -> str:
    ranking = outcome.understood.ranking
    return ranking[0].intent if ranking else "nothing"
