"""Counting days by words: "I came on 5 November", "from Uzbekistan", "count my days"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.conversation.state import Counting, Step
from bot.conversation.steps import deadlines
from bot.conversation.steps.answering import PATIENCE
from bot.conversation.steps.below import OCCASIONS
from bot.conversation.steps.calendar import same_day_of_months
from bot.conversation.steps.deadlines import DAY, asked_question
from bot.conversation.turn import Scene, Turn
from bot.stay.asking import asks_to_count, says_arrival
from bot.stay.model import Occasion
from bot.understanding import entity_words as table
from bot.understanding.entities import entities
from bot.understanding.entity_dates import is_only_a_day
from bot.understanding.entity_numbers import words_of
from bot.understanding.model import Certainty

HOME = "KZ"
# A day in a question about a permit may be any day; in one about these it mostly is the one.
OFTEN_DATED = frozenset({Occasion.ENTRY, Occasion.BIRTH})
FIGURES = 2  # a day's number alone


def heard(scene: Scene) -> Turn | None:
    """What follows from words while days are being counted, or from asking for it.

    None when they are about something else.
    """
    if asks_to_count(scene.content.rules, scene.incoming.text):
        return deadlines.start(scene)
    counting = scene.state.counting
    if scene.state.step is not Step.DAYS or counting is None:
        return _day_alone(scene, counting or Counting()) or _arrival_told(scene)
    return _answered(scene, counting)


def _day_alone(scene: Scene, known: Counting) -> Turn | None:
    """A day and nothing besides is to be counted from: as the last one was, or as they say."""
    if not is_only_a_day(scene.incoming.text, scene.today):
        return None
    occasion = known.occasion or OCCASIONS.get(scene.state.topic or "", "")
    asked = Counting(occasion, known.citizenship)
    return _answered(replace(scene, state=replace(scene.state, counting=asked)), asked)


def _arrival_told(scene: Scene) -> Turn | None:
    """ "I came on 5 November" with no clear question: the days are counted from there."""
    meaning, text = scene.heard.meaning, scene.incoming.text
    is_clear = meaning is not None and meaning.certainty is Certainty.CERTAIN
    if is_clear or not says_arrival(scene.content.rules, text):
        return None
    if not entities(text, scene.today).dates:
        return None
    asked = Counting(Occasion.ENTRY)
    return _answered(replace(scene, state=replace(scene.state, counting=asked)), asked)


def _answered(scene: Scene, counting: Counting) -> Turn | None:
    scene = scene.anew()  # words are answered with a new message: none of theirs can be edited
    told = _with_words(scene, counting)
    if counting.occasion and _is_country_known(scene, counting):
        return _day_heard(scene, told)
    return deadlines.ask(scene, told) if told != counting else _unclear(scene, counting)


def meant_for_counting(scene: Scene) -> Turn | None:
    """What was told to the counting by somebody who also talks, or soon will, to a caseworker.

    None when it is for the caseworker: the counting asked nothing, or is not answered by this.
    """
    counting = scene.state.counting
    if counting is None or not counting.is_open:
        return None
    told_now = _with_words(scene, counting)
    days = counting.occasion and _days(scene, told_now, asked_question(counting))
    return _answered(scene, counting) if days or told_now != counting else None


def _is_country_known(scene: Scene, counting: Counting) -> bool:
    needed = scene.content.rules.asks_citizenship(Occasion(counting.occasion))
    return bool(counting.citizenship) or not needed


def _with_words(scene: Scene, counting: Counting) -> Counting:
    """What was told, with what these words add to it."""
    text = scene.incoming.text
    if not counting.occasion and (occasion := _occasion(scene)) is not None:
        counting = replace(counting, occasion=occasion)
    if not counting.citizenship and (country := _country(text, scene.today)):
        counting = replace(counting, citizenship=country)
    if counting.day is not None:
        return counting
    named = entities(text, scene.today).dates
    if not counting.occasion:
        days = [other for day in named for other in _years_of(text, day, scene.today)]
    else:
        days = list(_days(scene, counting, DAY))
    return replace(counting, day=days[0]) if len(days) == 1 else counting


def _days(scene: Scene, counting: Counting, question: str) -> tuple[date, ...]:
    """The days that the words may mean, possible ones only where there are any."""
    text, now = scene.incoming.text, scene.today
    number = text.strip()
    named = entities(text, now).dates
    meant = tuple(dict.fromkeys(other for day in named for other in _years_of(text, day, now)))
    if not named and number.isdecimal() and len(number) <= FIGURES:
        meant = same_day_of_months(int(number), now)
    possible = tuple(day for day in meant if deadlines.is_possible(scene, counting, question, day))
    return possible or meant[:1]


def _years_of(text: str, day: date, now: date) -> tuple[date, ...]:
    """A day to come that was named without its year may be last year's.

    Who came in January and writes it in November must not be told that all is well.
    """
    figures = [int(number) for number in re.findall(r"\d+", text)]
    has_year = day.year in figures or (len(figures) > FIGURES and day.year % 100 in figures)
    if day <= now or has_year or day.day not in figures:
        return (day,)
    try:
        return (day.replace(year=day.year - 1), day)
    except ValueError:  # 29 February
        return (day,)


def _occasion(scene: Scene) -> str | None:
    meaning, text = scene.heard.meaning, scene.incoming.text
    topic = meaning.topic if meaning and meaning.certainty is Certainty.CERTAIN else None
    found = OCCASIONS.get(topic or "")
    if found is None and says_arrival(scene.content.rules, text):
        # With a clear topic it is a question about that, unless a day is named.
        is_told = topic is None or entities(text, scene.today).dates
        found = Occasion.ENTRY if is_told else None
    return found.value if found else None


def _country(text: str, day: date) -> str:
    """The citizenship that was named; a country alone is enough when that was the question."""
    named = entities(text, day).citizenships
    found = named or tuple(
        country for word in words_of(text) if (country := table.COUNTRIES.value(word.folded))
    )
    others = dict.fromkeys(country for country in found if country != HOME)
    return next(iter(others)) if len(others) == 1 else ""


def _day_heard(scene: Scene, told: Counting) -> Turn | None:
    before = scene.state.counting or told
    question = asked_question(before)
    told = replace(told, day=before.day)
    days = _days(scene, told, question)
    if len(days) > 1:
        return deadlines.which_day(scene, told, question, days)
    if days:
        return deadlines.day_given(scene, told, question, days[0])
    return _unclear(scene, told)


def _unclear(scene: Scene, counting: Counting) -> Turn | None:
    """A clear question about something else is answered; anything else is asked once more."""
    meaning = scene.heard.meaning
    if meaning is not None and meaning.certainty is Certainty.CERTAIN:
        return None
    if counting.occasion and _is_country_known(scene, counting):
        return deadlines.not_a_day(scene, counting, asked_question(counting), PATIENCE)
    turn = deadlines.ask(scene, counting)
    return replace(turn, state=replace(turn.state, unclear=scene.state.unclear + 1))


def beside(scene: Scene, topic: str, turn: Turn) -> Turn:
    """The answer to a topic; who named a day with it is asked whether to count from it.

    It is only asked: the day may be that of something else.
    """
    occasion = OCCASIONS.get(topic)
    if occasion not in OFTEN_DATED or scene.case is not None or scene.state.step.is_intake:
        return turn
    told = Counting(occasion.value, _country(scene.incoming.text, scene.today))
    days = [day for day in _days(scene, told, DAY) if deadlines.is_possible(scene, told, DAY, day)]
    if not days:
        return turn
    text = scene.words("Shall I count your days from this one?")
    fresh = replace(scene, state=turn.state).anew()
    offered = deadlines.which_day(fresh, told, DAY, days, text)
    yes = offered.cards[0].buttons[0][0].action if len(days) == 1 else ""
    state = replace(turn.state, suggested=yes)
    return replace(turn, cards=(*turn.cards, *offered.cards), state=state)
