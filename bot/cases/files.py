"""Fetches the files of cases from Telegram in the background, so that no photo is lost.

Telegram keeps a file for a while, so a fetch that fails is tried again with
growing pauses, and shown at the desk as failed when it never worked.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog
from sqlalchemy import select, update

from bot.cases.tables import FileRow
from bot.clock import Clock
from bot.errors import BadSetting, MessageRefused
from bot.storage import bell
from bot.storage.database import Database

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 12
LOOK = 5.0


class Source(Protocol):
    """Where files come from."""

    async def fetch(self, source: str) -> bytes:
        """The file's bytes. Raises a DeliveryError."""
        ...


@dataclass(frozen=True, slots=True)
class _Wanted:
    id: int
    source: str
    attempts: int


class Fetcher:
    """Fetches waiting files until it is stopped."""

    def __init__(self, database: Database, source: Source, clock: Clock) -> None:
        self._database = database
        self._source = source
        self._clock = clock

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            try:
                wanted = await self._lease_next()
                if wanted is None:
                    await self._database.bell.wait(bell.FILES, LOOK)
                else:
                    await self._fetch(wanted)
            except BadSetting:  # the keys do not fit: nothing can be read until somebody acts
                raise
            except Exception as exc:  # files must be fetched for as long as the bot lives
                log.warning("fetcher.cannot_work", error=type(exc).__name__)
                await asyncio.sleep(LOOK)

    async def _lease_next(self) -> _Wanted | None:
        now = self._clock.now()
        async with self._database.transaction() as session:
            row = await session.scalar(
                select(FileRow)
                .where(FileRow.status == "waiting", FileRow.not_before <= now)
                .order_by(FileRow.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if row is None:
                return None
            row.not_before = now + LEASE
            row.attempts += 1
            return _Wanted(row.id, row.source, row.attempts)

    async def _fetch(self, wanted: _Wanted) -> None:
        try:
            content = await self._source.fetch(wanted.source)
        except Exception as exc:  # whatever it is: the files of others must not wait
            await self._put_back(wanted, exc)
            return
        await self._settle(wanted, status="stored", content=content, size=len(content))
        log.info("file.stored", file=wanted.id, size=len(content))

    async def _put_back(self, wanted: _Wanted, problem: Exception) -> None:
        log.warning("file.problem", file=wanted.id, problem=type(problem).__name__)
        if isinstance(problem, MessageRefused) or wanted.attempts >= MAX_ATTEMPTS:
            await self._settle(wanted, status="failed")
            return
        pause = timedelta(seconds=min(2.0**wanted.attempts, 900))
        await self._settle(wanted, not_before=self._clock.now() + pause)

    async def _settle(self, wanted: _Wanted, **values: object) -> None:
        async with self._database.transaction() as session:
            await session.execute(update(FileRow).where(FileRow.id == wanted.id).values(**values))
        await self._database.bell.ring(bell.CASES)
