"""Taps while days are counted: answers to questions, the calendar, earlier stays, reminders.

Buttons carry what was told so far, so that a calendar of yesterday still works. Only an
earlier stay needs the state, which is gone with the topic.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.conversation.actions import action, rows
from bot.conversation.state import Counting
from bot.conversation.steps.below import Rows, ways
from bot.conversation.steps.deadlines import (
    CAME,
    DAY,
    UNSAID,
    answer,
    ask,
    ask_day,
    day_given,
    find,
    start,
    told_before,
)
from bot.conversation.turn import Remind, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.stay.model import Occasion


def tapped(scene: Scene, values: tuple[str, ...]) -> Turn:
    """What follows from a button of the counting; the first question for what is too old."""
    match values:
        case ("still",):
            return scene.turn()
        case ("here",):
            return start(scene, in_place=True)
        case ("for", occasion) if occasion in list(Occasion):
            return ask(scene, _of_occasion(scene, occasion))
        case ("of", occasion, country) if occasion in list(Occasion):
            return ask(scene, _of_country(scene, occasion, country))
        case ("again", occasion, country) if occasion in list(Occasion):
            return ask(scene.anew(), Counting(occasion, _said(country)))
        case (("at" | "on"), question, occasion, country, day) if occasion in list(Occasion):
            return _calendar_tapped(scene, values[0], question, Counting(occasion, country), day)
        case ("before",):
            return _ask_earlier(scene)
        case ("remind",):
            return _which_to_remind(scene)
        case ("keep", *wish):
            return _remind(scene, tuple(wish))
        case _:
            return start(scene)


def _said(value: str) -> str:
    return "" if value == UNSAID else value


def _of_occasion(scene: Scene, occasion: str) -> Counting:
    """With what was told before anybody said what had happened."""
    told = scene.state.counting
    if told is not None and not told.occasion:
        return replace(told, occasion=occasion)
    return Counting(occasion)


def _of_country(scene: Scene, occasion: str, country: str) -> Counting:
    """With the day that was named before the country was asked for."""
    told = scene.state.counting
    if told is not None and told.occasion == occasion and not told.citizenship:
        return replace(told, citizenship=country)
    return Counting(occasion, country)


def _calendar_tapped(scene: Scene, act: str, question: str, told: Counting, text: str) -> Turn:
    told = replace(told, citizenship=_said(told.citizenship))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ask(scene, told)
    known = scene.state.counting
    if question != DAY:
        if known is None or known.day is None:
            return ask(scene, told)
        told = known
    if act == "at":
        return ask_day(scene, told, question, month=day)
    return day_given(scene, told, question, day)


def _ask_earlier(scene: Scene) -> Turn:
    counting = told_before(scene)
    if counting is None or counting.day is None:
        return start(scene.anew())
    month = counting.day - timedelta(days=30)
    counting = replace(counting, came=None)
    fresh = replace(scene, state=replace(scene.state, counting=counting)).anew()
    return ask_day(fresh, counting, CAME, month=month)


def _which_to_remind(scene: Scene) -> Turn:
    """The days ahead to choose from; the only one is taken at once."""
    counting = told_before(scene)
    if counting is None:
        return start(scene.anew())
    found = find(scene, counting).to_come
    if not found:
        return answer(scene.anew(), counting)
    if len(found) == 1:
        return scene.turn().also(Remind(found[0].rule.id, found[0].day))
    words = scene.words
    buttons = [
        Button(
            f"{words.short_day(one.office_day)} · {one.rule.texts[scene.language].name}",
            action("days", "keep", one.rule.id, f"{one.day:%Y%m%d}"),
        )
        for one in found
    ]
    everything = Button("🔔 " + words("Of all of them"), action("days", "keep"))
    below: Rows = (*rows(buttons, 1), (everything,), *ways(words))
    return scene.turn(Card(Kind.ASK, words("Which day shall I remind you of?"), below))


def _remind(scene: Scene, wish: tuple[str, ...]) -> Turn:
    counting = told_before(scene)
    if not wish and counting is not None:
        found = find(scene, counting).to_come
        return scene.turn().also(*(Remind(one.rule.id, one.day) for one in found))
    try:
        rule, day = wish
        deadline = date.fromisoformat(day)
    except ValueError:  # a button of another time
        return start(scene.anew())
    if scene.content.rules.rule(rule) is None:
        return start(scene.anew())
    return scene.turn().also(Remind(rule, deadline))
