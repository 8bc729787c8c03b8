"""What hangs below every card: the way to a person and the way back."""

from __future__ import annotations

from bot.conversation.actions import action, home, person, rows
from bot.conversation.state import State, Step
from bot.delivery.card import Button
from bot.directory.model import Service
from bot.i18n import Words
from bot.stay.model import Occasion

Rows = tuple[tuple[Button, ...], ...]

# The topics about a day that can be counted, and what it is counted from.
OCCASIONS = {
    "stay-period": Occasion.ENTRY,
    "arrival-notification": Occasion.ENTRY,
    "temporary-residence": Occasion.ENTRY,
    "overstay": Occasion.ENTRY,
    "work-permit": Occasion.PERMIT,
    "birth-registration": Occasion.BIRTH,
    "late-birth-registration": Occasion.BIRTH,
    "deportation": Occasion.EXPULSION,
    "asylum": Occasion.ASYLUM,
}


def ways(words: Words) -> Rows:
    """To a person and to the menu; beside each other where both can be read."""
    return rows([person(words), home(words)])


def only_home(words: Words) -> Rows:
    """To the menu, where a person makes no sense."""
    return ((home(words),),)


def back_to_menu(words: Words) -> Button:
    """To the menu in the place of this one: for cards that hold nothing worth keeping."""
    return Button(home(words).text, action("home", "here"))


def near(words: Words, service: Service | None = None) -> Button:
    """To the help near the parent, for what they need there."""
    where = action("near", service) if service else action("near")
    return Button("📍 " + words("Help near me"), where)


def hotlines(words: Words) -> Button:
    """To the phone numbers."""
    return Button("☎️ " + words("Hotlines"), action("topic", "hotlines"))


def count_days(words: Words) -> Button:
    """To the days that matter, in the place of a menu."""
    return Button("📅 " + words("Count my days"), action("days", "here"))


def count_days_about(words: Words, topic: str) -> Rows:
    """The same below an answer, which stays; nothing where no days are to be counted."""
    occasion = OCCASIONS.get(topic)
    if occasion is None:
        return ()
    return ((Button(count_days(words).text, action("days", "again", occasion, "-")),),)


def outside(state: State) -> Step:
    """The step of somebody who looks something up: only half-told intakes are kept."""
    return state.step if state.step.is_intake else Step.NONE
