"""The inbox: updates stored durably, handled once, in order per person.

A row is leased, not removed, while it is worked on: a crash gives it back when
the lease ends. Only the oldest open row of a lane can be leased, so one person's
messages stay in order while other people's go beside them, also with replicas.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.delivery.tables import InboxRow

LEASE = timedelta(seconds=60)
REMEMBER = timedelta(days=2)
MAX_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Received:
    """A leased update: Telegram's JSON and how often it was tried before."""

    update_id: int
    lane: str
    payload: str
    attempts: int


async def put(
    session: AsyncSession, update_id: int, lane: str, payload: str, now: datetime
) -> bool:
    """Stores an update; False when this id was stored before."""
    row = InboxRow(update_id=update_id, lane=lane, payload=payload, status="new", received_at=now)
    if await session.get(InboxRow, update_id) is not None:
        return False
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:  # the same update arrived twice at the same moment
        return False
    return True


async def lease_next(
    session: AsyncSession, now: datetime, busy: Collection[str] = ()
) -> Received | None:
    """Leases the oldest update of a lane nobody works on; None when there is none.

    `busy` are lanes this process works on already.
    """
    other = aliased(InboxRow)
    lane_taken = exists().where(
        other.lane == InboxRow.lane, other.status == "new", other.leased_until > now
    )
    oldest = (
        select(func.min(InboxRow.update_id))
        .where(InboxRow.status == "new", InboxRow.lane.not_in(list(busy)))
        .group_by(InboxRow.lane)
    )
    candidates = await session.scalars(
        select(InboxRow)
        .where(InboxRow.update_id.in_(oldest), ~lane_taken)
        .order_by(InboxRow.update_id)
        .limit(8)
    )
    for row in candidates.all():
        if await _lease(session, row.update_id, now):
            return Received(row.update_id, row.lane, row.payload or "", row.attempts)
    return None


async def _lease(session: AsyncSession, update_id: int, now: datetime) -> bool:
    result = await session.execute(
        update(InboxRow)
        .where(InboxRow.update_id == update_id, InboxRow.status == "new")
        .where(InboxRow.leased_until.is_(None) | (InboxRow.leased_until <= now))
        .values(leased_until=now + LEASE, attempts=InboxRow.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]  # rowcount of an UPDATE


async def finish(session: AsyncSession, update_id: int) -> bool:
    """Ends an update: its payload goes, its id stays. False when it was ended before."""
    return await _end(session, update_id, "done")


async def bury(session: AsyncSession, update_id: int) -> bool:
    """Gives up on an update that fails every time, so that its lane can go on."""
    return await _end(session, update_id, "dead")


async def _end(session: AsyncSession, update_id: int, status: str) -> bool:
    result = await session.execute(
        update(InboxRow)
        .where(InboxRow.update_id == update_id, InboxRow.status == "new")
        .values(status=status, payload=None, leased_until=None)
    )
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]  # rowcount of an UPDATE


async def release(session: AsyncSession, update_id: int, until: datetime) -> None:
    """Gives a failed update back; nobody takes its lane before `until`."""
    await session.execute(
        update(InboxRow)
        .where(InboxRow.update_id == update_id, InboxRow.status == "new")
        .values(leased_until=until)
    )


async def release_all(session: AsyncSession) -> None:
    """Ends every lease: for the start of the only process on an embedded database."""
    await session.execute(
        update(InboxRow).where(InboxRow.status == "new").values(leased_until=None)
    )


async def forget_lane(session: AsyncSession, lane: str) -> None:
    """Removes whose the handled updates were; what was written since waits to be heard."""
    await session.execute(
        update(InboxRow).where(InboxRow.lane == lane, InboxRow.status != "new").values(lane="")
    )


async def sweep(session: AsyncSession, now: datetime) -> None:
    """Forgets ids too old to be delivered again."""
    await session.execute(
        delete(InboxRow).where(InboxRow.status != "new", InboxRow.received_at < now - REMEMBER)
    )


async def open_count(session: AsyncSession) -> int:
    """How many updates wait to be handled."""
    count = await session.scalar(
        select(func.count()).select_from(InboxRow).where(InboxRow.status == "new")
    )
    return count or 0
