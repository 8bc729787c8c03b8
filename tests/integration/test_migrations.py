"""Migrations up and down, with rows in the tables, on both databases."""

from __future__ import annotations

from sqlalchemy import inspect, select, text

from bot.migrations.run import downgrade, is_current, upgrade
from bot.people import store as people
from bot.people.tables import PersonRow
from bot.storage.base import Base
from bot.storage.columns import UtcDateTime
from bot.storage.crypt import Crypt, new_key
from bot.storage.database import Database, open_database
from tests.conftest import HandClock


async def test_the_migrated_tables_are_those_of_the_code(database: Database) -> None:
    def described(connection: object) -> dict[str, set[str]]:
        seen = inspect(connection)
        return {
            name: {column["name"] for column in seen.get_columns(name)}
            for name in seen.get_table_names()
            if name != "alembic_version"
        }

    async with database.engine.connect() as connection:
        found = await connection.run_sync(described)
    wanted = {
        table.name: {column.name for column in table.columns}
        for table in Base.metadata.sorted_tables
    }
    assert wanted, "no table is known"
    assert found == wanted
    assert await is_current(database)


async def test_down_and_up_again_with_rows(database_address: str, clock: HandClock) -> None:
    database = await open_database(database_address, Crypt([new_key()]))
    await upgrade(database)
    async with database.transaction() as session:
        await people.find_or_make(session, 77, clock.now())
    await downgrade(database, "base")
    assert not await is_current(database)
    await upgrade(database)
    async with database.reading() as session:
        assert (await session.scalars(select(PersonRow))).all() == []
    await database.close()


async def test_texts_and_addresses_are_unreadable_in_the_file(
    database: Database, clock: HandClock
) -> None:
    async with database.transaction() as session:
        await people.find_or_make(session, 123456789, clock.now())
    async with database.reading() as session:
        row = (await session.execute(text("SELECT lookup, address FROM people"))).one()
    assert b"123456789" not in bytes(row.address)
    assert "123456789" not in row.lookup


def test_every_moment_is_stored_in_utc() -> None:
    moments = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(("_at", "_until", "_since")) or column.name == "at"
    ]
    assert moments
    assert all(isinstance(column.type, UtcDateTime) for column in moments)
