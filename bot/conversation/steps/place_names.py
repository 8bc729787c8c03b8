"""Messages that may be nothing but the name of a place: a town, a district, a market."""

from __future__ import annotations

from bot.conversation.state import Step
from bot.conversation.turn import Scene
from bot.understanding.model import Certainty, Understanding

MOST_WORDS = 2
TOWN_IS_ASKED = frozenset({Step.NEAR_TOWN, Step.TOWN})


def may_be_meant(scene: Scene, meaning: Understanding) -> bool:
    """Whether these are a name, or few words that are nothing else the bot is sure of."""
    unclear = meaning.certainty is not Certainty.CERTAIN or meaning.control == "out-of-scope"
    return is_name(scene) or (unclear and len(scene.incoming.text.split()) <= MOST_WORDS)


def is_name(scene: Scene) -> bool:
    """Whether the words are the name of a town or landmark and nothing else."""
    was_asked = scene.state.step in TOWN_IS_ASKED
    return scene.content.directory.is_town_or_landmark(scene.incoming.text, was_asked=was_asked)
