"""The inbox on both databases: once, in order, never lost."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.delivery import inbox
from bot.delivery.tables import InboxRow
from bot.storage.database import Database
from tests.conftest import HandClock


async def store(database: Database, clock: HandClock, *updates: tuple[int, str]) -> list[bool]:
    async with database.transaction() as session:
        return [
            await inbox.put(session, update_id, lane, f"update {update_id}", clock.now())
            for update_id, lane in updates
        ]


async def lease(
    database: Database, clock: HandClock, busy: tuple[str, ...] = ()
) -> inbox.Received | None:
    async with database.transaction() as session:
        return await inbox.lease_next(session, clock.now(), busy)


async def test_an_update_is_stored_once(database: Database, clock: HandClock) -> None:
    assert await store(database, clock, (1, "a"), (1, "a")) == [True, False]
    received = await lease(database, clock)
    assert received is not None
    async with database.transaction() as session:
        assert await inbox.finish(session, 1)
    assert await store(database, clock, (1, "a")) == [False]
    async with database.transaction() as session:
        assert not await inbox.finish(session, 1)


async def test_one_person_in_order_others_beside(database: Database, clock: HandClock) -> None:
    await store(database, clock, (1, "a"), (2, "a"), (3, "b"))
    first, second = await lease(database, clock), await lease(database, clock)
    assert first is not None
    assert second is not None
    assert (first.update_id, second.update_id) == (1, 3)
    assert await lease(database, clock) is None
    async with database.transaction() as session:
        await inbox.finish(session, 1)
    third = await lease(database, clock)
    assert third is not None
    assert third.update_id == 2


async def test_a_lease_that_ended_is_given_again(database: Database, clock: HandClock) -> None:
    await store(database, clock, (1, "a"))
    assert await lease(database, clock) is not None
    assert await lease(database, clock) is None
    clock.move(seconds=61)
    again = await lease(database, clock)
    assert again is not None
    assert again.attempts == 1


async def test_a_failed_update_holds_its_lane_until_it_is_due(
    database: Database, clock: HandClock
) -> None:
    await store(database, clock, (1, "a"), (2, "a"))
    await lease(database, clock)
    async with database.transaction() as session:
        await inbox.release(session, 1, clock.now() + timedelta(seconds=4))
    assert await lease(database, clock) is None
    clock.move(seconds=5)
    again = await lease(database, clock)
    assert again is not None
    assert again.update_id == 1


async def test_a_buried_update_lets_the_lane_go_on(database: Database, clock: HandClock) -> None:
    await store(database, clock, (1, "a"), (2, "a"))
    await lease(database, clock)
    async with database.transaction() as session:
        assert await inbox.bury(session, 1)
    after = await lease(database, clock)
    assert after is not None
    assert after.update_id == 2


async def test_what_was_said_leaves_with_the_handling(database: Database, clock: HandClock) -> None:
    await store(database, clock, (1, "a"))
    async with database.transaction() as session:
        await inbox.finish(session, 1)
    async with database.reading() as session:
        row = await session.scalar(select(InboxRow))
    assert row is not None
    assert row.payload is None
    clock.move(days=3)
    async with database.transaction() as session:
        await inbox.sweep(session, clock.now())
        assert await session.scalar(select(InboxRow)) is None


async def test_busy_lanes_are_left_alone(database: Database, clock: HandClock) -> None:
    await store(database, clock, (1, "a"), (2, "b"))
    received = await lease(database, clock, ("a",))
    assert received is not None
    assert received.lane == "b"
