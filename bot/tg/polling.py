"""Long polling: for one process and for development; the webhook does the same for replicas."""

from __future__ import annotations

import asyncio

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.errors import StorageUnavailable
from bot.tg.bot import KomekBot
from bot.tg.intake import Intake
from bot.tg.problems import refused_token, seconds_to_wait

log = structlog.get_logger()

WAIT = 25  # seconds Telegram holds a request when there is nothing
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
OTHER_POLLER_PAUSE = 10.0


class Polling:
    """Asks for updates until cancelled.

    The offset, by which Telegram forgets updates, moves only when they are in the inbox:
    dying anywhere in between means getting them again, and the inbox knows them.
    """

    def __init__(self, bot: KomekBot, intake: Intake, *, wait: int = WAIT) -> None:
        self._bot = bot
        self._intake = intake
        self._wait = wait
        self._offset = 0
        self._pause = FIRST_PAUSE

    async def run(self) -> None:
        """Works until cancelled. Raises BadSetting when Telegram refuses the token."""
        while True:
            try:
                await self.take_once()
                self._pause = FIRST_PAUSE
            except StorageUnavailable:
                await asyncio.sleep(1)
            except TelegramError as exc:
                await asyncio.sleep(self._pause_after(exc))

    async def take_once(self) -> None:
        """One request, and its updates into the inbox."""
        updates = await self._bot.raw_updates(self._offset, self._wait)
        if updates:
            newest = await self._intake.receive(*updates)
            self._offset = newest + 1

    def _pause_after(self, exc: TelegramError) -> float:
        log.warning("polling.problem", problem=type(exc).__name__)
        match exc:
            case InvalidToken():
                raise refused_token() from None
            case Conflict():
                log.warning("polling.another_poller", wait=OTHER_POLLER_PAUSE)
                return OTHER_POLLER_PAUSE
            case RetryAfter():
                return seconds_to_wait(exc)
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause
