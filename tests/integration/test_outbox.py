"""Outbox and sender on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.delivery import outbox
from bot.delivery.card import Button, Card, Keyboard, Kind, Pin, pack, unpack
from bot.delivery.sender import Sender
from bot.delivery.tables import OutboxRow
from bot.errors import (
    DeliveryError,
    MessageRefused,
    RecipientGone,
    RecipientMoved,
    StorageUnavailable,
    TryLater,
    Uncertain,
)
from bot.people import store as people
from bot.people.tables import PersonRow
from bot.storage.database import Database
from bot.tasks import end
from tests.conftest import HandClock
from tests.fakes import FakeChannel


def note(text: str) -> Card:
    return Card(Kind.NOTE, text)


async def queue(database: Database, clock: HandClock, address: int, *texts: str) -> int:
    async with database.transaction() as session:
        person = await people.find_or_make(session, address, clock.now())
        await outbox.put(session, person.id, [note(text) for text in texts], clock.now())
        return person.id


async def rows(database: Database) -> list[OutboxRow]:
    async with database.reading() as session:
        return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


@asynccontextmanager
async def sending(
    database: Database, clock: HandClock, channel: FakeChannel
) -> AsyncIterator[None]:
    sender = Sender(database, channel, clock)
    task = asyncio.create_task(sender.run())
    try:
        yield
    finally:
        await end(task)
        await sender.finish()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.01)


async def settled(database: Database, status: str) -> None:
    async with asyncio.timeout(10):
        while not all(row.status == status for row in await rows(database)):
            await asyncio.sleep(0.02)


async def test_a_persons_cards_arrive_in_order(database: Database, clock: HandClock) -> None:
    channel = FakeChannel()
    await queue(database, clock, 5, "one", "two", "three")
    await queue(database, clock, 6, "other")
    async with sending(database, clock, channel):
        await settled(database, "sent")
    assert [card.text for to, card in channel.sent if to == 5] == ["one", "two", "three"]
    assert [card.text for to, card in channel.sent if to == 6] == ["other"]
    assert all(row.card is None for row in await rows(database))


async def test_a_pause_of_one_person_is_nobody_elses(database: Database, clock: HandClock) -> None:
    channel = FakeChannel()
    channel.problems = [TryLater(30)]
    await queue(database, clock, 5, "one", "two")
    async with sending(database, clock, channel):
        await until(lambda: not channel.problems)
        await queue(database, clock, 6, "other")
        await until(lambda: len(channel.sent) == 1)
        assert channel.sent[0][0] == 6
        clock.move(seconds=31)
        await settled(database, "sent")
    assert [card.text for to, card in channel.sent if to == 5] == ["one", "two"]


@pytest.mark.parametrize(
    ("problem", "status", "why"),
    [
        (RecipientGone(), "failed", "blocked"),
        (MessageRefused("Bad Request"), "failed", "refused"),
    ],
)
async def test_what_is_not_tried_again(
    database: Database, clock: HandClock, problem: DeliveryError, status: str, why: str
) -> None:
    channel = FakeChannel()
    channel.problems = [problem]
    await queue(database, clock, 5, "one")
    async with sending(database, clock, channel):
        await settled(database, status)
    assert [row.problem for row in await rows(database)] == [why]


async def test_a_card_that_may_have_arrived_is_sent_once_more_at_most(
    database: Database, clock: HandClock
) -> None:
    channel = FakeChannel()
    channel.problems = [Uncertain(), Uncertain(), Uncertain()]
    await queue(database, clock, 5, "one")
    async with sending(database, clock, channel):
        await until(lambda: len(channel.problems) == 2)
        clock.move(seconds=5)
        await settled(database, "uncertain")
    assert len(channel.problems) == 1
    assert channel.sent == []


async def test_a_card_interrupted_by_a_crash_is_sent_again(
    database: Database, clock: HandClock
) -> None:
    await queue(database, clock, 5, "one")
    async with database.transaction() as session:
        assert await outbox.lease_next(session, clock.now()) is not None
    # … and here the process is killed.
    channel = FakeChannel()
    clock.move(seconds=46)
    async with sending(database, clock, channel):
        await settled(database, "sent")
    assert len(channel.sent) == 1


async def test_trouble_that_passes_never_spends_the_second_try(
    database: Database, clock: HandClock
) -> None:
    channel = FakeChannel()
    channel.problems = [TryLater(1), TryLater(1), TryLater(1), TryLater(1), Uncertain()]
    await queue(database, clock, 5, "one")
    async with sending(database, clock, channel):
        for left in (4, 3, 2, 1, 0):
            await until(lambda: len(channel.problems) <= left)  # noqa: B023  (used at once)
            await asyncio.sleep(0.05)
            clock.move(seconds=61)
        await settled(database, "sent")
    assert len(channel.sent) == 1


async def test_a_moved_chat_is_followed(database: Database, clock: HandClock) -> None:
    channel = FakeChannel()
    channel.problems = [RecipientMoved(-1005)]
    await queue(database, clock, 5, "one")
    async with sending(database, clock, channel):
        await settled(database, "sent")
    assert channel.sent[0][0] == -1005


async def test_after_a_day_a_card_is_given_up(database: Database, clock: HandClock) -> None:
    channel = FakeChannel()
    await queue(database, clock, 5, "one")
    clock.move(hours=25)
    channel.problems = [TryLater(1)]
    async with sending(database, clock, channel):
        await settled(database, "failed")


async def test_the_last_card_takes_a_leaving_person_along(
    database: Database, clock: HandClock
) -> None:
    channel = FakeChannel()
    person = await queue(database, clock, 5)
    async with database.transaction() as session:
        bare = await people.forget(session, person, clock.now())
        await outbox.put(session, bare, [note("deleted")], clock.now())
    async with sending(database, clock, channel):
        await until(lambda: len(channel.sent) == 1)
        async with asyncio.timeout(10):
            while await rows(database):
                await asyncio.sleep(0.02)
    async with database.reading() as session:
        assert (await session.scalars(select(PersonRow))).all() == []


async def test_two_senders_never_send_the_same_card(database: Database, clock: HandClock) -> None:
    one, two = FakeChannel(), FakeChannel()
    for address in range(20):
        await queue(database, clock, address, "a", "b")
    async with sending(database, clock, one), sending(database, clock, two):
        await settled(database, "sent")
    sent = [(to, card.text) for channel in (one, two) for to, card in channel.sent]
    assert len(sent) == len(set(sent)) == 40


def test_a_card_survives_its_packing() -> None:
    card = Card(
        Kind.PLACE,
        "text",
        ((Button("a", "home"), Button("b", address="https://example.org")),),
        Keyboard("where", ("x",)),
        Pin(1.5, 2.5, "t", "a"),
        9,
    )
    assert unpack(pack(card)) == card


async def test_a_card_that_cannot_be_read_holds_nobody_up(
    database: Database, clock: HandClock
) -> None:
    channel = FakeChannel()
    await queue(database, clock, 5, "broken", "next")
    await queue(database, clock, 6, "other")
    async with database.transaction() as session:
        row = await session.scalar(select(OutboxRow).order_by(OutboxRow.id).limit(1))
        assert row is not None
        row.card = '{"kind": "of another version", "text": "words"}'
    async with sending(database, clock, channel):
        await until(lambda: len(channel.sent) == 2)
    assert {card.text for _, card in channel.sent} == {"next", "other"}
    assert [row.status for row in await rows(database)] == ["failed", "sent", "sent"]


async def test_the_sender_outlives_an_unknown_fault(
    database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = FakeChannel()
    monkeypatch.setattr("bot.delivery.sender.LOOK", 0.01)
    faults: list[Exception] = [RuntimeError("words of somebody")]
    lease_next = outbox.lease_next

    async def once(*values: Any) -> outbox.Leased | None:
        if faults:
            raise faults.pop()
        return await lease_next(*values)

    monkeypatch.setattr("bot.delivery.outbox.lease_next", once)
    await queue(database, clock, 5, "one")
    async with sending(database, clock, channel):
        await settled(database, "sent")


async def test_a_database_too_busy_for_another_connection_is_away(database: Database) -> None:
    for opened in (database.reading, database.transaction):
        with pytest.raises(StorageUnavailable):
            async with opened():
                raise PoolTimeout("QueuePool limit reached")
