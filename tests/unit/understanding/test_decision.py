"""From figures to what may be acted upon."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BadContent
from bot.understanding.decision import Alarm, Thresholds, decide, likeliest_language
from bot.understanding.model import (
    Certainty,
    Danger,
    Guess,
    LanguageGuess,
    Parse,
    Understanding,
)
from bot.understanding.word_lists import Hit

ROOT = Path(__file__).resolve().parents[3]
NUMBERS = Thresholds(
    certain_topic=0.6,
    certain_control=0.5,
    certain_aspect=0.5,
    unsure=0.15,
    certain_confused=0.9,
    aspect_weight=4.0,
    alarms={"ky": Alarm(0.6, 0.0, 0.3), "kk": Alarm(0.4, 0.0, 0.3)},
    confused=frozenset({("deportation", "overstay")}),
)


def meaning(
    *dangers: Danger,
    topic: str | None = None,
    urgency: float = 0.0,
    words_of: str = "ky",
    **shares: float,
) -> Understanding:
    ranking = tuple(Guess(name.replace("_", "-"), share) for name, share in shares.items())
    parse = Parse(ranking, (LanguageGuess("ky", 0.9), LanguageGuess("kk", 0.1)), urgency)
    hits = [Hit(danger, words_of) for danger in dangers]
    return decide(parse, hits, NUMBERS, language="ky", topic=topic)


def test_a_sure_topic_is_certain() -> None:
    understood = meaning(overstay=0.8, deportation=0.1)
    assert (understood.topic, understood.certainty) == ("overstay", Certainty.CERTAIN)
    assert (understood.aspect, understood.control) == (None, None)


def test_a_likely_topic_is_asked_about() -> None:
    understood = meaning(overstay=0.4, deportation=0.3)
    assert understood.certainty is Certainty.UNSURE
    assert [guess.intent for guess in understood.topics] == ["overstay", "deportation"]


def test_a_faint_guess_is_not_understood() -> None:
    understood = meaning(overstay=0.1, deportation=0.1)
    assert understood.certainty is Certainty.UNKNOWN
    assert (understood.topic, understood.aspect, understood.control) == (None, None, None)


def test_a_greeting_is_control() -> None:
    assert meaning(greet=0.7).control == "greet"


def test_faint_nonsense_is_not_taken_for_a_topic() -> None:
    assert meaning(out_of_scope=0.4, overstay=0.1).certainty is Certainty.UNKNOWN


def test_a_follow_up_without_a_topic_is_about_nothing() -> None:
    understood = meaning(ask_cost=0.9, overstay=0.05)
    assert understood.certainty is Certainty.UNKNOWN
    assert all(guess.intent != "ask-cost" for guess in understood.ranking)


def test_a_follow_up_with_a_topic_wins() -> None:
    understood = meaning(overstay=0.5, ask_cost=0.4, topic="birth-registration")
    assert (understood.aspect, understood.topic) == ("ask-cost", None)
    assert understood.certainty is Certainty.CERTAIN


def test_a_new_topic_is_heard_over_the_current_one() -> None:
    understood = meaning(overstay=0.95, ask_cost=0.02, topic="birth-registration")
    assert (understood.topic, understood.aspect) == ("overstay", None)


def test_words_of_danger_count_whatever_the_model_says() -> None:
    understood = meaning(Danger.MEDICAL, greet=0.9, urgency=0.01)
    assert (understood.urgent, understood.danger) == (True, Danger.MEDICAL)


def test_words_of_russian_are_everybodys() -> None:
    assert meaning(Danger.VIOLENCE, greet=0.9, words_of="ru").urgent


def test_words_of_another_language_need_some_support_by_the_model() -> None:
    assert not meaning(Danger.VIOLENCE, greet=0.9, urgency=0.2, words_of="tg").urgent
    assert meaning(Danger.VIOLENCE, greet=0.9, urgency=0.4, words_of="tg").urgent


def test_without_a_language_the_earliest_alarm_rings() -> None:
    parse = Parse((Guess("overstay", 0.9),), (), 0.5)
    assert decide(parse, (), NUMBERS, language=None, topic=None).urgent


def test_topics_that_are_often_swapped_are_asked_about() -> None:
    assert meaning(deportation=0.8, overstay=0.1).certainty is Certainty.UNSURE
    assert meaning(deportation=0.8, shelter=0.1).certainty is Certainty.CERTAIN


def test_the_model_alone_can_ring_the_bell() -> None:
    understood = meaning(police_check=0.9, urgency=0.9)
    assert (understood.urgent, understood.danger) == (True, Danger.DETENTION)


def test_danger_of_no_known_kind_is_still_danger() -> None:
    assert meaning(consulates=0.9, urgency=0.9).danger is Danger.DANGER


def test_who_was_beaten_by_the_police_is_not_told_to_call_the_police() -> None:
    assert meaning(Danger.VIOLENCE, police_check=0.9).danger is Danger.DETENTION
    assert meaning(Danger.VIOLENCE, domestic_violence=0.7, police_check=0.2).danger is (
        Danger.VIOLENCE
    )
    assert meaning(Danger.VIOLENCE, police_check=0.4).danger is Danger.VIOLENCE


def test_topics_choose_among_the_dangers_that_words_found() -> None:
    understood = meaning(Danger.MEDICAL, Danger.VIOLENCE, domestic_violence=0.9)
    assert understood.danger is Danger.VIOLENCE


def test_calm_messages_carry_no_danger() -> None:
    understood = meaning(police_check=0.9, urgency=0.2)
    assert (understood.urgent, understood.danger) == (False, None)


def test_an_empty_answer_is_unknown() -> None:
    understood = decide(Parse((), (), 0.0), (), NUMBERS, language="ky", topic=None)
    assert (understood.certainty, understood.language) == (Certainty.UNKNOWN, None)


def test_the_chosen_language_breaks_a_near_tie_only() -> None:
    near = (LanguageGuess("ky", 0.55), LanguageGuess("kk", 0.45))
    clear = (LanguageGuess("ru", 0.99), LanguageGuess("kk", 0.01))
    chosen, other = likeliest_language(near, "kk"), likeliest_language(clear, "kk")
    assert chosen is not None
    assert other is not None
    assert (chosen.language, other.language) == ("kk", "ru")


def test_the_learnt_numbers_are_there_and_in_range() -> None:
    learnt = Thresholds.load(ROOT / "nlu" / "decision.yml")
    shares = (learnt.certain_topic, learnt.certain_control, learnt.unsure)
    assert all(0 < share < 1 for share in shares)
    assert learnt.unsure < learnt.certain_topic <= learnt.certain_confused
    assert set(learnt.alarms) == {"ky", "kk", "uz", "tg", "ru"}
    # Words of danger ring unless the model is almost sure of the contrary.
    assert all(alarm.own_words <= 0.01 for alarm in learnt.alarms.values())


def test_a_missing_number_is_named(tmp_path: Path) -> None:
    (tmp_path / "decision.yml").write_text("certain_topic: 0.5\n", encoding="utf-8")
    with pytest.raises(BadContent, match="alarms"):
        Thresholds.load(tmp_path / "decision.yml")
