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


class Events:
    """Hands every event to every listener, in order."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event | None]] = set()

    def publish(self, chat: int, kind: str, data: Json) -> None:
        """Tells all listeners; one that fell too far behind is cut off and may come back."""
        for queue in list(self._listeners):
            if queue.qsize() < LONGEST_BACKLOG:
                queue.put_nowait(Event(chat, kind, data))
            else:
                self._listeners.discard(queue)
                queue.put_nowait(None)

    def close(self) -> None:
        """Ends every listener's stream."""
        for queue in self._listeners:
            queue.put_nowait(None)
        self._listeners.clear()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Event | None]]:
        """A queue of everything from now on; None in it means the stream is over."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)
