"""Help near me: places around a position or in a town."""

from __future__ import annotations

from html import escape

from bot.conversation.actions import action, home, person, rows
from bot.conversation.state import Step
from bot.conversation.steps.below import hotlines, outside, ways
from bot.conversation.turn import Count, Scene, Turn
from bot.delivery.card import Button, Card, Keyboard, Kind, Pin
from bot.directory.directory import MISSIONS
from bot.directory.hours import opening
from bot.directory.model import Found, Grade, Place, Town
from bot.i18n import Words

MOST_PLACES = 5


def ask_where(scene: Scene) -> Turn:
    """Asks for the location or a town."""
    words = scene.words
    text = words(
        "Where are you? Send your location with the button below, or write the town, for example "
        "“Shymkent”. I do not store your location."
    )
    # Only a keyboard can ask for the location, and it takes the place of the buttons.
    ways_out = (home(words).text, person(words).text)
    keyboard = Keyboard("📍 " + words("Send my location"), ways_out)
    return scene.turn(Card(Kind.ASK, text, keyboard=keyboard), step=Step.NEAR_TOWN)


def by_location(scene: Scene) -> Turn:
    """Places around a shared position, nearest first."""
    point, directory = scene.incoming.point, scene.content.directory
    if point is None:
        return ask_where(scene)
    found = directory.near(
        point.latitude, point.longitude, service=scene.state.service, limit=MOST_PLACES
    )
    town, _distance = directory.nearest_town(point.latitude, point.longitude)
    return _show(scene, found, town)


def by_town(scene: Scene, town: Town) -> Turn:
    """Places of a town that was named."""
    found = scene.content.directory.in_town(town.id, service=scene.state.service, limit=MOST_PLACES)
    return _show(scene, found, town)


def by_words(scene: Scene) -> Turn | None:
    """Places of the town in the person's words; None when no town is in them."""
    matches = scene.content.directory.find_towns(scene.incoming.text)
    if not matches:
        return None
    if len(matches) == 1 or matches[0].score - matches[1].score >= CLEARLY:
        return by_town(scene, matches[0].town)
    return _which_town(scene, tuple(match.town for match in matches))


CLEARLY = 5.0  # points of the town search by which the first must lead


def town_not_found(scene: Scene) -> Turn:
    """Asks again, with the other ways."""
    words = scene.words
    text = words(
        "I do not know this place. Write the nearest larger town, send your location, or choose:"
    )
    card = Card(Kind.ASK, text, (_town_buttons(scene), *ways(words)))
    return scene.turn(card, step=Step.NEAR_TOWN)


def _town_buttons(scene: Scene) -> tuple[Button, ...]:
    directory = scene.content.directory
    names = (directory.town(town) for town in LARGEST)
    return tuple(
        Button(town.name(scene.language), action("town", town.id)) for town in names if town
    )


LARGEST = ("almaty", "astana", "shymkent")


def _which_town(scene: Scene, towns: tuple[Town, ...]) -> Turn:
    words = scene.words
    buttons = [Button(_town_label(town, scene), action("town", town.id)) for town in towns]
    card = Card(
        Kind.CHOICES,
        words("Which of these do you mean?"),
        (*rows(buttons, 1), *ways(words)),
    )
    return scene.turn(card, step=Step.NEAR_TOWN)


def _town_label(town: Town, scene: Scene) -> str:
    region = town.region_name(scene.language)
    return f"{town.name(scene.language)} ({region})" if region else town.name(scene.language)


def chosen_town(scene: Scene, town_id: str) -> Turn:
    """The person tapped a town."""
    town = scene.content.directory.town(town_id)
    return by_town(scene, town) if town is not None else ask_where(scene)


def _show(scene: Scene, found: tuple[Found, ...], town: Town) -> Turn:
    words = scene.words
    if not found:
        return _nothing_near(scene, town)
    title = words("Help near {town}", town=escape(town.name(scene.language)))
    card = list_card(scene, title, found)
    return scene.turn(card, step=outside(scene.state), unclear=0).also(Count("near"))


