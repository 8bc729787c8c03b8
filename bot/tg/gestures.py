"""Small signs that the bot has noticed: the spinner stops, "typing…" appears.

They go straight to Telegram, outside the outbox: late they are worthless, lost they do no harm.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

log = structlog.get_logger()

DEADLINE = 1.0
TYPING_AFTER = 0.7


class Gestures:
    """Answers taps and shows that the bot is at work."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._under_way: set[asyncio.Task[None]] = set()

    def stop_spinner(self, callback_query: str) -> None:
        """Lets the tapped button rest; nobody waits for it."""
        task = asyncio.create_task(_swallow(self._bot.answer_callback_query(callback_query)))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    @asynccontextmanager
    async def typing(self, address: int) -> AsyncIterator[None]:
        """Shows "typing…" when the block takes so long that somebody would wonder."""
        task = asyncio.create_task(self._type_later(address))
        try:
            yield
        finally:
            task.cancel()

    async def _type_later(self, address: int) -> None:
        await asyncio.sleep(TYPING_AFTER)
        await _swallow(self._bot.send_chat_action(address, ChatAction.TYPING))


async def _swallow(call: Awaitable[bool]) -> None:
    try:
        async with asyncio.timeout(DEADLINE):
            await call
    except (TelegramError, TimeoutError) as exc:
        log.info("gesture.failed", problem=type(exc).__name__)
