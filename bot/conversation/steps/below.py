"""What hangs below every card: the way to a person and the way back."""

from __future__ import annotations

from bot.conversation.actions import action, home, person, rows
from bot.conversation.state import State, Step
from bot.delivery.card import Button
from bot.i18n import Words

Rows = tuple[tuple[Button, ...], ...]


def ways(words: Words) -> Rows:
    """To a person and to the menu; beside each other where both can be read."""
    return rows([person(words), home(words)])


def only_home(words: Words) -> Rows:
    """To the menu, where a person makes no sense."""
    return ((home(words),),)


def back_to_menu(words: Words) -> Button:
    """To the menu in the place of this one: for cards that hold nothing worth keeping."""
    return Button(home(words).text, action("home", "here"))


def near(words: Words) -> Button:
    """To the help near the parent."""
    return Button("📍 " + words("Help near me"), action("near"))


def hotlines(words: Words) -> Button:
    """To the phone numbers."""
    return Button("☎️ " + words("Hotlines"), action("topic", "hotlines"))


def outside(state: State) -> Step:
    """The step of somebody who looks something up: only half-told intakes are kept."""
    return state.step if state.step.is_intake else Step.NONE