def list_card(scene: Scene, title: str, found: tuple[Found, ...]) -> Card:
    """Places by number; their names are too long for buttons."""
    words = scene.words
    lines = [f"<b>{title}</b>"]
    lines += [_line(scene, number, one) for number, one in enumerate(found, start=1)]
    advice = [words("Tap a number to read more about the place.")]
    if any(one.place.phones for one in found):
        advice.append(words("Please call first: addresses and hours may have changed."))
    if any(_ask_the_line(one.place) for one in found):
        advice.append(
            words(
                "Where no phone is given, ask at {phone}: free, day and night.", phone=_info(scene)
            )
        )
    numbers = tuple(
        Button(str(number), action("place", one.place.id))
        for number, one in enumerate(found, start=1)
    )
    text = "\n\n".join([*lines, "\n".join(advice)])
    return Card(Kind.PLACE, text, (numbers, *ways(words)))


def _line(scene: Scene, number: int, found: Found) -> str:
    words, place = scene.words, found.place
    parts = [f"<b>{number}. {escape(place.name(scene.language))}</b>"]
    details = [_where(scene, found)]
    if place.phones:
        details.append("☎️ " + ", ".join(escape(phone) for phone in place.phones))
    if (hours := _hours(words, scene, place)) is not None:
        details.append(hours)
    return "\n".join([*parts, *(detail for detail in details if detail)])


def _where(scene: Scene, found: Found) -> str:
    """A distance only where the position is known; else the town it belongs to."""
    words = scene.words
    if found.distance_km is not None:
        distance = words("{km} km", km=words.number(round(found.distance_km, 1)))
        if found.place.position is not None and found.place.position.grade is Grade.C:
            distance += " · " + words("position not confirmed, please call first")
        return "📍 " + distance
    if found.town is None:
        return "🇰🇿 " + words("whole country")
    if found.town.name(scene.language) in found.place.name(scene.language):
        return ""
    return "📍 " + escape(found.town.name(scene.language))


def _hours(words: Words, scene: Scene, place: Place) -> str | None:
    state = opening(place, scene.now)
    if state.open_now is None:
        return None
    label = words("open now") if state.open_now else words("closed now")
    return f"🕘 {label}" + (f" ({state.today})" if state.today else "")


def _nothing_near(scene: Scene, town: Town) -> Turn:
    words = scene.words
    text = words(
        "I know no help centre in {town} yet. Call {phone}: free, day and night. Or talk to a "
        "person here.",
        town=escape(town.name(scene.language)),
        phone=scene.content.phone("hotline-111"),
    )
    card = Card(Kind.NOTE, text, ((hotlines(words),), *ways(words)))
    return scene.turn(card, step=outside(scene.state), suggested=action("person")).also(
        Count("nothing-near")
    )


def show_place(scene: Scene, place_id: str) -> Turn:
    """Everything about one place, with a pin where its position is known."""
    directory, words = scene.content.directory, scene.words
    place = directory.place(place_id)
    if place is None:
        return ask_where(scene)
    card = Card(
        Kind.PLACE,
        place_text(scene, place),
        ((_other_places(scene, place),), *ways(words)),
        pin=_pin(scene, place),
    )
    return scene.turn(card)


def _other_places(scene: Scene, place: Place) -> Button:
    back = action("near")
    if place.kind in MISSIONS and place.countries:
        back = action("consulate", place.countries[0])
    return Button("← " + scene.words("Other places"), back)


def place_text(scene: Scene, place: Place) -> str:
    """The place's card as text."""
    words, language = scene.words, scene.language
    town = scene.content.directory.town(place.town)
    address = ", ".join(
        part for part in (town.name(language) if town else "", place.address_in(language)) if part
    )
    lines = [
        f"<b>{escape(place.name(language))}</b>",
        "📍 " + escape(address) if address else "",
        "☎️ " + ", ".join(escape(phone) for phone in place.phones) if place.phones else "",
        _hours(words, scene, place) or "",
        escape(place.note_in(language)),
    ]
    if _ask_the_line(place):
        lines.append(words("I have no checked phone number. Ask at {phone}.", phone=_info(scene)))
    if not place.is_certain and place.phones:
        lines.append("⚠️ " + words("Not confirmed by a source we read: please call first."))
    elif not place.is_certain:
        lines.append("⚠️ " + words("Not confirmed by a source we read."))
    lines.append("<i>" + words("Checked on {date}", date=words.day(place.checked_on)) + "</i>")
    if place.position is not None:
        lines.append(f"<i>{escape(scene.content.directory.attribution)}</i>")
    return "\n".join(line for line in lines if line)


def _ask_the_line(place: Place) -> bool:
    """Whether the number for families helps on; it knows nothing about missions."""
    return not place.phones and place.kind not in MISSIONS


def _info(scene: Scene) -> str:
    return scene.content.phone("hotline-111")


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
