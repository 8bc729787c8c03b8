"""Whatever people tap, type and share, in whatever order: nothing told is lost, nobody ignored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.cases.model import Said
from bot.conversation.decide import decide
from bot.conversation.incoming import Arrival, Point
from bot.conversation.state import Intake, State, Step, pack, unpack
from bot.conversation.turn import Count, DeleteData, HandOver, Heard, Keep, Scene, Turn
from bot.delivery.card import Kind
from bot.languages import Language
from bot.people.model import NOTHING_KEPT
from bot.reminders.model import Fate, Reminder
from bot.tg.rendering import render
from bot.understanding.model import Certainty, Danger
from tests.fakes import meaning
from tests.unit.conversation.conftest import CASE, NOW, MakeScene

STEPS = 30
BEGIN = ["home", "days:here", "near", "person"]
COMMANDS = ["days", "near", "person", "mydata", "menu", "reminders", "delete", "start"]
DANGER = "муж бьёт с 5 ноября"
TEXTS = [
    *("5.11.2026", "12", "31.02.2026", "9999-12-31", "0", "дар 5 ноябр омадам", "bugun keldim"),
    *("Шымкент", "Өзбекстан", "посчитай мои дни", "да", "нет", "1414", "😀", "5 yosh", DANGER),
]
INTENTS = [
    *("affirm", "deny", "greet", "overstay", "stay-period", "school-enrolment", "delete-data"),
    *("change-language", "repeat", "ask-place", "help-centres", "caseworker", "out-of-scope"),
]
ON_THE_WAY = ["consent:yes", "reply:child", "skip:who", "done", "days:on:day:entry:TJ:20261105"]
TOLD = Intake(consent_at=NOW, town="Шымкент", who="Балам", story=(Said("…"),))
ENDS_INTAKE = {"stop", "consent:no"}
REMINDER = Reminder(3, "x", (NOW + timedelta(days=9)).date(), NOW + timedelta(days=3), Fate.WAITING)


def heard(dice: Random, text: str) -> Heard:
    danger = Danger.VIOLENCE if text == DANGER else None
    certainty = dice.choice([Certainty.CERTAIN, Certainty.UNSURE, Certainty.UNKNOWN])
    return Heard(meaning(dice.choice(INTENTS), certainty=certainty, danger=danger))


def next_scene(dice: Random, scene: MakeScene, seen: list[str]) -> Scene:
    """Mostly a tap on one of the newest buttons, now and then on an old one."""
    ways = {"tap": 40, "old": 12, "command": 7, "place": 3, "words": 33, "edit": 5}
    (way,) = dice.choices(list(ways), list(ways.values()))
    match way:
        case "tap":
            return scene(dice.choice(seen[-12:]), arrival=Arrival.TAP, message=9)
        case "old":
            return scene(dice.choice(seen), arrival=Arrival.TAP, message=9)
        case "command":
            return scene(dice.choice(COMMANDS), arrival=Arrival.COMMAND)
        case "place":
            point = Point(dice.uniform(41, 55), dice.uniform(50, 85))
            return scene(arrival=Arrival.LOCATION, point=point)
        case _:
            text = dice.choice(TEXTS)
            arrival = Arrival.TEXT if way == "words" else Arrival.EDIT
            return scene(text, arrival=arrival, message=50, heard=heard(dice, text))


def assert_kind(now: Scene, turn: Turn) -> None:
    told, kept, incoming = now.state.intake, turn.state.intake, now.incoming
    is_tap, is_edit = incoming.arrival is Arrival.TAP, incoming.arrival is Arrival.EDIT
    done = [one for one in turn.requests if not isinstance(one, Count)]
    assert turn.cards or done or is_edit or incoming.text == "days:still", "silence"
    if now.heard.danger is not None:
        assert turn.cards[0].kind is Kind.SAFETY
    for card in turn.cards:
        render(card)
        assert card.replaces is None or is_tap
    over = any(isinstance(one, HandOver | DeleteData) for one in done)
    meant = now.heard.meaning
    no = incoming.text in ENDS_INTAKE or (meant is not None and meant.control == "deny")
    if told is not None and not over and not no:
        assert kept is not None
        assert len(kept.story) >= len(told.story)
    assert unpack(pack(turn.state)) == turn.state


@pytest.mark.parametrize("seed", range(60))
def test_no_way_through_the_bot_loses_anything(scene: MakeScene, seed: int) -> None:
    dice = Random(seed)
    state = State(language=list(Language)[seed % len(Language)], seen_at=NOW)
    case, kept, seen = CASE if seed % 4 == 0 else None, NOTHING_KEPT, list(BEGIN)
    if seed % 2:  # somebody who has half told what happened, with the buttons on the way there
        state, seen = replace(state, step=Step.STORY, intake=TOLD), [*ON_THE_WAY, *BEGIN]
    for _ in range(STEPS):
        now = next_scene(dice, scene, seen)
        now = replace(now, state=state, case=case, kept=kept, reminders=(REMINDER,))
        turn = decide(now)
        assert_kind(now, turn)
        buttons = [one for card in turn.cards for row in card.buttons for one in row]
        seen += [one.action for one in buttons if one.action]
        state = turn.state
        kept = next((one.kept for one in turn.requests if isinstance(one, Keep)), kept)
