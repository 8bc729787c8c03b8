"""A card as Telegram shows it: text in pieces, a keyboard, a pin."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.delivery.card import Button, Card, Keyboard, Pin
from bot.errors import MessageRefused
from bot.tg.splitting import split_html

LONGEST_ACTION = 64  # bytes
KEYS_PER_ROW = 2

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


@dataclass(frozen=True, slots=True)
class Rendered:
    """What to send: the pieces of the text in order, the last with the markup; then the pin.

    `edits` is the message to change instead, where that can show the whole card.
    """

    pieces: tuple[str, ...]
    markup: Markup
    pin: Pin | None
    edits: int | None

    @property
    def inline(self) -> InlineKeyboardMarkup | None:
        """The buttons below the message, the only ones an edited message can have."""
        return self.markup if isinstance(self.markup, InlineKeyboardMarkup) else None


def render(card: Card) -> Rendered:
    """The card for Telegram. Raises MessageRefused for what Telegram can never take."""
    if not card.text.strip():
        raise MessageRefused("the card has no text")
    if card.buttons and card.keyboard is not None:
        raise MessageRefused("a message has buttons or a keyboard, not both")
    pieces = split_html(card.text)
    can_edit = len(pieces) == 1 and card.keyboard is None and card.pin is None
    if card.keyboard is None:
        markup: Markup = _inline_keyboard(card.buttons)
    else:
        markup = _reply_keyboard(card.keyboard)
    return Rendered(pieces, markup, card.pin, card.replaces if can_edit else None)


def _inline_keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    filled = [[_inline_button(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def _inline_button(button: Button) -> InlineKeyboardButton:
    if button.address:
        return InlineKeyboardButton(button.text, url=button.address)
    size = len(button.action.encode())
    if not 1 <= size <= LONGEST_ACTION:
        raise MessageRefused(f"a button's action has {size} bytes, Telegram takes 1 to 64")
    return InlineKeyboardButton(button.text, callback_data=button.action)


def _reply_keyboard(keyboard: Keyboard) -> ReplyKeyboardMarkup | ReplyKeyboardRemove:
    if not keyboard.location and not keyboard.words:
        return ReplyKeyboardRemove()
    keys = [KeyboardButton(word) for word in keyboard.words]
    rows = [keys[start : start + KEYS_PER_ROW] for start in range(0, len(keys), KEYS_PER_ROW)]
    if keyboard.location:
        rows.insert(0, [KeyboardButton(keyboard.location, request_location=True)])
    return ReplyKeyboardMarkup(rows, one_time_keyboard=True, resize_keyboard=True)
