"""The actions behind buttons: short texts such as "part:overstay:cost".

Telegram allows 64 bytes; topic, place and town ids are kept short enough by the
content checks. A button of an older message may carry an action of an older
version: whatever cannot be read leads to the home menu.
"""

from __future__ import annotations

from bot.delivery.card import Button
from bot.i18n import Words

SEPARATOR = ":"
MAX_BYTES = 64


def action(name: str, *values: str | int) -> str:
    """The text of an action. Raises ValueError when Telegram would refuse it."""
    text = SEPARATOR.join((name, *(str(value) for value in values)))
    if len(text.encode()) > MAX_BYTES:
        raise ValueError(f"action too long for Telegram: {text}")
    return text


def read_action(text: str) -> tuple[str, tuple[str, ...]]:
    """Name and values of an action."""
    name, *values = text.split(SEPARATOR)
    return name, tuple(values)


def home(words: Words) -> Button:
    """The way back, on every screen."""
    return Button("🏠 " + words("Menu"), action("home"))


def person(words: Words) -> Button:
    """The way to a person, on every screen."""
    return Button("👤 " + words("Talk to a person"), action("person"))


def rows(buttons: list[Button], per_row: int = 2) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows of `per_row`; a long label gets a row of its own."""
    lines: list[tuple[Button, ...]] = []
    line: list[Button] = []
    for button in buttons:
        is_long = len(button.text) > 34 // per_row
        if line and (is_long or len(line) == per_row):
            lines.append(tuple(line))
            line = []
        line.append(button)
        if is_long:
            lines.append(tuple(line))
            line = []
    if line:
        lines.append(tuple(line))
    return tuple(lines)
