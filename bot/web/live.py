"""Wakes open pages when cases change, so that nobody has to reload."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from bot.storage import bell
from bot.storage.bell import Bell

LOOK = 5.0  # seconds between looks when no bell rings


class Hub:
    """One listener at the bell for all open pages of this process."""

    def __init__(self, ringing: Bell) -> None:
        self._bell = ringing
        self._pages: set[asyncio.Event] = set()
        self._task: asyncio.Task[None] | None = None
        self.closed = False

    def start(self) -> None:
        """Begins to listen."""
        self._task = asyncio.create_task(self._listen())

    @contextlib.contextmanager
    def page(self) -> Iterator[asyncio.Event]:
        """An event that is set at every ring, and now and then without one."""
        woken = asyncio.Event()
        self._pages.add(woken)
        try:
            yield woken
        finally:
            self._pages.discard(woken)

    def close(self) -> None:
        """Lets every open page end, for the site stops."""
        self.closed = True
        self._wake()
        if self._task is not None:
            self._task.cancel()

    async def _listen(self) -> None:
        while True:
            await self._bell.wait(bell.CASES, LOOK)
            self._wake()

    def _wake(self) -> None:
        for woken in self._pages:
            woken.set()
