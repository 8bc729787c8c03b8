"""A reminder falls due while the app is killed: it comes once, or is visibly recorded as failed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.clock import SystemClock, day_of
from bot.i18n import Locales
from bot.languages import Language
from bot.people import store as people
from bot.preview.server import PreviewServer
from bot.reminders.tables import ReminderRow
from tests.conftest import WORKER
from tests.drivers.app_process import AppProcess
from tests.drivers.parent import Parent

RULE = "host-notice"
MARK = "reminders:done:1"  # the button below a reminder
PATIENCE = 90.0


@pytest.fixture
async def app(
    tmp_path: Path, telegram: PreviewServer, database_address: str
) -> AsyncIterator[AppProcess]:
    """The app without Rasa, on either database."""
    is_sqlite = database_address.startswith("sqlite")
    process = AppProcess(tmp_path, telegram, database="" if is_sqlite else database_address)
    await process.prepare("Sana", WORKER, "Aigul T.")
    await process.start()
    yield process
    await process.stop()


@pytest.fixture
async def parent(telegram: PreviewServer, app: AppProcess, locales: Locales) -> Parent:
    """Somebody who has asked to be reminded of a day in three weeks."""
    parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.RU)
    await parent.begins()
    day = day_of(SystemClock().now()) + timedelta(days=21)
    async with app.storage() as database, database.transaction() as session:
        person = await people.find(session, 501)
        assert person is not None
        session.add(
            ReminderRow(
                person_id=person.id,
                rule=RULE,
                deadline=day,
                send_at=SystemClock().now() + timedelta(days=14),
                state="waiting",
            )
        )
    return parent


async def falls_due(app: AppProcess, seconds: float = 0.0) -> None:
    """Moves the moment of the reminder instead of the clock."""
    moment: datetime = SystemClock().now() + timedelta(seconds=seconds)
    async with app.storage() as database, database.transaction() as session:
        await session.execute(update(ReminderRow).values(send_at=moment))


async def fate(app: AppProcess) -> str:
    async with app.storage() as database, database.reading() as session:
        return await session.scalar(select(ReminderRow.state)) or ""


async def ends(app: AppProcess) -> str:
    """What became of the reminder, once that is recorded."""
    async with asyncio.timeout(PATIENCE):
        while (found := await fate(app)) in {"waiting", "queued"}:
            await asyncio.sleep(0.5)
    return found


def arrived(parent: Parent) -> int:
    return sum(shown.button(MARK) is not None for shown in parent.person.messages if shown.by_bot)


async def tapped_in_the_list(parent: Parent) -> None:
    await parent.says("/reminders")
    await parent.hears("reminders:cancel:1")


async def test_killed_before_it_is_due(app: AppProcess, parent: Parent) -> None:
    await falls_due(app, 2)
    await app.kill()
    await asyncio.sleep(3)
    assert arrived(parent) == 0
    await app.start()
    await parent.hears(MARK, PATIENCE)
    assert await ends(app) == "sent"
    assert arrived(parent) == 1


async def test_killed_while_telegram_is_away(
    telegram: PreviewServer, app: AppProcess, parent: Parent
) -> None:
    telegram.fail_next("sendMessage", 502, times=1000)
    await falls_due(app)
    await app.logs("card.problem")
    await app.kill()
    telegram.heal()
    await app.start()
    end = await ends(app)
    # The blow may have fallen in the middle of a try: then nobody knows, and it is said.
    assert (end, arrived(parent)) in {("sent", 1), ("uncertain", 0)}


async def test_killed_between_telegrams_taking_it_and_its_answer(
    telegram: PreviewServer, app: AppProcess, parent: Parent
) -> None:
    telegram.latency = 2.0
    await falls_due(app)
    async with asyncio.timeout(PATIENCE):
        while not arrived(parent) and await fate(app) == "waiting":
            await asyncio.sleep(0.05)
    await asyncio.sleep(1.0)
    await app.kill()
    telegram.heal()
    await app.start()
    end = await ends(app)
    assert (end, arrived(parent)) in {("sent", 1), ("uncertain", 1), ("uncertain", 0)}
    if end == "uncertain":
        await tapped_in_the_list(parent)
        assert "⚠️" in parent.last().text


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
async def test_an_answer_that_never_comes_sends_nothing_twice(
    telegram: PreviewServer, app: AppProcess, parent: Parent
) -> None:
    telegram.fail_next("sendMessage", drop=True, after=True)
    await falls_due(app)
    assert await ends(app) == "uncertain"
    assert arrived(parent) == 1
    await app.kill()
    await app.start()
    await tapped_in_the_list(parent)
    assert arrived(parent) == 1


async def test_killed_after_it_was_sent(app: AppProcess, parent: Parent) -> None:
    await falls_due(app)
    await parent.hears(MARK, PATIENCE)
    await app.kill()
    await app.start()
    assert await ends(app) in {"sent", "uncertain"}
    await asyncio.sleep(1)
    assert arrived(parent) == 1


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
async def test_cancelled_in_the_chat_it_never_comes(app: AppProcess, parent: Parent) -> None:
    await tapped_in_the_list(parent)
    await parent.taps("reminders:cancel:1")
    await parent.hears(parent.words("Cancelled. I will not remind you of this:"))
    assert await fate(app) == ""


@pytest.mark.parametrize("database_address", ["postgres"], indirect=True)
async def test_two_replicas_send_it_once(
    telegram: PreviewServer, app: AppProcess, parent: Parent, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = app.replica(folder, telegram)
    await other.start()
    try:
        await falls_due(app, 1)
        await parent.hears(MARK, PATIENCE)
        assert await ends(app) == "sent"
        await asyncio.sleep(6)
        assert arrived(parent) == 1
    finally:
        await other.stop()
