"""Cards for people who read Uzbek in Cyrillic letters."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.uzbek_cyrillic import to_cyrillic
from bot.delivery.card import Button, Card, Keyboard, Kind
from bot.languages import OWN_NAMES

_NAMES = frozenset(OWN_NAMES.values())


def in_cyrillic(card: Card) -> Card:
    """The card with everything that is read in Cyrillic letters.

    What a caseworker wrote stays as they wrote it, and a language keeps its own name: people
    look for it on the list of languages.
    """
    if card.kind is Kind.REPLY:
        return card
    rows = tuple(tuple(_button(button) for button in row) for row in card.buttons)
    keyboard = card.keyboard and _keyboard(card.keyboard)
    pin = card.pin and replace(
        card.pin, title=to_cyrillic(card.pin.title), address=to_cyrillic(card.pin.address)
    )
    return replace(card, text=to_cyrillic(card.text), buttons=rows, keyboard=keyboard, pin=pin)


def _button(button: Button) -> Button:
    return button if button.text in _NAMES else replace(button, text=to_cyrillic(button.text))


def _keyboard(keyboard: Keyboard) -> Keyboard:
    words = tuple(to_cyrillic(word) for word in keyboard.words)
    return replace(keyboard, location=to_cyrillic(keyboard.location), words=words)
