"""Help near me: places around a position or in a town."""

from __future__ import annotations

from html import escape

from bot.conversation.actions import action, home, person, rows
from bot.conversation.state import Step
from bot.conversation.steps.below import outside, ways
from bot.conversation.steps.kept_places import saved, saved_card, with_question
from bot.conversation.steps.nothing_near import nothing_near
from bot.conversation.steps.place_card import place_card
from bot.conversation.steps.place_list import MOST_PLACES, list_card
from bot.conversation.steps.place_ways import ANY, ASK, in_town, own_rows, wish_of
from bot.conversation.steps.place_words import service_name
from bot.conversation.turn import Count, Scene, Turn
from bot.delivery.card import Button, Card, Keyboard, Kind
from bot.directory.directory import FAR_KM
from bot.directory.model import Found, Service, Town
from bot.i18n import message

MOST_SERVICES = 5
ASKED_MOST = (
    *(Service.LEGAL, Service.REGISTRATION, Service.HEALTH, Service.SHELTER, Service.CONSULAR),
    *(Service.SCHOOL, Service.FOOD_CLOTHES, Service.PSYCHOLOGICAL, Service.VIOLENCE),
)
# Topics of somebody who looks for a door: a town in their words is where it should be.
SOUGHT = frozenset({"legal-aid", "shelter", "psychological-help", "material-help"})
CLEARLY = 5.0  # points of the town search by which the first must lead
LARGEST = ("almaty", "astana", "shymkent")


def tapped(scene: Scene, values: tuple[str, ...]) -> Turn:
    """Help near me, as a button asks for it: anew, for a service, or for the kept town."""
    if values == (ASK,):
        return ask_where(scene)
    return start(scene, _service(values[0]) if values else None)


def start(scene: Scene, service: Service | None = None) -> Turn:
    """The places of the person's town where they let us remember it; else the question."""
    town = scene.content.directory.town(scene.kept.town or "")
    return ask_where(scene, service) if town is None else _in_town(scene, town, service)


def ask_where(scene: Scene, service: Service | None = None) -> Turn:
    """Asks for the location or a town; saved places stand above."""
    words = scene.words
    text = words(
        "Where are you? Send your location with the button below, or write the town, for example "
        "“Shymkent”. I do not store your location."
    )
    # Only a keyboard can ask for the location, and it takes the place of the buttons.
    ways_out = (home(words).text, person(words).text)
    keyboard = Keyboard("📍 " + words("Send my location"), ways_out)
    above = (saved_card(scene),) if saved(scene) else ()
    card = Card(Kind.ASK, text, keyboard=keyboard)
    return scene.turn(*above, card, step=Step.NEAR_TOWN, service=service)


def by_location(scene: Scene) -> Turn:
    """Places around a shared position, nearest first."""
    point, directory = scene.incoming.point, scene.content.directory
    if point is None:
        return ask_where(scene)
    service = _service(scene.state.service)
    wish = wish_of(scene, service)
    town, km = directory.nearest_town(point.latitude, point.longitude)
    if km > FAR_KM:
        return _ask_again(scene, scene.words(FAR_AWAY))
    found = directory.near(point.latitude, point.longitude, wish, MOST_PLACES + 1)
    # The position is forgotten by then: the next ones are those of the town, from the first.
    return _show(scene, found, town, service, following=0)


def _service(name: str | None) -> Service | None:
    return Service(name) if name in list(Service) else None


def _in_town(scene: Scene, town: Town, service: Service | None, skip: int = 0) -> Turn:
    wish = wish_of(scene, service)
    found = scene.content.directory.in_town(town.id, wish, MOST_PLACES + 1, skip)
    return _show(scene, found, town, service, following=skip + MOST_PLACES)


def by_words(scene: Scene) -> Turn | None:
    """Places of the town that somebody names as theirs; None when no town is in the words."""
    towns = _named(scene)
    service = _service(scene.state.service)
    if len(towns) == 1:
        return with_question(scene, _in_town(scene, towns[0], service), towns[0])
    return _which_town(scene, towns, service) if towns else None


def about(scene: Scene, topic: str) -> Turn | None:
    """Places for a topic in the town that a question names; None when it names none."""
    towns, service = _named(scene), service_for(scene, topic)
    if len(towns) == 1:
        return _in_town(scene, towns[0], service)
    return _which_town(scene, towns, service) if towns else None


def _named(scene: Scene) -> tuple[Town, ...]:
    """The town that is surely meant, or those that may be."""
    matches = scene.content.directory.find_towns(scene.incoming.text)
    if len(matches) > 1 and matches[0].score - matches[1].score >= CLEARLY:
        return (matches[0].town,)
    return tuple(match.town for match in matches)


