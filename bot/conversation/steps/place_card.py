"""Everything about one place: what for, when, where, which phone, what to bring."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.conversation.actions import action, rows
from bot.conversation.steps.below import Rows, ways
from bot.conversation.steps.place_list import (
    ask_the_line,
    doubtful_point,
    info_line,
    kilometres,
    phones,
)
from bot.conversation.steps.place_words import (
    audience_name,
    hours_today,
    service_name,
    what_to_bring,
)
from bot.conversation.turn import Scene, Turn
from bot.delivery.card import Button, Card, Kind, Pin
from bot.directory.model import Place, Town
from bot.directory.ranking import MISSIONS
from bot.languages import language_or_none

LONGEST_WAY_KM = 1_000.0


def place_card(scene: Scene, place: Place, town: Town | None, km: str = "") -> Turn:
    """The place's card with a pin where its position is known.

    `town` is whose list the person came from, `km` the distance that stood there.
    """
    buttons = (*_own_buttons(scene, place, town), *ways(scene.words))
    text = place_text(scene, place, _distance(km))
    return scene.turn(Card(Kind.PLACE, text, buttons, pin=_pin(scene, place)))


def _distance(km: str) -> float | None:
    """The distance a button carried; none when somebody made the button up."""
    try:
        way = float(km)
    except ValueError:
        return None
    return way if 0 <= way <= LONGEST_WAY_KM else None


def _own_buttons(scene: Scene, place: Place, town: Town | None) -> Rows:
    words = scene.words
    is_saved = place.id in scene.kept.saved
    save = Button("✓ " + words("Saved"), action("unsave", place.id))
    if not is_saved:
        save = Button("⭐ " + words("Save"), action("save", place.id))
    buttons = [Button("← " + words("Other places"), _back(place, town))]
    if town is not None:
        buttons.append(Button("🔎 " + words("Other help"), action("services", town.id)))
    wrong = Button("⚠️ " + words("This is wrong"), action("wrong", place.id))
    return rows([*buttons, save, wrong])


def _back(place: Place, town: Town | None) -> str:
    if place.kind in MISSIONS and place.countries:
        return action("consulate", place.countries[0])
    return action("near") if town is None else action("town", town.id)


def place_text(scene: Scene, place: Place, km: float | None) -> str:
    """The place's card as text."""
    return "\n".join(line for line in _lines(scene, place, km) if line)


def _lines(scene: Scene, place: Place, km: float | None) -> Iterator[str]:
    words, language = scene.words, scene.language
    yield f"<b>{escape(place.name(language))}</b>"
    services = ", ".join(service_name(words, service) for service in place.services)
    yield words("What for: {services}", services=escape(services)) if services else ""
    served = ", ".join(audience_name(words, one, place.countries) for one in place.serves)
    yield words("For whom: {people}", people=escape(served))
    yield _address(scene, place)
    if km is not None:
        yield "🧭 " + kilometres(scene, km)
    if doubt := doubtful_point(scene, place):
        yield "⚠️ " + doubt
    yield "☎️ " + phones(place) if place.phones else ""
    for line in hours_today(words, place, scene.now):
        yield "🕘 " + line
    yield _spoken(scene, place) if place.languages else ""
    if bring := what_to_bring(words, place.kind):
        yield "🎒 " + words("Take with you: {things}", things=escape(bring))
    yield escape(place.note_in(language))
    if ask_the_line(place):
        yield words("I have no checked phone number. Ask at {phone}.", phone=info_line(scene))
    yield from _trust(scene, place)


def _address(scene: Scene, place: Place) -> str:
    town = scene.content.directory.town(place.town)
    parts = (town.name(scene.language) if town else "", place.address_in(scene.language))
    address = ", ".join(part for part in parts if part)
    return "📍 " + escape(address) if address else ""


def _spoken(scene: Scene, place: Place) -> str:
    return "💬 " + escape(", ".join(_language(scene, code) for code in place.languages))


def _language(scene: Scene, code: str) -> str:
    """A parent's own language by its own name, so that it is seen at once."""
    own = language_or_none(code)
    if own is not None:
        return own.own_name
    name = scene.words.language_name(code)
    return name[:1].upper() + name[1:]


def _trust(scene: Scene, place: Place) -> Iterator[str]:
    """How far the entry can be trusted, and who looked at it last."""
    words = scene.words
    if not place.is_certain and place.phones:
        yield "⚠️ " + words("Not confirmed by a source we read: please call first.")
    elif not place.is_certain:
        yield "⚠️ " + words("Not confirmed by a source we read.")
    day = words.day(place.checked_on)
    if place.checked_by:
        who = escape(place.checked_by)
        yield "<i>" + words("Checked on {date} by: {who}", date=day, who=who) + "</i>"
    else:
        read = words("Checked on {date} in published sources; nobody has called there.", date=day)
        yield f"<i>{read}</i>"
    if place.position is not None:
        yield f"<i>{escape(scene.content.directory.attribution)}</i>"


def _pin(scene: Scene, place: Place) -> Pin | None:
    if place.position is None:
        return None
    town = scene.content.directory.town(place.town)
    return Pin(
        place.position.latitude,
        place.position.longitude,
        place.name(scene.language),
        place.address_in(scene.language)
        or (town.name(scene.language) if town else place.name(scene.language)),
    )
