"""Content that follows its files: a good edit is taken up, a broken one refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

import structlog
from watchfiles import awatch

from bot.clock import Clock, day_of
from bot.errors import BadContent

log = structlog.get_logger()

T = TypeVar("T")

# How long a burst of writes is gathered, and how often the calendar is looked at.
BURST_MS = 400
TICK_MS = 5_000
PAUSE_SECONDS = 5.0


class LiveContent(Generic[T]):
    """Holds the last good value that `load` made of the files in `folders`.

    Made by loading once: raises BadContent when there is nothing good to begin with.
    """

    def __init__(
        self, name: str, load: Callable[[], T], folders: Sequence[Path], clock: Clock
    ) -> None:
        self._name = name
        self._load = load
        self._folders = tuple(folders)
        self._clock = clock
        self._day = self._today()
        self._current = load()
        self._problem: str | None = None

    @property
    def current(self) -> T:
        """The last good value."""
        return self._current

    @property
    def problem(self) -> str | None:
        """Why the files as they stand now are not used; None when they are."""
        return self._problem

    async def watch(self) -> None:
        """Takes up changes until cancelled; nothing in the files can end it."""
        while True:
            try:
                await self._follow()
            except (OSError, RuntimeError) as exc:  # a folder that was moved or cannot be watched
                log.error("content.not_watched", content=self._name, reason=str(exc))
            await asyncio.sleep(PAUSE_SECONDS)
            await self.reload()

    async def _follow(self) -> None:
        # What changed between the loading and the watching is taken up at the first tick.
        missed = True
        async for changes in awatch(
            *self._folders,
            debounce=BURST_MS,
            rust_timeout=TICK_MS,
            yield_on_timeout=True,
        ):
            if changes or missed or self._day != self._today():
                missed = False
                await self.reload()

    async def reload(self) -> bool:
        """Loads once more; False when the files are refused and the last good value stays."""
        self._day = self._today()
        try:
            value = await asyncio.to_thread(self._load)
        except BadContent as exc:
            self._refuse(str(exc))
            return False
        except Exception as exc:  # a slip in a loader must not end the watching either
            log.exception("content.loader_failed", content=self._name)
            self._refuse(f"the files could not be read ({type(exc).__name__})")
            return False
        if self._problem is not None:
            log.info("content.recovered", content=self._name)
        self._current, self._problem = value, None
        log.info("content.loaded", content=self._name)
        return True

    def _refuse(self, reason: str) -> None:
        if reason != self._problem:
            log.error("content.refused", content=self._name, reason=reason)
        self._problem = reason

    def _today(self) -> date:
        return day_of(self._clock.now())
