"""The fetcher of files on both databases."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.cases.files import Fetcher
from bot.cases.tables import FileRow
from bot.storage.database import Database
from bot.tasks import end
from tests.conftest import HandClock
from tests.unit.cases.scenery import parent_opens_case, set_up


class Stubborn:
    """A source that fails in a way nobody thought of, once."""

    def __init__(self) -> None:
        self.asked = 0

    async def fetch(self, source: str) -> bytes:
        self.asked += 1
        if self.asked == 1:
            raise RuntimeError("a name of somebody")
        return b"\xff\xd8\xff a photo"


async def test_the_fetcher_outlives_an_unknown_fault(
    database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cases.files.LOOK", 0.01)
    scenery = await set_up(database, clock.now())
    await parent_opens_case(database, clock.now(), scenery.ours, 502, photo=True)
    source = Stubborn()
    task = asyncio.create_task(Fetcher(database, source, clock).run())
    async with asyncio.timeout(10):
        while source.asked < 2:
            await asyncio.sleep(0.02)
            clock.move(minutes=1)
        while True:
            async with database.reading() as session:
                if set(await session.scalars(select(FileRow.status))) == {"stored"}:
                    break
            await asyncio.sleep(0.02)
    await end(task)
