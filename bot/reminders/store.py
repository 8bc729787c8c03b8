"""Reminders from the person's side: asked for, listed, cancelled, forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.reminders.model import MOST, Fate, Refusal, Reminder
from bot.reminders.tables import ReminderRow
from bot.reminders.when import send_at

# So long after its moment a reminder can still be seen in the list.
KEEP = timedelta(days=14)


async def remind(
    session: AsyncSession, person_id: int, rule: str, deadline: date, now: datetime
) -> Reminder | Refusal:
    """Remembers to remind this person; asking twice changes nothing.

    After a reminder was sent or failed the same wish sets it again, nearer to the day.
    """
    rows = await _rows(session, person_id)
    row = next((one for one in rows if (one.rule, one.deadline) == (rule, deadline)), None)
    if row is not None and row.state in {Fate.WAITING, Fate.QUEUED}:
        return _as_reminder(row)
    moment = send_at(deadline, now)
    if moment is None:
        return Refusal.TOO_LATE
    if sum(one.state == Fate.WAITING for one in rows) >= MOST:
        return Refusal.TOO_MANY
    if row is None:
        return await _add(session, person_id, rule, deadline, moment)
    row.state, row.send_at, row.outbox_id = Fate.WAITING.value, moment, None
    return _as_reminder(row)


async def _add(
    session: AsyncSession, person_id: int, rule: str, deadline: date, moment: datetime
) -> Reminder:
    row = ReminderRow(
        person_id=person_id,
        rule=rule,
        deadline=deadline,
        send_at=moment,
        state=Fate.WAITING.value,
    )
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:  # the same wish was carried out at the same moment
        found = await session.scalars(
            select(ReminderRow).where(
                ReminderRow.person_id == person_id,
                ReminderRow.rule == rule,
                ReminderRow.deadline == deadline,
            )
        )
        row = found.one()
    return _as_reminder(row)


async def of_person(session: AsyncSession, person_id: int) -> tuple[Reminder, ...]:
    """The person's reminders, the nearest day first."""
    return tuple(_as_reminder(row) for row in await _rows(session, person_id))


async def cancel(session: AsyncSession, person_id: int, reminder_id: int) -> bool:
    """Removes a reminder still to come; False when it is on its way, or was never theirs."""
    result = await session.execute(
        delete(ReminderRow).where(
            ReminderRow.id == reminder_id,
            ReminderRow.person_id == person_id,
            ReminderRow.state == Fate.WAITING.value,
        )
    )
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]  # rowcount of a DELETE


async def remove(session: AsyncSession, person_id: int, reminder_id: int) -> None:
    """Removes a reminder the person has done with, whatever became of it."""
    theirs = (ReminderRow.id == reminder_id, ReminderRow.person_id == person_id)
    card = await session.scalar(select(ReminderRow.outbox_id).where(*theirs))
    if card is not None:  # its fate was not looked at yet, and now never will be
        await outbox.keep_no_longer(session, (card,))
    await session.execute(delete(ReminderRow).where(*theirs))


async def sweep(session: AsyncSession, now: datetime) -> None:
    """Forgets reminders that were sent, or failed, long ago."""
    await session.execute(
        delete(ReminderRow).where(
            ReminderRow.state != Fate.WAITING.value, ReminderRow.send_at < now - KEEP
        )
    )


async def _rows(session: AsyncSession, person_id: int) -> list[ReminderRow]:
    query = select(ReminderRow).where(ReminderRow.person_id == person_id)
    return list(await session.scalars(query.order_by(ReminderRow.deadline, ReminderRow.id)))


def _as_reminder(row: ReminderRow) -> Reminder:
    return Reminder(row.id, row.rule, row.deadline, row.send_at, Fate(row.state))
