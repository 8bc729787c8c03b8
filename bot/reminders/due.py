"""Due reminders: taken by one process only, handed to the outbox, and followed to their end.

Handing over is one transaction: a crash before it leaves the reminder waiting, a
crash after it leaves a card in the outbox, which is delivered at most once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery import outbox
from bot.delivery.card import Card
from bot.delivery.tables import OutboxRow
from bot.errors import BadSetting
from bot.languages import FALLBACK, language_or_none
from bot.people.tables import PersonRow
from bot.reminders.model import DueReminder, Fate
from bot.reminders.tables import ReminderRow
from bot.reminders.when import is_decent, send_at
from bot.storage import bell
from bot.storage.database import Database

log = structlog.get_logger()

LOOK = 5.0  # seconds between looks
AT_ONCE = 50
# What is later than this was held up, and must not wake anybody now.
ON_TIME = timedelta(hours=1)

MakeCard = Callable[[DueReminder, datetime], Card]


class Reminding:
    """Sends what is due until it is stopped."""

    def __init__(self, database: Database, make_card: MakeCard, clock: Clock) -> None:
        self._database = database
        self._make_card = make_card
        self._clock = clock

    async def run(self) -> None:
        """Works until cancelled; a database that is away only delays it."""
        while True:
            try:
                await self.look()
            except BadSetting:  # the keys do not fit: nothing can be read until somebody acts
                raise
            except Exception as exc:  # reminders must be sent for as long as the bot lives
                log.warning("reminders.cannot_look", error=type(exc).__name__)
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Hands over what is due at this moment, and records what became of earlier cards."""
        now = self._clock.now()
        async with self._database.reading() as session:
            due = await _due(session, now)
            settled = await _settled(session)
        for reminder_id, person_id in due:
            try:
                await self._hand_over(reminder_id, person_id, now)
            except BadSetting:
                raise
            except Exception as exc:  # others must not wait for this one
                log.error("reminder.failed", reminder=reminder_id, error=type(exc).__name__)
        for reminder_id, person_id in settled:
            async with self._database.transaction() as session:
                await _settle(session, reminder_id, person_id, now)

    async def _hand_over(self, reminder_id: int, person_id: int, now: datetime) -> None:
        async with self._database.transaction() as session:
            due = await _take(session, reminder_id, person_id, now)
            if due is None:
                return
            if due.is_gone:
                await _record(session, due.id, Fate.FAILED)
                log.warning("reminder.not_sent", reminder=due.id, problem="blocked")
                return
            card = self._make_card(due, now)
            (row,) = await outbox.put(session, person_id, (card,), now, keep=True, once=True)
            await _record(session, due.id, Fate.QUEUED, row)
        await self._database.bell.ring(bell.OUTBOX)


async def _due(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    query = select(ReminderRow.id, ReminderRow.person_id).where(
        ReminderRow.state == Fate.WAITING.value, ReminderRow.send_at <= now
    )
    if not is_decent(now):
        query = query.where(ReminderRow.send_at > now - ON_TIME)
    rows = await session.execute(query.order_by(ReminderRow.send_at).limit(AT_ONCE))
    return [(row.id, row.person_id) for row in rows]


async def _take(
    session: AsyncSession, reminder_id: int, person_id: int, now: datetime
) -> DueReminder | None:
    """The reminder, held until the transaction ends; None when another replica was quicker."""
    person = await _hold(session, person_id)
    row = await session.scalar(
        select(ReminderRow)
        .where(ReminderRow.id == reminder_id, ReminderRow.state == Fate.WAITING.value)
        .where(ReminderRow.send_at <= now)
        .with_for_update(skip_locked=True)
    )
    if person is None or row is None:
        return None
    language = language_or_none(person.language) or FALLBACK
    is_gone = person.gone_at is not None
    return DueReminder(row.id, person_id, row.rule, row.deadline, language, is_gone)


async def _hold(session: AsyncSession, person_id: int) -> PersonRow | None:
    """The person, held before the reminder, as "delete my data" does: no deadlock."""
    return await session.scalar(
        select(PersonRow)
        .where(PersonRow.id == person_id)
        .with_for_update(read=True, key_share=True)
    )


async def _record(
    session: AsyncSession, reminder_id: int, fate: Fate, outbox_id: int | None = None
) -> None:
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder_id)
        .values(state=fate.value, outbox_id=outbox_id)
    )


async def _settled(session: AsyncSession) -> list[tuple[int, int]]:
    """Reminders whose card the outbox has done with."""
    rows = await session.execute(
        select(ReminderRow.id, ReminderRow.person_id)
        .join(OutboxRow, OutboxRow.id == ReminderRow.outbox_id)
        .where(ReminderRow.state == Fate.QUEUED.value, OutboxRow.status != "waiting")
    )
    return [(row.id, row.person_id) for row in rows]


async def _settle(session: AsyncSession, reminder_id: int, person_id: int, now: datetime) -> None:
    """The reminder ends as its card did."""
    await _hold(session, person_id)
    found = (
        await session.execute(
            select(ReminderRow, OutboxRow)
            .join(OutboxRow, OutboxRow.id == ReminderRow.outbox_id)
            .where(ReminderRow.id == reminder_id, ReminderRow.state == Fate.QUEUED.value)
            .with_for_update(skip_locked=True, of=ReminderRow)
        )
    ).first()
    if found is None:
        return
    reminder, card = found
    await outbox.keep_no_longer(session, (card.id,))
    again = send_at(reminder.deadline, now) if card.problem == outbox.UNREACHABLE else None
    if card.status == "failed" and again is not None:
        # Telegram was away for a day: it surely did not arrive, and there is time left.
        reminder.state, reminder.send_at = Fate.WAITING.value, again
    else:
        reminder.state = Fate(card.status).value
    reminder.outbox_id = None
    log.info("reminder.settled", reminder=reminder_id, fate=reminder.state)
