"""Answers that only name what was asked for: a place, or the people who need help."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.state import Step
from bot.conversation.steps.place_names import is_name
from bot.conversation.turn import Scene
from bot.understanding.people_words import names_only_people


def without_alarm(scene: Scene) -> Scene:
    """A market, or "me and the children", says nothing of danger, whatever the model makes of it.

    Words of danger are heeded all the same.
    """
    meaning = scene.heard.meaning
    if meaning is None or scene.heard.dangers or not (is_name(scene) or _are_people(scene)):
        return scene
    calm = replace(meaning, urgent=False, danger=None)
    return replace(scene, heard=replace(scene.heard, meaning=calm))


def _are_people(scene: Scene) -> bool:
    return scene.state.step is Step.WHO and names_only_people(scene.incoming.text)
