"""From places to other places: another kind of help, another town, the saved ones."""

from __future__ import annotations

from bot.conversation.actions import action, rows
from bot.conversation.steps.below import Rows
from bot.conversation.steps.kept_places import saved_row
from bot.conversation.turn import Scene
from bot.delivery.card import Button
from bot.directory.model import Service, Town
from bot.directory.ranking import Wish

ANY = "any"  # the service of somebody who looks for anything that helps
ASK = "ask"  # somebody who looks for another place than their own town


def wish_of(scene: Scene, service: Service | None) -> Wish:
    """What the person looks for, in their language, now."""
    return Wish(service, scene.language, scene.now)


def in_town(town: Town, service: Service | None) -> str:
    """The action that shows the places of a town for a service."""
    return action("town", town.id, service) if service else action("town", town.id)


def own_rows(scene: Scene, town: Town) -> Rows:
    """What stands below the places of a town."""
    words = scene.words
    other_help = Button("🔎 " + words("Other help"), action("services", town.id))
    other_town = Button("📍 " + words("Another place"), action("near", ASK))
    return (*rows([other_help, other_town]), *saved_row(scene))
