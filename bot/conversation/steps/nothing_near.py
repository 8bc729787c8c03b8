"""No place within reach: who helps from afar, and where the nearest door is."""

from __future__ import annotations

from html import escape

from bot.conversation.actions import action
from bot.conversation.steps.below import Rows, hotlines, outside, ways
from bot.conversation.steps.place_ways import in_town, own_rows, wish_of
from bot.conversation.turn import Count, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.directory.model import Place, Service, Town

MOST_LINES = 2
ABOUT_KM = 10  # a distance between towns is only said in tens of kilometres


def nothing_near(scene: Scene, town: Town, service: Service | None) -> Turn:
    """Who can help from afar, and the nearest town where there is a door."""
    words, directory = scene.words, scene.content.directory
    name = escape(town.name(scene.language))
    lines = [words("I know no place for this within 150 km of {town}.", town=name)]
    lines += [f"☎️ {place.phones[0]} {_line_name(scene, place)}" for place in _lines(scene, service)]
    farther = directory.nearest_with(town.id, wish_of(scene, service))
    own: Rows = ()
    if farther is not None:
        there = farther.town.name(scene.language)
        km = words.number(max(round(farther.km / ABOUT_KM), 1) * ABOUT_KM)
        nearest = words("The nearest is in {town}, about {km} km away.", town=escape(there), km=km)
        lines.append(nearest)
        own = ((Button("📍 " + there, in_town(farther.town, service)),),)
    for place in directory.national(service)[:MOST_LINES] if service else ():
        own += ((Button(place.name(scene.language), action("see", place.id, town.id)),),)
    buttons = (*own, *own_rows(scene, town), (hotlines(words),), *ways(words))
    turn = scene.turn(
        Card(Kind.NOTE, "\n".join(lines), buttons),
        step=outside(scene.state),
        suggested=action("person"),
        service=service,
    )
    return turn.also(Count("nothing-near"))


def _lines(scene: Scene, service: Service | None) -> tuple[Place, ...]:
    """The national lines that can help; the one for families when none is for just this."""
    directory = scene.content.directory
    if service is Service.CONSULAR:  # no line knows about another state's missions
        return ()
    found = directory.hotlines(service)[:MOST_LINES] if service else ()
    families = directory.place("hotline-111")
    return found or ((families,) if families is not None else ())


def _line_name(scene: Scene, place: Place) -> str:
    """The line's name without the number that stands before it already."""
    name = place.name(scene.language)
    return escape(name.removeprefix(place.phones[0]).lstrip(" —-"))
