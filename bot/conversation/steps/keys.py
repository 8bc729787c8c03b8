"""Reply keyboards: their keys come back as words, and they stay until they are taken away."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from bot.answers.uzbek_cyrillic import to_cyrillic
from bot.conversation.actions import action, home, person
from bot.conversation.incoming import Arrival
from bot.conversation.state import Step
from bot.conversation.turn import Scene, Turn
from bot.delivery.card import Card, Keyboard, Kind
from bot.languages import Language

WITH_KEYS = frozenset({Step.TOWN, Step.NEAR_TOWN})  # asked with a key that shares the location
LONGEST_ECHO = 60


def pressed(scene: Scene) -> str | None:
    """The action of a reply keyboard's key: Telegram sends its label as words."""
    if scene.incoming.arrival is not Arrival.TEXT:
        return None
    words, text = scene.words, scene.incoming.text.strip()
    keys = {button.text: button.action for button in (home(words), person(words))}
    # The keys of the questions may still be there when the questions are over.
    step = scene.state.step
    skip, stop = action("skip", step), action("stop")
    if not step.is_intake:
        skip = stop = action("home")
    keys |= {words("Skip"): skip, words("Stop"): stop}
    if scene.language is Language.UZ:  # the keys may have been sent in Cyrillic letters
        keys |= {to_cyrillic(label): key for label, key in keys.items()}
    return keys.get(text)


def without_old_keys(scene: Scene, turn: Turn) -> Turn:
    """Takes the location key away once the town is said; Telegram would leave it there.

    Only a message without buttons can do that: a short sign that the town was heard.
    """
    asked, still = scene.state.step in WITH_KEYS, turn.state.step in WITH_KEYS
    # A key that was pressed hides its keyboard by itself.
    by_key = scene.incoming.arrival is Arrival.TAP or pressed(scene) is not None
    if not asked or still or not turn.cards or by_key:
        return turn
    # The name of a command is English, and nobody's answer.
    is_answer = scene.incoming.arrival is not Arrival.COMMAND
    heard = "✓ " + (escape(scene.incoming.text[:LONGEST_ECHO]) or "📍") if is_answer else "✓"
    sign = Card(Kind.NOTE, heard, keyboard=Keyboard())
    if turn.cards[0].kind is Kind.SAFETY:
        return replace(turn, cards=(turn.cards[0], sign, *turn.cards[1:]))
    return turn.before(sign)
