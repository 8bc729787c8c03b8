"""Messages that may be nothing but the name of a place: a town, a district, a market."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.state import Step
from bot.conversation.turn import Scene
from bot.understanding.model import Certainty, Understanding

MOST_WORDS = 2
TOWN_IS_ASKED = frozenset({Step.NEAR_TOWN, Step.TOWN})


def without_alarm(scene: Scene) -> Scene:
    """The name of a market says nothing of danger, whatever it looks like to the model.

    Words of danger are heeded all the same.
    """
    meaning = scene.heard.meaning
    if meaning is None or scene.heard.dangers or not _is_name(scene):
        return scene
    calm = replace(meaning, urgent=False, danger=None)
    return replace(scene, heard=replace(scene.heard, meaning=calm))


def may_be_meant(scene: Scene, meaning: Understanding) -> bool:
    """Whether these are a name, or few words that are nothing else the bot is sure of."""
    unclear = meaning.certainty is not Certainty.CERTAIN or meaning.control == "out-of-scope"
    return _is_name(scene) or (unclear and len(scene.incoming.text.split()) <= MOST_WORDS)


def _is_name(scene: Scene) -> bool:
    was_asked = scene.state.step in TOWN_IS_ASKED
    return scene.content.directory.is_town_or_landmark(scene.incoming.text, was_asked=was_asked)
