"""Learn the numbers of `nlu/decision.yml`: `python -m nlu.tune` in Rasa's environment.

They come from training phrases that the judging model had not seen. Run it after larger changes
of the training data or the features, and commit the result.
"""

from __future__ import annotations

import enum
from collections import Counter
from pathlib import Path

import numpy as np
import yaml

if not hasattr(enum, "StrEnum"):  # the word lists are the app's, which has a newer Python
    enum.StrEnum = enum.Enum("StrEnum", (), type=str)

from bot.understanding.word_lists import WordLists
from nlu.components.features import read_concepts
from nlu.components.meaning import HeldOut, Meaning
from nlu.components.phrases import Phrase, read_phrases

ROOT = Path(__file__).resolve().parent
# Of all messages, how many may be answered wrongly without asking, by kind of intent. Held-out
# scenarios are harder than life: most of our phrases were written to be unlike each other.
_WRONG_TOPICS, _WRONG_CONTROL, _WRONG_ASPECTS = 0.04, 0.01, 0.05
# Of the messages whose first guess and runner-up are often swapped, how many.
_WRONG_CONFUSED = 0.1
_OFTEN, _FEWEST = 0.25, 12
# Of the calm messages of a language, how many may ring the alarm without words of danger; of the
# urgent ones with words of another language's list, how many may be lost. Words of one's own
# language ring unless the model is almost sure that nobody is in danger ("in which year did the
# Titanic drown"): so sure that at most five urgent messages in a thousand would be lost.
_FALSE_ALARMS, _LOST, _LOST_OWN = 0.03, 0.01, 0.005
# Where the right topic is among three proposals less often, asking is no help.
_WORTH_ASKING = 0.65
_HEADER = "# Learnt by nlu/tune.py on held-out training phrases; read by bot/understanding.\n"


def main() -> None:
    """Learn, write the file and print what the numbers would have done."""
    phrases = read_phrases(ROOT / "training")
    held_out = Meaning(read_concepts(ROOT / "concepts.yml")).learn(phrases)
    numbers = learn_numbers(phrases, held_out)
    (ROOT / "decision.yml").write_text(
        _HEADER + yaml.safe_dump(numbers, sort_keys=False, default_flow_style=None),
        encoding="utf-8",
    )
    print(yaml.safe_dump(numbers, sort_keys=False, default_flow_style=None))


def learn_numbers(phrases: list[Phrase], held_out: HeldOut) -> dict[str, object]:
    """The numbers that keep the promises above on held-out phrases."""
    names = np.array(held_out.intents)
    gold = np.array([phrase.intent for phrase in phrases])
    is_aspect = np.char.startswith(names, "ask-")
    control = np.isin(names, list(_control(names)))
    follow_up = np.char.startswith(gold.astype(str), "ask-")

    alone = np.where(is_aspect, 0.0, held_out.shares)[~follow_up]
    best, sure = alone.argmax(1), alone.max(1)
    wrong = names[best] != gold[~follow_up]
    about_topic = ~control[best]
    weight = _aspect_weight(held_out.shares, names, gold, is_aspect)
    weighed = held_out.shares * np.where(is_aspect, weight, 1.0)
    weighed /= weighed.sum(1, keepdims=True)
    top = weighed.argmax(1)
    led_by_aspect = is_aspect[top]

    pairs = _confused_pairs(alone, names, gold[~follow_up], about_topic)
    swapped = np.isin(_as_pairs(alone, names), [f"{a}/{b}" for a, b in pairs])
    plain = about_topic & ~swapped
    confused = _threshold(sure[swapped], wrong[swapped], about_topic[swapped], _WRONG_CONFUSED)
    numbers = {
        "certain_topic": _threshold(sure, wrong, plain, _WRONG_TOPICS),
        "certain_confused": confused,
        "certain_control": _threshold(sure, wrong, ~about_topic, _WRONG_CONTROL),
        "certain_aspect": _threshold(
            weighed.max(1), names[top] != gold, led_by_aspect, _WRONG_ASPECTS
        ),
        "unsure": _worth_asking(alone, names, gold[~follow_up]),
        "aspect_weight": weight,
    }
    numbers = {name: round(float(number), 3) for name, number in numbers.items()}
    numbers["certain_confused"] = max(numbers["certain_confused"], numbers["certain_topic"])
    alarms = _alarms(phrases, held_out.urgency)
    return {**numbers, "alarms": alarms, "confused": [list(pair) for pair in pairs]}


