"""The outbox: cards written together with the state they follow from, sent afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.delivery.card import Card, pack, unpack
from bot.delivery.script import in_cyrillic
from bot.delivery.tables import OutboxRow
from bot.languages import UZBEK_IN_CYRILLIC
from bot.people.tables import PersonRow

LEASE = timedelta(seconds=45)
KEEP_SENT = timedelta(days=2)
# A card nobody could deliver for this long is reported as failed.
GIVE_UP = timedelta(hours=24)
UNREACHABLE = "unreachable"  # the problem of such a card


@dataclass(frozen=True, slots=True)
class Leased:
    """A card to send now.

    `attempts` counts earlier tries; `doubts` those of them that may have arrived:
    the process died, or the connection broke, before Telegram's answer was recorded.
    `once`: after a doubt it is not tried again.
    """

    id: int
    person_id: int
    address: int
    card: Card
    attempts: int
    doubts: int
    created_at: datetime
    once: bool = False

    @property
    def is_last_try(self) -> bool:
        """Whether nothing more may be tried once this try ends in doubt."""
        return self.once or self.doubts > 0

    @property
    def is_spent(self) -> bool:
        """Whether it may have arrived so often already that it is not sent again."""
        return self.doubts > (0 if self.once else 1)


async def put(
    session: AsyncSession,
    person_id: int,
    cards: Iterable[Card],
    now: datetime,
    *,
    keep: bool = False,
    once: bool = False,
) -> list[int]:
    """Queues cards for a person in this order; returns their numbers.

    Whoever reads Uzbek in Cyrillic letters gets them in these, wherever the cards come from.
    With `keep` the record of what became of them outlives the daily sweep. With
    `once` nobody ever gets one of them twice; it may then be recorded as uncertain.
    """
    language = await session.scalar(select(PersonRow.language).where(PersonRow.id == person_id))
    if language == UZBEK_IN_CYRILLIC:
        cards = [in_cyrillic(card) for card in cards]
    rows = [
        OutboxRow(
            person_id=person_id,
            card=pack(card),
            status="waiting",
            not_before=now,
            created_at=now,
            keep=keep,
            once=once,
        )
        for card in cards
    ]
    for row in rows:  # one by one: the numbers are the order of sending
        session.add(row)
        await session.flush()
    return [row.id for row in rows]


async def lease_next(session: AsyncSession, now: datetime) -> Leased | None:
    """Leases the oldest due card of a person to whom nothing is being sent."""
    earlier = aliased(OutboxRow)
    is_first = ~exists().where(
        earlier.person_id == OutboxRow.person_id,
        earlier.status == "waiting",
        earlier.id < OutboxRow.id,
    )
    free = or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now)
    rows = await session.execute(
        select(OutboxRow, PersonRow.address)
        .join(PersonRow, PersonRow.id == OutboxRow.person_id)
        .where(OutboxRow.status == "waiting", OutboxRow.not_before <= now, free, is_first)
        .order_by(OutboxRow.id)
        .limit(8)
    )
    for row, address in rows.all():
        doubts = row.doubts + (row.leased_until is not None)
        if await _lease(session, row.id, doubts, now):
            try:
                card = unpack(row.card or "")
            except ValidationError:  # written by another version; others must not wait for it
                await failed(session, row.id, "unreadable")
                continue
            return Leased(
                id=row.id,
                person_id=row.person_id,
                address=int(address),
                card=card,
                attempts=row.attempts,
                doubts=doubts,
                created_at=row.created_at,
                once=row.once,
            )
    return None


async def _lease(session: AsyncSession, row_id: int, doubts: int, now: datetime) -> bool:
    result = await session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.status == "waiting")
        .where(or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now))
        .values(leased_until=now + LEASE, attempts=OutboxRow.attempts + 1, doubts=doubts)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]  # rowcount of an UPDATE


async def sent(
    session: AsyncSession, row_id: int, telegram_message: int | None, now: datetime
) -> None:
    """Records that Telegram took the card; its words are not kept."""
    await _settle(
        session, row_id, status="sent", card=None, sent_at=now, telegram_message=telegram_message
    )


async def failed(session: AsyncSession, row_id: int, problem: str) -> None:
    """Records that the card will not be delivered, and why."""
    await _settle(session, row_id, status="failed", card=None, problem=problem[:200])


async def uncertain(session: AsyncSession, row_id: int, problem: str) -> None:
    """Records that the card may have arrived, and that it is not tried again."""
    await _settle(session, row_id, status="uncertain", card=None, problem=problem[:200])


async def later(
    session: AsyncSession, leased: Leased, until: datetime, problem: str, *, doubtful: bool = False
) -> None:
    """Puts a card back until `until`; `doubtful` when this try may have arrived."""
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == leased.id)
        .values(
            leased_until=None,
            not_before=until,
            problem=problem[:200],
            doubts=leased.doubts + doubtful,
        )
    )


async def _settle(session: AsyncSession, row_id: int, **values: object) -> None:
    await session.execute(
        update(OutboxRow).where(OutboxRow.id == row_id).values(leased_until=None, **values)
    )


async def fail_all(session: AsyncSession, person_id: int, problem: str) -> list[int]:
    """Gives up everything still waiting for a person who is gone."""
    ids = list(
        await session.scalars(
            select(OutboxRow.id).where(
                OutboxRow.person_id == person_id, OutboxRow.status == "waiting"
            )
        )
    )
    for row_id in ids:
        await failed(session, row_id, problem)
    return ids


async def release_all(session: AsyncSession, now: datetime) -> None:
    """Ends every lease early: for the start of the only process on an embedded database.

    The leases stay visible as past ones, so that the sender knows it may repeat itself.
    """
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.status == "waiting", OutboxRow.leased_until.is_not(None))
        .values(leased_until=now)
    )


async def keep_no_longer(session: AsyncSession, row_ids: Iterable[int]) -> None:
    """Gives rows to the daily sweep whose case is gone."""
    await session.execute(
        update(OutboxRow).where(OutboxRow.id.in_(list(row_ids))).values(keep=False)
    )


async def sweep(session: AsyncSession, now: datetime) -> None:
    """Removes settled rows that nobody needs to see again."""
    await session.execute(
        delete(OutboxRow).where(
            OutboxRow.status != "waiting",
            ~OutboxRow.keep,
            OutboxRow.created_at < now - KEEP_SENT,
        )
    )


async def waiting_count(session: AsyncSession) -> int:
    """How many cards wait to be sent."""
    count = await session.scalar(
        select(func.count()).select_from(OutboxRow).where(OutboxRow.status == "waiting")
    )
    return count or 0
