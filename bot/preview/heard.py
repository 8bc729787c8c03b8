"""What a person sees in the chat, as values a test can read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from bot.preview.wire import Json
from bot.preview.world import Chat, Message

KINDS = ("photo", "document", "voice", "audio", "video", "venue", "location", "contact", "sticker")


@dataclass(frozen=True, slots=True)
class Button:
    """One button of an inline keyboard."""

    text: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as the chat shows it at this moment."""

    id: int
    by_bot: bool
    kind: str
    text: str
    buttons: tuple[tuple[Button, ...], ...]
    content: Json
    edited: bool

    def button(self, wanted: str) -> Button | None:
        """The button with this text or callback data."""
        for row in self.buttons:
            for button in row:
                if wanted in (button.text, button.data):
                    return button
        return None


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What popped up after a tap; no text when the spinner just stopped."""

    text: str
    alert: bool


def shown_of(message: Message) -> Shown:
    """The message as a value."""
    content = message.content
    markup = message.markup or {"inline_keyboard": []}
    return Shown(
        id=message.id,
        by_bot=message.by_bot,
        kind=next((kind for kind in KINDS if kind in content), "text"),
        text=content.get("text") or content.get("caption") or "",
        buttons=tuple(
            tuple(Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row)
            for row in markup["inline_keyboard"]
        ),
        content=content,
        edited=bool(message.edit_date),
    )


class Ear:
    """What the bot has said to one person and that person has not taken in yet."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self._taken = chat.bot_said_count

    def skip(self) -> None:
        """Whatever was said so far counts as heard."""
        self._taken = self.chat.bot_said_count

    def unheard(self) -> list[tuple[int, Shown]]:
        """Messages and edits not taken in, each with its place in the order."""
        first = self.chat.bot_said_count - len(self.chat.bot_said)
        start = max(self._taken - first, 0)
        said = enumerate(islice(self.chat.bot_said, start, None), start=first + start)
        return [(place, shown_of(m)) for place, m in said if m.id in self.chat.messages]

    def take(self, place: int) -> None:
        """Everything up to this place has been heard."""
        self._taken = place + 1
