"""Puts every encrypted value under the newest key, and look-ups under the oldest one left."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.delivery.tables import InboxRow
from bot.people.store import lane_of
from bot.people.tables import PersonRow
from bot.storage.base import Base
from bot.storage.columns import EncryptedBytes, EncryptedText
from bot.storage.database import Database

BATCH = 200


async def rotate_keys(database: Database) -> int:
    """Rewrites all rows that hold encrypted values; returns how many.

    Safe to repeat and safe beside a running bot. Afterwards old keys may go, the
    oldest last: the look-up of people is derived from the key at the end of the list.
    """
    changed = 0
    for table in Base.metadata.sorted_tables:
        columns = [
            column
            for column in table.columns
            if isinstance(column.type, EncryptedText | EncryptedBytes)
        ]
        if not columns:
            continue
        (key,) = table.primary_key.columns
        last: object = None
        while True:
            # Held: what the bot changes meanwhile must not be written over with what it was.
            query = select(key, *columns).order_by(key).limit(BATCH).with_for_update()
            if last is not None:
                query = query.where(key > last)
            async with database.transaction() as session:
                rows = (await session.execute(query)).all()
                for row in rows:
                    values = dict(zip((column.name for column in columns), row[1:], strict=True))
                    await session.execute(update(table).where(key == row[0]).values(values))
            if not rows:
                break
            last = rows[-1][0]
            changed += len(rows)
    await _look_ups(database)
    return changed


async def _look_ups(database: Database) -> None:
    """Computes the look-ups of people anew, for when the oldest key is about to go."""
    async with database.transaction() as session:
        for person in await session.scalars(select(PersonRow).where(~PersonRow.leaving)):
            old, new = person.lookup, lane_of(int(person.address))
            if old != new:
                person.lookup = new
                await session.execute(update(InboxRow).where(InboxRow.lane == old).values(lane=new))
