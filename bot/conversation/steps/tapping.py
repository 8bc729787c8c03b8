"""What follows from a tapped button, and from a topic however it was chosen."""

from __future__ import annotations

from bot.conversation.steps import (
    answering,
    consulates,
    deadline_taps,
    handover,
    kept_places,
    nearby,
    open_case,
    privacy,
    reminders,
    start,
)
from bot.conversation.steps.below import only_home
from bot.conversation.turn import Scene, Turn
from bot.delivery.card import Card, Kind


def tapped(scene: Scene, name: str, values: tuple[str, ...]) -> Turn:
    """What follows from a button, by its action; the home menu for what is too old to know."""
    match name, values:
        case "section", (section,):
            return start.show_section(scene, section)
        case "group", (group,):
            return start.show_group(scene, group)
        case "home", ("here",):
            return start.show_home(scene, in_place=True)
        case "topic", (topic,):
            return about(scene, topic)
        case "part", (topic, part):
            return answering.part_with_places(scene, topic, part)
        case "helped", (topic, reply):
            return answering.helped(scene, topic, reply)
        case "other", ():
            return answering.other(scene)
        case (("near" | "town" | "services" | "see" | "place"), _):
            return _place_tap(scene, name, values)
        case (("save" | "unsave" | "saved" | "wrong" | "keep-town"), _):
            return _kept_tap(scene, name, values)
        case "days", _:
            return deadline_taps.tapped(scene, values)
        case "consulate", (country,):
            return consulates.consulates_of(scene, country)
        case "language", ():
            return scene.turn(start.language_card(scene, scene.incoming.message))
        case "keep-language", ():
            return _keep_language(scene)
        case (("person" | "consent" | "reply" | "skip" | "done" | "stop"), _):
            return _handover_tap(scene, name, values)
        case (("withdraw" | "rate" | "again"), _):
            return _case_tap(scene, name, values)
        case "reminders", _:
            return reminders.tapped(scene, values)
        case "delete", (reply,):
            return privacy.delete(scene, reply)
        case _:
            return start.show_home(scene)


def _place_tap(scene: Scene, name: str, values: tuple[str, ...]) -> Turn:
    match name, values:
        case "town", (town,):
            return nearby.chosen_town(scene, town)
        case "town", (town, service):
            return nearby.chosen_town(scene, town, service)
        case "town", (town, service, skip):
            return nearby.chosen_town(scene, town, service, skip)
        case "services", (town,):
            return nearby.ask_service(scene, town)
        case "services", (town, skip):
            return nearby.ask_service(scene, town, skip)
        case "see", (place, town):
            return nearby.show_place(scene, place, town)
        case "see", (place, town, km):
            return nearby.show_place(scene, place, town, km)
        case "place", (place,):
            return nearby.show_place(scene, place)
        case _:
            return nearby.tapped(scene, values)


def _kept_tap(scene: Scene, name: str, values: tuple[str, ...]) -> Turn:
    match name, values:
        case "save", (place,):
            return kept_places.save(scene, place)
        case "unsave", (place,):
            return kept_places.unsave(scene, place)
        case "wrong", (place,):
            return kept_places.ask_what_is_wrong(scene, place)
        case "wrong", (place, reason):
            return kept_places.report(scene, place, reason)
        case "keep-town", (town,):
            return kept_places.keep_town(scene, town)
        case _:
            return kept_places.saved_places(scene)


def _handover_tap(scene: Scene, name: str, values: tuple[str, ...]) -> Turn:
    match name, values:
        case "consent", (reply,):
            return handover.consent(scene, reply)
        case "reply", (name,):
            return handover.reply(scene, name)
        case "skip", (asked,):
            return handover.skip(scene, asked)
        case "done", ():
            return handover.all_told(scene)
        case "stop", ():
            return handover.stop(scene)
        case _:
            return handover.offer(scene)


def _case_tap(scene: Scene, name: str, values: tuple[str, ...]) -> Turn:
    match name, values:
        case "withdraw", (reply,):
            return open_case.withdraw(scene, reply)
        case "rate", (number, stars):
            return open_case.rate(scene, number, stars)
        case "again", (number,):
            return open_case.reopen(scene, number)
        case _:
            return handover.offer(scene)


def _keep_language(scene: Scene) -> Turn:
    words = scene.words
    card = Card(Kind.NOTE, words("Good, we stay with English."), only_home(words))
    return scene.turn(card, keep_language=True, other_language=None)


def about(scene: Scene, topic: str) -> Turn:
    """The answer to a topic, or the conversation that is better than one."""
    match topic:
        case "caseworker":
            return handover.offer(scene)
        case "help-centres":
            return nearby.start(scene)
        case "consulates":
            return consulates.consulates(scene)
        case _:
            return answering.answer(scene, topic)