def _alarms(phrases: list[Phrase], urgency: np.ndarray) -> dict[str, list[float]]:
    """For each language the urgency that rings without, with own, and with foreign words."""
    words = WordLists.load(ROOT / "urgent_words")
    urgent = np.array([phrase.urgent for phrase in phrases])
    languages = np.array([phrase.language for phrase in phrases])
    kinds = np.array([_kind(words, phrase) for phrase in phrases])
    own = float(np.quantile(urgency[urgent & (kinds == "own")], _LOST_OWN))
    found = {}
    for language in dict.fromkeys(phrase.language for phrase in phrases):
        spoken = languages == language
        # Calm messages with words of danger ring anyway and use up a part of the allowance.
        heard = np.where((kinds == "own") & (urgency >= own), 1.0, urgency)[spoken & ~urgent]
        without = float(np.quantile(heard, 1 - _FALSE_ALARMS))
        hinted = urgency[urgent & (kinds == "foreign")]
        foreign = min(without, float(np.quantile(hinted, _LOST)))
        found[language] = [round(number, 3) for number in (without, own, foreign)]
    return found


def _kind(words: WordLists, phrase: Phrase) -> str:
    languages = {hit.language for hit in words.hits(phrase.text)}
    if not languages:
        return "none"
    return "own" if languages & {phrase.language, "ru"} else "foreign"


def _as_pairs(shares: np.ndarray, names: np.ndarray) -> np.ndarray:
    order = np.argsort(-shares, axis=1)
    return np.array([f"{names[first]}/{names[second]}" for first, second in order[:, :2]])


def _confused_pairs(
    shares: np.ndarray, names: np.ndarray, gold: np.ndarray, about_topic: np.ndarray
) -> list[tuple[str, str]]:
    """First guess and runner-up of which the runner-up is often the right one."""
    met: Counter[str] = Counter()
    swapped: Counter[str] = Counter()
    for pair, right, counts in zip(_as_pairs(shares, names), gold, about_topic, strict=True):
        if counts:
            met[pair] += 1
            swapped[pair] += pair.endswith("/" + right)
    often = (p for p in met if met[p] >= _FEWEST and swapped[p] / met[p] >= _OFTEN)
    return sorted(tuple(pair.split("/")) for pair in often)


def _control(names: np.ndarray) -> set[str]:
    """Control intents are those of the files named control.yml."""
    found: set[str] = set()
    for path in (ROOT / "training").glob("*/control.yml"):
        blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        found |= {block["intent"] for block in blocks}
    return found & set(names)


def _threshold(sure: np.ndarray, wrong: np.ndarray, counted: np.ndarray, allowed: float) -> float:
    """The lowest certainty from which at most `allowed` of all messages go wrong."""
    order = np.argsort(-sure)
    errors = np.cumsum((wrong & counted)[order]) / max(1, len(sure))
    too_many = np.flatnonzero(errors > allowed)
    return float(sure[order][too_many[0]]) + 0.001 if len(too_many) else 0.2


def _aspect_weight(
    shares: np.ndarray, names: np.ndarray, gold: np.ndarray, is_aspect: np.ndarray
) -> float:
    """The weight under which follow-ups and new topics are told apart best, each kind alike."""
    follow_up = np.char.startswith(gold.astype(str), "ask-")

    def right(weight: float) -> float:
        chosen = (shares * np.where(is_aspect, weight, 1.0)).argmax(1)
        found = names[chosen] == gold
        # With a topic current three messages in four are follow-ups.
        return 0.75 * found[follow_up].mean() + 0.25 * found[~follow_up].mean()

    return max((1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0), key=right)


def _worth_asking(shares: np.ndarray, names: np.ndarray, gold: np.ndarray) -> float:
    """From which certainty three proposals hold the right one more often than not."""
    three = names[np.argsort(-shares, axis=1)[:, :3]]
    helped = (three == gold[:, None]).any(1)
    sure = shares.max(1)
    for step in np.arange(0.02, 0.5, 0.01):
        near = (sure >= step) & (sure < step + 0.05)
        if near.sum() >= 20 and helped[near].mean() >= _WORTH_ASKING:
            return float(step)
    return 0.1


if __name__ == "__main__":
    main()
