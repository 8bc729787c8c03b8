"""What happens in the chats, told to whoever listens: pages, tests, waiting people."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.preview.wire import Json

# A page that has stopped reading must not make the server grow.
LONGEST_BACKLOG = 2000


@dataclass(frozen=True, slots=True)
class Event:
    """One visible change in one chat."""

    chat: int
    kind: str
    data: Json


Listener = asyncio.Queue[Event | None]

# Events of no chat in particular, such as new commands; and listeners to everything.
EVERYTHING = 0


class Events:
    """Hands every event to those who listen to its chat, or to everything, in order."""

    def __init__(self) -> None:
        self._listeners: dict[int, set[Listener]] = {}

    def publish(self, chat: int, kind: str, data: Json) -> None:
        """Tells the listeners; one that fell too far behind is cut off and may come back."""
        for key in {chat, EVERYTHING}:
            for listener in list(self._listeners.get(key, ())):
                if listener.qsize() < LONGEST_BACKLOG:
                    listener.put_nowait(Event(chat, kind, data))
                else:
                    self._listeners[key].discard(listener)
                    listener.put_nowait(None)

    def close(self) -> None:
        """Ends every listener's stream."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.put_nowait(None)
        self._listeners.clear()

    @contextmanager
    def listening(self, chat: int = EVERYTHING) -> Iterator[Listener]:
        """A queue of everything from now on; None in it means the stream is over."""
        listener: Listener = asyncio.Queue()
        self._listeners.setdefault(chat, set()).add(listener)
        try:
            yield listener
        finally:
            self._listeners.get(chat, set()).discard(listener)
            if chat in self._listeners and not self._listeners[chat]:
                del self._listeners[chat]
