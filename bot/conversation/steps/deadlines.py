"""Counting somebody's days: what happened, whose citizen, which day; then the days that matter.

The taps on the buttons are in `deadline_taps`, the words in `counting_words`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from html import escape

from bot.conversation.actions import action, person, rows
from bot.conversation.state import Counting, State, Step
from bot.conversation.steps.below import outside, ways
from bot.conversation.steps.calendar import Calendar
from bot.conversation.steps.deadline_card import Found, deadline_card, occasion_name
from bot.conversation.turn import Count, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.i18n import message
from bot.stay.calculator import deadlines
from bot.stay.model import OTHER, Occasion, Stay

COUNTRIES = ("KG", "UZ", "TJ", "RU")
UNSAID = "-"  # stands in an action for what nobody was asked
YEAR = timedelta(days=366)
LONGEST_AGO = 10 * YEAR
# What may be asked about before it happens, and how long before.
AHEAD = {
    Occasion.ENTRY: YEAR,
    Occasion.PERMIT: 3 * YEAR,
    Occasion.SIXTEEN: YEAR,
    Occasion.MOVE: YEAR,
}
NOTHING_TOLD = Counting()
DAY, CAME, LEFT = "day", "came", "left"  # what a calendar may be asked for


def start(scene: Scene, *, in_place: bool = False, told: Counting = NOTHING_TOLD) -> Turn:
    """Asks what happened; what was told along the way is kept."""
    words = scene.words
    buttons = [
        Button(occasion_name(words, one), action("days", "for", one))
        for one in Occasion
        if scene.content.rules.about(one)
    ]
    # What was understood so far is said, or they would say it again.
    known = [words.day(told.day)] if told.day else []
    known += [words.country(told.citizenship)] if told.citizenship.isupper() else []
    head = ": ".join([words("Count my days"), *([", ".join(known)] if known else [])])
    text = f"<b>{escape(head)}</b>\n" + words(
        "What happened? I will tell you which days matter. I keep it only while we talk about it."
    )
    card = Card(Kind.ASK, text, (*rows(buttons), *ways(words)), replaces=_place(scene, in_place))
    return _asking(scene, told, card)


def _place(scene: Scene, in_place: bool) -> int | None:
    return scene.incoming.message if in_place else None


def _asking(scene: Scene, counting: Counting, card: Card) -> Turn:
    """A question of the counting; a half-told intake is not interrupted by it."""
    step = outside(scene.state)
    step = Step.DAYS if step is Step.NONE else step
    return scene.turn(card, step=step, counting=replace(counting, is_open=True), suggested="")


def ask(scene: Scene, counting: Counting) -> Turn:
    """The next question, or the answer once everything has been told."""
    if not counting.occasion:
        return start(scene, told=counting)
    occasion, rules = Occasion(counting.occasion), scene.content.rules
    if not counting.citizenship and rules.asks_citizenship(occasion):
        return _ask_country(scene, counting)
    if counting.day is None or not is_possible(scene, counting, DAY, counting.day):
        return ask_day(scene, replace(counting, day=None), DAY, problem=counting.day)
    return answer(scene, counting)


def _ask_country(scene: Scene, counting: Counting) -> Turn:
    words = scene.words
    codes = [*COUNTRIES, OTHER]
    buttons = [
        Button(
            words("Another country") if code == OTHER else words.country(code),
            action("days", "of", counting.occasion, code),
        )
        for code in codes
    ]
    text = _head(scene, counting) + words("Whose citizen are you?")
    card = Card(Kind.ASK, text, (*rows(buttons), *ways(words)), replaces=scene.incoming.message)
    return _asking(scene, counting, card)


def _head(scene: Scene, counting: Counting) -> str:
    name = occasion_name(scene.words, Occasion(counting.occasion))
    return f"<b>{escape(name)}</b>\n"


def ask_day(
    scene: Scene,
    counting: Counting,
    question: str,
    *,
    month: date | None = None,
    problem: date | None = None,
    said: str = "",
) -> Turn:
    """Asks for a day with a calendar; `said` or the impossible `problem` goes first."""
    words = scene.words
    if problem is not None:
        said = words("I cannot count from this day: {day}.", day=words.day(problem))
    text = (
        _head(scene, counting)
        + (f"{said}\n" if said else "")
        + _question(scene, counting, question)
    )
    buttons = calendar(scene, counting, question).rows(words, month or scene.today)
    card = Card(Kind.ASK, text, (*buttons, *ways(words)), replaces=scene.incoming.message)
    return _asking(scene, counting, card)


def _question(scene: Scene, counting: Counting, question: str) -> str:
    words = scene.words
    match question, counting.occasion:
        case "came", _:
            asked = words("On which day did you come, that time?")
        case "left", _:
            asked = words("And on which day did you leave?")
        case _, Occasion.FINE | Occasion.EXPULSION:
            asked = words("On which day did you get the decision?")
        case _, Occasion.ASYLUM:
            asked = words("On which day did you arrive, or learn of the danger?")
        case _:
            asked = words("Which day is it?")
    return asked + " " + words(HOW_TO_SAY)


HOW_TO_SAY = message("Tap the day, or write it, for example: 5.11.2026")


def calendar(scene: Scene, counting: Counting, question: str) -> Calendar:
    """The calendar for a question, with the days that are a possible answer."""
    first, last = _range(scene, counting, question)
    told = (question, counting.occasion, counting.citizenship or UNSAID)
    return Calendar(
        today=scene.today,
        first=first,
        last=last,
        choose=lambda day: action("days", "on", *told, f"{day:%Y%m%d}"),
        turn_to=lambda month: action("days", "at", *told, f"{month:%Y%m%d}"),
        nothing=action("days", "still"),
    )


def _range(scene: Scene, counting: Counting, question: str) -> tuple[date, date]:
    now = scene.today
    told = scene.state.counting or Counting()
    if question == DAY or told.day is None:
        return now - LONGEST_AGO, now + AHEAD.get(Occasion(counting.occasion), timedelta())
    if question == LEFT and told.came is not None:
        return told.came, told.day
    return told.day - LONGEST_AGO, told.day - timedelta(days=1)


def is_possible(scene: Scene, counting: Counting, question: str, day: date) -> bool:
    """Whether days can be counted from this one."""
    first, last = _range(scene, counting, question)
    return first <= day <= last


def day_given(scene: Scene, counting: Counting, question: str, day: date) -> Turn:
    """What follows from a day, however it was given."""
    if not is_possible(scene, counting, question, day):
        return ask_day(scene, counting, question, problem=day)
    if question == CAME:
        counting = replace(counting, came=day)
        scene = replace(scene, state=replace(scene.state, counting=counting))
        return ask_day(scene, counting, LEFT, month=day)
    if question == LEFT:
        return answer(scene, _with_stay(counting, day))
    return ask(scene, replace(counting, day=day))


def _with_stay(counting: Counting, left: date) -> Counting:
    """With the earlier stay that ended on `left`; a second tap on that day adds nothing."""
    if counting.came is None:
        return counting
    earlier = tuple(dict.fromkeys((*counting.earlier, (counting.came, left))))
    return replace(counting, earlier=earlier, came=None)


def asked_question(counting: Counting) -> str:
    """Which of the days somebody was asked for last."""
    if counting.day is None:
        return DAY
    return LEFT if counting.came is not None else CAME


def find(scene: Scene, counting: Counting) -> Found:
    """The days that matter to what was told."""
    country = counting.citizenship or OTHER
    assert counting.day is not None  # asked for before
    earlier = tuple(Stay(came, left) for came, left in counting.earlier)
    occasion, now = Occasion(counting.occasion), scene.today
    found = deadlines(scene.content.rules, occasion, country, counting.day, now, earlier)
    return Found(found, counting.citizenship or UNSAID, now)


def answer(scene: Scene, counting: Counting) -> Turn:
    """The days that matter; honest words where no rule is known."""
    counting = replace(counting, is_open=False)
    occasion, found = Occasion(counting.occasion), find(scene, counting)
    assert counting.day is not None  # asked for before
    if not found.deadlines:
        return _no_rule(scene, counting)
    state: State = replace(scene.state, counting=counting)
    card = deadline_card(replace(scene, state=state), occasion, counting.day, found)
    card = replace(card, replaces=scene.incoming.message)
    over = any(one.rule.is_limit and one.is_past for one in found.deadlines)
    turn = scene.turn(
        card,
        counting=counting,
        step=outside(scene.state),
        unclear=0,
        suggested=action("person") if over else "",
    )
    return turn.also(Count("days"))


def _no_rule(scene: Scene, counting: Counting) -> Turn:
    words = scene.words
    text = words(
        "I know no checked rule about this for you, and I do not want to guess. Ask at {phone}, "
        "or talk to a person.",
        phone=scene.content.phone("hotline-1414"),
    )
    card = Card(Kind.NOTE, text, ways(words))
    return scene.turn(
        card, counting=counting, step=outside(scene.state), suggested=action("person")
    )


def told_before(scene: Scene) -> Counting | None:
    """What was told, once it is enough to be counted from."""
    counting = scene.state.counting
    complete = counting is not None and counting.occasion and counting.day is not None
    return counting if complete else None


def which_day(
    scene: Scene, counting: Counting, question: str, days: Iterable[date], text: str = ""
) -> Turn:
    """Several days were named, or a number that may be of several months."""
    words = scene.words
    told = (question, counting.occasion, counting.citizenship or UNSAID)
    buttons = [
        Button(words.weekday_and_date(day), action("days", "on", *told, f"{day:%Y%m%d}"))
        for day in days
    ]
    text = _head(scene, counting) + (text or words("Which of these days do you mean?"))
    return _asking(scene, counting, Card(Kind.ASK, text, (*rows(buttons, 1), *ways(words))))


def not_a_day(scene: Scene, counting: Counting, question: str, patience: int) -> Turn:
    """Asks once more, kindly; after some times a person comes first."""
    words, unclear = scene.words, scene.state.unclear + 1
    said = words("I found no day in your words.")
    turn = ask_day(scene, counting, question, said=said)
    if unclear >= patience:
        (card,), first = turn.cards, person(words)
        others = (tuple(one for one in row if one != first) for row in card.buttons)
        buttons = ((first,), *(row for row in others if row))
        turn = replace(turn, cards=(replace(card, buttons=buttons),))
    return replace(turn, state=replace(turn.state, unclear=unclear))
