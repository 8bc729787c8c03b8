"""Places by number, in one card."""

from __future__ import annotations

from html import escape

from bot.conversation.actions import action
from bot.conversation.steps.below import Rows, ways
from bot.conversation.steps.place_words import audience_name, open_in_short
from bot.conversation.turn import Scene
from bot.delivery.card import Button, Card, Kind
from bot.directory.model import Audience, Found, Grade, Place, Town
from bot.directory.ranking import MISSIONS

MOST_PLACES = 5


def list_card(
    scene: Scene, title: str, found: tuple[Found, ...], town: Town | None = None, own: Rows = ()
) -> Card:
    """Places by number; their names are too long for buttons.

    `town` is whose list it is, to come back to; `own` are rows between numbers and ways.
    """
    words = scene.words
    lines = [f"<b>{title}</b>"]
    lines += [_line(scene, number, one) for number, one in enumerate(found, start=1)]
    advice = [words("Tap a number to read more about the place.")]
    if any(one.place.phones for one in found):
        advice.append(words("Please call first: addresses and hours may have changed."))
    if any(ask_the_line(one.place) for one in found):
        advice.append(
            words(
                "Where no phone is given, ask at {phone}: free, day and night.",
                phone=info_line(scene),
            )
        )
    numbers = tuple(
        Button(str(number), see(one, town)) for number, one in enumerate(found, start=1)
    )
    text = "\n\n".join([*lines, "\n".join(advice)])
    return Card(Kind.PLACE, text, (numbers, *own, *ways(words)))


def see(found: Found, town: Town | None) -> str:
    """The action that shows a place and knows the way back.

    The distance goes with the button: the position it was measured from is not kept.
    """
    if town is None:
        return action("place", found.place.id)
    if found.distance_km is None:
        return action("see", found.place.id, town.id)
    return action("see", found.place.id, town.id, f"{found.distance_km:.1f}")


def _line(scene: Scene, number: int, found: Found) -> str:
    words, place = scene.words, found.place
    details = [_where(scene, found)]
    if place.phones:
        details.append("☎️ " + phones(place))
    if hours := open_in_short(words, place, scene.now):
        details.append("🕘 " + hours)
    if Audience.CITIZENS in place.serves and place.kind not in MISSIONS:
        details.append("👥 " + audience_name(words, Audience.CITIZENS, place.countries))
    name = f"<b>{number}. {escape(place.name(scene.language))}</b>"
    return "\n".join([name, *(detail for detail in details if detail)])


def phones(place: Place) -> str:
    """Numbers as Telegram makes them dial on a tap."""
    return ", ".join(escape(phone) for phone in place.phones)


def _where(scene: Scene, found: Found) -> str:
    """A distance only where the position is known; else the town it belongs to."""
    words = scene.words
    if found.distance_km is not None:
        parts = (kilometres(scene, found.distance_km), doubtful_point(scene, found.place))
        return "📍 " + " · ".join(part for part in parts if part)
    if found.town is None:
        return "🇰🇿 " + words("whole country")
    if found.town.name(scene.language) in found.place.name(scene.language):
        return ""
    return "📍 " + escape(found.town.name(scene.language))


def doubtful_point(scene: Scene, place: Place) -> str:
    """What to do about a point that nobody confirmed; empty for the others."""
    words = scene.words
    if place.position is None or place.position.grade is not Grade.C:
        return ""
    if place.phones:
        return words("position not confirmed, please call first")
    return words("position not confirmed, please ask before you go")


def kilometres(scene: Scene, km: float) -> str:
    """A distance to a tenth of a kilometre."""
    return scene.words("{km} km", km=scene.words.number(round(km, 1)))


def ask_the_line(place: Place) -> bool:
    """Whether the number for families helps on; it knows nothing about missions."""
    return not place.phones and place.kind not in MISSIONS


def info_line(scene: Scene) -> str:
    """The number that knows places for families."""
    return scene.content.phone("hotline-111")
