"""What the gate tells an editor."""

from __future__ import annotations

from bot.understanding.confusions import confusions
from bot.understanding.evaluate import Outcome, Row
from bot.understanding.model import Certainty, Guess, Understanding


def outcome(right: str, first: str, *, urgent: bool = False, rang: bool = False) -> Outcome:
    understood = Understanding(
        topic=first,
        aspect=None,
        control=None,
        confidence=0.9,
        ranking=(Guess(first, 0.9),),
        language="ky",
        language_confidence=1.0,
        urgent=rang,
        danger=None,
        certainty=Certainty.CERTAIN,
    )
    return Outcome(Row("ky", "clean", right, frozenset({right}), urgent, "a secret"), understood)


def test_pairs_thieves_and_alarms_are_named_and_no_text_is() -> None:
    outcomes = [outcome("overstay", "stay-period")] * 3 + [outcome("overstay", "overstay")]
    outcomes += [outcome("shelter", "shelter", urgent=True)]
    outcomes += [outcome("greet", "greet", rang=True)] * 2
    said = confusions(outcomes)
    assert said[0].startswith("“overstay” is mistaken for “stay-period” (ky 3 of 4)")
    assert "“stay-period” takes 3 messages" in said[1]
    assert said[2:] == [
        "danger was not seen in 1 ky message(s) of “shelter”",
        "2 calm ky messages of “greet” rang the alarm",
    ]
    assert not any("secret" in line for line in said)


def test_where_all_is_right_nothing_is_said() -> None:
    assert confusions([outcome("greet", "greet")]) == []
