"""Consulates, by country."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.actions import action, rows
from bot.conversation.steps.answering import answer
from bot.conversation.steps.below import Rows, ways
from bot.conversation.steps.place_list import MOST_PLACES, list_card
from bot.conversation.turn import Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.directory.model import Found

COUNTRIES = ("KG", "TJ", "UZ", "RU")
OTHER = "other"


def consulates(scene: Scene) -> Turn:
    """The answer about consulates, then the choice of country."""
    words = scene.words
    other = Button(words("Another country"), action("consulate", OTHER))
    choose = Card(
        Kind.ASK,
        words("Which country's consulate do you need?"),
        (*_countries(scene, COUNTRIES), (other,), *ways(words)),
    )
    return answer(scene, "consulates").after(choose)


def _countries(scene: Scene, codes: Iterable[str]) -> Rows:
    words = scene.words
    return rows([Button(words.country(code), action("consulate", code)) for code in codes])


def _other_countries(scene: Scene) -> Turn:
    """The countries from which fewer families come."""
    words = scene.words
    missions = scene.content.directory.consulates()
    codes = sorted({code for place in missions for code in place.countries} - set(COUNTRIES))
    text = words("Which country's consulate do you need?")
    return scene.turn(Card(Kind.ASK, text, (*_countries(scene, codes), *ways(words))))


def consulates_of(scene: Scene, country: str) -> Turn:
    """The consulates of one country."""
    words, directory = scene.words, scene.content.directory
    if country == OTHER:
        return _other_countries(scene)
    found = tuple(
        Found(place, None, directory.town(place.town)) for place in directory.consulates(country)
    )[:MOST_PLACES]
    if not found:
        return answer(scene, "consulates")
    title = words("Consulates: {country}", country=words.country(country))
    return scene.turn(list_card(scene, title, found))
