"""Keys can be changed while everything stays readable and everybody is found."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.delivery import inbox, outbox
from bot.delivery.card import Card, Kind
from bot.delivery.tables import OutboxRow
from bot.errors import BadSetting
from bot.migrations.run import upgrade
from bot.people import store as people
from bot.rotation import rotate_keys
from bot.storage.crypt import Crypt, load_crypt, new_key
from bot.storage.database import Database, open_database
from tests.conftest import HandClock


async def reopened(database: Database, keys: list[str]) -> Database:
    address = database.engine.url.render_as_string(hide_password=False)
    await database.close()
    return await open_database(address, Crypt(keys))


async def test_a_key_is_retired_without_losing_anybody(
    database_address: str, clock: HandClock
) -> None:
    old, new = new_key(), new_key()
    database = await open_database(database_address, Crypt([old]))
    await upgrade(database)
    async with database.transaction() as session:
        person = await people.find_or_make(session, 42, clock.now())
        await outbox.put(session, person.id, [Card(Kind.NOTE, "words")], clock.now())
        await inbox.put(session, 1, people.lane_of(42), "update", clock.now())

    database = await reopened(database, [new, old])
    assert await rotate_keys(database) == 3
    async with database.reading() as session:
        found = await people.find(session, 42)
        assert found is not None
        assert found.id == person.id

    database = await reopened(database, [new])
    await rotate_keys(database)
    async with database.transaction() as session:
        found = await people.find(session, 42)
        assert found is not None
        assert found.id == person.id
        leased = await outbox.lease_next(session, clock.now())
        assert leased is not None
        assert (leased.address, leased.card.text) == (42, "words")
        received = await inbox.lease_next(session, clock.now())
        assert received is not None
        assert received.lane == people.lane_of(42)
    await database.close()


async def test_without_its_key_nothing_can_be_read(database_address: str, clock: HandClock) -> None:
    database = await open_database(database_address, Crypt([new_key()]))
    await upgrade(database)
    async with database.transaction() as session:
        await people.find_or_make(session, 42, clock.now())
    database = await reopened(database, [new_key()])
    with pytest.raises(BadSetting, match="put the old key back"):
        async with database.reading() as session:
            await people.address_of(session, 1)
    await database.close()


async def test_keys_that_do_not_fit_are_named_at_the_start(
    database_address: str, clock: HandClock
) -> None:
    old, new = new_key(), new_key()
    database = await open_database(database_address, Crypt([old]))
    await upgrade(database)
    async with database.reading() as session:
        await people.need_fitting_keys(session)  # nobody is here yet: any key will do
    async with database.transaction() as session:
        await people.find_or_make(session, 42, clock.now())
    for keys, sorry in (([new], "put the old key back"), ([old, new], "stays at the end")):
        database = await reopened(database, keys)
        with pytest.raises(BadSetting, match=sorry):
            async with database.reading() as session:
                await people.need_fitting_keys(session)
    database = await reopened(database, [new, old])
    async with database.reading() as session:
        await people.need_fitting_keys(session)
    await database.close()


async def test_what_is_stored_is_under_the_newest_key(
    database_address: str, clock: HandClock
) -> None:
    old, new = new_key(), new_key()
    database = await open_database(database_address, Crypt([old]))
    await upgrade(database)
    async with database.transaction() as session:
        await people.find_or_make(session, 42, clock.now())
    database = await reopened(database, [new, old])
    await rotate_keys(database)
    async with database.reading() as session:
        stored = bytes((await session.execute(text("SELECT address FROM people"))).scalar_one())
    assert Crypt([new]).decrypt(stored) == b"42"
    await database.close()


def test_a_wrong_key_is_named() -> None:
    with pytest.raises(BadSetting, match="bot keys new"):
        Crypt(["not a key"])


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "data" / "keys"
    first = load_crypt(None, file).lookup(1)
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_crypt(None, file).lookup(1) == first


async def test_what_changes_while_keys_are_rotated_stays_changed(
    database: Database, clock: HandClock
) -> None:
    async with database.transaction() as session:
        person = await people.find_or_make(session, 42, clock.now())
        [row] = await outbox.put(session, person.id, [Card(Kind.NOTE, "words")], clock.now())
    async with database.transaction() as session:
        await outbox.sent(session, row, 1, clock.now())
        rotating = asyncio.create_task(rotate_keys(database))
        await asyncio.sleep(0.5)
    await rotating
    async with database.reading() as session:
        assert (await session.get_one(OutboxRow, row)).card is None
