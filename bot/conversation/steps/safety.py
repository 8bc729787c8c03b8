"""The safety card: before everything else, from memory."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.actions import action, home, person
from bot.conversation.state import Step
from bot.conversation.steps.below import only_home
from bot.conversation.turn import Content, Count, RaiseDanger, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.languages import Language
from bot.understanding.model import Danger


def safety_card(content: Content, language: Language, danger: Danger) -> Card:
    """What to do this minute, the numbers, and the way to a person."""
    words = content.locales[language.value]
    buttons = ((person(words),), (home(words),))
    # The texts name the numbers side by side; in a panic one finds them one below the other.
    text = content.library.safety(danger.value, language).replace(" · ", "\n")
    return Card(Kind.SAFETY, text, buttons)


def danger_first(scene: Scene, danger: Danger, rest: Turn | None = None) -> Turn:
    """The safety card, then whatever else the message leads to.

    Without anything else the topic that was understood is offered as a button, so
    that nobody has to read on in a panic.
    """
    card = safety_card(scene.content, scene.language, danger)
    if scene.case is not None:
        card = replace(card, buttons=only_home(scene.words))
    elif rest is None:
        card = replace(card, buttons=(card.buttons[0], *_topic_button(scene), card.buttons[1]))
    turn = (rest or _nothing_else(scene)).before(card)
    turn = replace(turn, state=replace(turn.state, danger=danger.value))
    turn = turn.also(Count(f"safety:{danger.value}"))
    if scene.case is not None:
        turn = turn.also(RaiseDanger(scene.case, danger.value))
    return turn


def _nothing_else(scene: Scene) -> Turn:
    """What is remembered: nobody in danger is asked for a day again, and "yes" means a person."""
    topic, step, suggested = _known_topic(scene), scene.state.step, action("person")
    if step is Step.CONSENT:
        suggested = scene.state.suggested
    elif step in {Step.DAYS, Step.DELETE}:
        step = Step.NONE
    return scene.turn(topic=topic or scene.state.topic, step=step, suggested=suggested)


def _known_topic(scene: Scene) -> str | None:
    meaning = scene.heard.meaning
    topic = meaning.topic if meaning is not None else None
    return topic if topic is not None and scene.content.library.has(topic) else None


def _topic_button(scene: Scene) -> tuple[tuple[Button, ...], ...]:
    topic = _known_topic(scene)
    if topic is None or topic == "caseworker":
        return ()
    title = scene.content.library.title(topic, scene.language)
    return ((Button("ℹ️ " + title, action("topic", topic)),),)
