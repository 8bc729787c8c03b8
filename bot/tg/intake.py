"""Takes updates in: stored durably before Telegram is told "got it"."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery import inbox
from bot.errors import StorageUnavailable
from bot.people.store import lane_of
from bot.storage import bell
from bot.storage.database import Database
from bot.tg.emergency import Emergency
from bot.tg.envelope import Envelope, read_envelope
from bot.tg.reading import read

log = structlog.get_logger()

# Telegram waits about a minute; somebody in danger does not.
PATIENCE = 5.0


class Intake:
    """The one way into the inbox, for the webhook and for polling."""

    def __init__(self, database: Database, clock: Clock, bot: Bot, emergency: Emergency) -> None:
        self._database = database
        self._clock = clock
        self._bot = bot
        self._emergency = emergency

    async def receive(self, *updates: str) -> int:
        """Stores updates, all or none, and returns the highest number among them.

        One that came before is left alone. Raises ValueError for what is no update, and
        StorageUnavailable when nothing was stored and Telegram has to deliver again;
        whoever is in danger has then been answered.
        """
        envelopes = [(read_envelope(update), update) for update in updates]
        try:
            async with asyncio.timeout(PATIENCE):
                await self._store(envelopes)
        except Exception as exc:  # whatever it is, the updates must come again
            log.error("intake.not_stored", updates=len(updates), error=type(exc).__name__)
            await self._help(updates)
            raise StorageUnavailable("the inbox cannot be written") from None
        await self._database.bell.ring(bell.INBOX)
        return max(envelope.update_id for envelope, _ in envelopes)

    async def _store(self, envelopes: list[tuple[Envelope, str]]) -> None:
        async with self._database.transaction() as session:
            for envelope, update in envelopes:
                lane = lane_of(envelope.lane)
                now = self._clock.now()
                if not await inbox.put(session, envelope.update_id, lane, update, now):
                    log.info("update.repeated", update=envelope.update_id)

    async def _help(self, updates: tuple[str, ...]) -> None:
        for update in updates:
            await self._emergency.help(read(update, self._bot))
