"""An open case: what the parent says goes to it; they can withdraw, rate and reopen."""

from __future__ import annotations

from datetime import timedelta
from html import escape

from bot.cases.model import OpenCase, Said
from bot.conversation.actions import action, home
from bot.conversation.state import Step
from bot.conversation.steps import counting_words, nearby, privacy, start
from bot.conversation.steps.below import only_home
from bot.conversation.turn import PassOn, Rate, Reopen, Scene, Turn, Withdraw
from bot.delivery.card import Button, Card, Kind
from bot.understanding.model import Certainty

# How often the bot says that words went to the caseworker.
PASSED_ON_EVERY = timedelta(minutes=30)


def pass_on(scene: Scene, case: OpenCase) -> Turn:
    """The parent's words go to the case; the bot does not talk over the caseworker.

    It speaks only where it was asked itself: for a town, or to delete or to change language.
    """
    incoming, words = scene.incoming, scene.words
    passing = PassOn(case, Said(incoming.text, incoming.file, incoming.message))
    turn = nearby.by_words(scene) if scene.state.step is Step.NEAR_TOWN else None
    if scene.state.step is Step.DAYS:
        turn = counting_words.meant_for_counting(scene)
    if (turn := turn or asked_of_the_bot(scene)) is not None:
        return turn.also(passing)
    last = scene.state.passed_on_at
    if last is not None and scene.now - last < PASSED_ON_EVERY:
        return scene.turn().also(passing)
    text = words("✓ Passed on to the caseworker (case № {number}).", number=case.number)
    card = Card(Kind.NOTE, text, only_home(words))
    return scene.turn(card, passed_on_at=scene.now, step=Step.NONE).also(passing)


def asked_of_the_bot(scene: Scene) -> Turn | None:
    """What no caseworker can do: delete everything, and speak another language."""
    meaning = scene.heard.meaning
    if meaning is None or meaning.certainty is not Certainty.CERTAIN:
        return None
    match meaning.control:
        case "delete-data":
            return privacy.asked_in_words(scene)
        case "change-language":
            return scene.turn(start.language_card(scene))
        case _:
            return None


def case_card(scene: Scene, case: OpenCase) -> Card:
    """Where the parent's open case stands, and what they can do about it."""
    words = scene.words
    text = words(
        "Your case № {number} is with “{organisation}”. Just write here: everything you write or "
        "send goes to the caseworker.",
        number=case.number,
        organisation=escape(case.organisation),
    )
    withdraw_button = Button(words("I no longer need help"), action("withdraw", "ask"))
    return Card(Kind.NOTE, text, ((withdraw_button,), (home(words),)))


def withdraw(scene: Scene, reply: str) -> Turn:
    """Closes the case at the parent's wish, after one question."""
    words = scene.words
    if scene.case is None:
        return scene.turn(Card(Kind.NOTE, words("You have no open case."), only_home(words)))
    if reply != "yes":
        yes = Button(words("Yes, close it"), action("withdraw", "yes"))
        text = words("Close case № {number}?", number=scene.case.number)
        return scene.turn(Card(Kind.ASK, text, ((yes,), (home(words),))))
    text = words("Case № {number} is closed. All the best!", number=scene.case.number)
    return scene.turn(Card(Kind.NOTE, text, only_home(words))).also(Withdraw(scene.case))


def rate(scene: Scene, number: str, stars: str) -> Turn:
    """Takes the parent's judgement of a closed case."""
    words = scene.words
    if not number.isdecimal() or stars not in {"1", "2", "3", "4", "5"}:
        return _too_old(scene)
    text = words("Thank you for telling us.")
    again = Button("🔄 " + words("I need help again"), action("again", number))
    below = ((again,), *only_home(words))
    card = Card(Kind.NOTE, text, below, replaces=scene.incoming.message)
    return scene.turn(card).also(Rate(int(number), int(stars)))


def reopen(scene: Scene, number: str) -> Turn:
    """Asks for a closed case to be opened again; the service says whether it worked."""
    if scene.case is not None:
        return scene.turn(case_card(scene, scene.case))
    if not number.isdecimal():
        return _too_old(scene)
    return scene.turn(step=Step.NONE).also(Reopen(int(number)))


def _too_old(scene: Scene) -> Turn:
    words = scene.words
    return scene.turn(Card(Kind.NOTE, words("This button is too old."), only_home(words)))
