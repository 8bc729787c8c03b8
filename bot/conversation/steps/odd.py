"""What is neither words nor a button: photos, stickers, contacts, groups."""

from __future__ import annotations

from bot.conversation.steps.below import ways
from bot.conversation.turn import Scene, Turn
from bot.delivery.card import Card, Kind


def cannot_read_file(scene: Scene) -> Turn:
    """The bot cannot look at photos or listen; a person can."""
    words = scene.words
    text = words(
        "I cannot look at photos or listen to voice messages. Write in words what you need, "
        "or talk to a person: they can."
    )
    return scene.turn(Card(Kind.NOTE, text, ways(words)))


def cannot_use(scene: Scene) -> Turn:
    """Stickers and the like."""
    words = scene.words
    text = words("Please write in words what you need help with.")
    return scene.turn(Card(Kind.NOTE, text, ways(words)))


def no_contact_needed(scene: Scene) -> Turn:
    """A phone number that nobody asked for; it is not kept."""
    words = scene.words
    text = words("Thank you, I do not need a phone number and did not keep it.")
    return scene.turn(Card(Kind.NOTE, text, ways(words)))


def only_in_private(scene: Scene) -> Turn:
    """In groups the bot says one thing: write to me alone."""
    text = scene.words("I only talk in private, for your safety. Open my profile and write to me.")
    return Turn((Card(Kind.NOTE, text),), scene.state)