def service_for(scene: Scene, topic: str) -> Service | None:
    """What people go for with a topic; None for anything that helps."""
    return scene.content.directory.topic_services.get(topic)


def in_kept_town(scene: Scene, topic: str) -> Turn | None:
    """Places for a topic in the town the person let us remember; None without one."""
    town = scene.content.directory.town(scene.kept.town or "")
    return None if town is None else _in_town(scene, town, service_for(scene, topic))


def town_not_found(scene: Scene) -> Turn:
    """Asks again, with the other ways."""
    return _ask_again(scene, scene.words(NOT_KNOWN))


NOT_KNOWN = message(
    "I do not know this place. Write the nearest larger town, send your location, or choose:"
)
FAR_AWAY = message(
    "I only know places in Kazakhstan, and you seem to be far from there. Write a town in "
    "Kazakhstan, or choose:"
)


def _ask_again(scene: Scene, text: str) -> Turn:
    words = scene.words
    directory = scene.content.directory
    towns = tuple(town for one in LARGEST if (town := directory.town(one)) is not None)
    service = _service(scene.state.service)
    buttons = rows([Button(town.name(scene.language), in_town(town, service)) for town in towns], 3)
    return scene.turn(Card(Kind.ASK, text, (*buttons, *ways(words))), step=Step.NEAR_TOWN)


def _which_town(scene: Scene, towns: tuple[Town, ...], service: Service | None) -> Turn:
    words = scene.words
    buttons = [Button(_town_label(town, scene), in_town(town, service)) for town in towns]
    card = Card(
        Kind.CHOICES,
        words("Which of these do you mean?"),
        (*rows(buttons, 1), *ways(words)),
    )
    return scene.turn(card, step=Step.NEAR_TOWN)


def _town_label(town: Town, scene: Scene) -> str:
    region = town.region_name(scene.language)
    return f"{town.name(scene.language)} ({region})" if region else town.name(scene.language)


def chosen_town(scene: Scene, town_id: str, service: str = ANY, skip: str = "0") -> Turn:
    """The person tapped a town, with what they look for there, and how many they have seen."""
    town = scene.content.directory.town(town_id)
    if town is None:
        return ask_where(scene)
    return _in_town(scene, town, _service(service), int(skip) if skip.isdecimal() else 0)


def _show(
    scene: Scene,
    found: tuple[Found, ...],
    town: Town,
    service: Service | None,
    *,
    following: int,
) -> Turn:
    """The first of the places found; one more than fits shows that others follow."""
    if not found:
        return nothing_near(scene, town, service)
    own = own_rows(scene, town)
    if len(found) > MOST_PLACES:
        more = action("town", town.id, service or ANY, following)
        own = ((Button("→ " + scene.words("More places"), more),), *own)
    card = list_card(scene, _title(scene, town, service), found[:MOST_PLACES], town, own)
    step = outside(scene.state)
    return scene.turn(card, step=step, unclear=0, service=service).also(Count("near"))


def _title(scene: Scene, town: Town, service: Service | None) -> str:
    title = scene.words("Help near {town}", town=escape(town.name(scene.language)))
    return f"{title}: {service_name(scene.words, service)}" if service else title


def ask_service(scene: Scene, town_id: str, skip: str = "0") -> Turn:
    """What kind of help, among what is offered within reach of the town; the usual kinds first."""
    words, directory = scene.words, scene.content.directory
    town = directory.town(town_id)
    if town is None:
        return ask_where(scene)
    first = int(skip) if skip.isdecimal() else 0
    offered = sorted(directory.services_near(town.id), key=_how_often_asked)
    shown = offered[first : first + MOST_SERVICES]
    buttons = [Button(_capital(service_name(words, one)), in_town(town, one)) for one in shown]
    if first == 0:
        buttons.insert(0, Button(words("Any help"), action("town", town.id)))
    if len(offered) > first + MOST_SERVICES:
        more = action("services", town.id, first + MOST_SERVICES)
        buttons.append(Button("→ " + words("More kinds of help"), more))
    text = words("What kind of help do you look for?")
    return scene.turn(Card(Kind.ASK, text, (*rows(buttons), *ways(words))))


def _how_often_asked(service: Service) -> int:
    return ASKED_MOST.index(service) if service in ASKED_MOST else len(ASKED_MOST)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def show_place(scene: Scene, place_id: str, town_id: str = "", km: str = "") -> Turn:
    """Everything about one place."""
    directory = scene.content.directory
    place = directory.place(place_id)
    if place is None:
        return ask_where(scene)
    return place_card(scene, place, directory.town(town_id), km)
