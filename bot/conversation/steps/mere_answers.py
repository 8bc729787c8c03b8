"""Answers that only name a place, people or a time, or say that one does not know."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.state import Step
from bot.conversation.steps.place_names import is_name
from bot.conversation.turn import Scene
from bot.understanding.short_answers import (
    names_only_people,
    names_only_times,
    says_only_not_known,
)


def without_alarm(scene: Scene) -> Scene:
    """A market, or "me and the children", says nothing of danger, whatever the model makes of it.

    Words of danger are heeded all the same.
    """
    meaning = scene.heard.meaning
    if meaning is None or scene.heard.dangers or not _is_mere_answer(scene):
        return scene
    calm = replace(meaning, urgent=False, danger=None)
    return replace(scene, heard=replace(scene.heard, meaning=calm))


def _is_mere_answer(scene: Scene) -> bool:
    text = scene.incoming.text
    are_people = scene.state.step is Step.WHO and names_only_people(text)
    are_times = scene.state.step is Step.CONTACT and names_only_times(text)
    return are_people or are_times or is_name(scene) or says_only_not_known(text)
