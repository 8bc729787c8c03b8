"""Cases from the parent's side: opened, added to, rated, withdrawn, forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.hours import reply_due
from bot.cases.model import Author, ClosedCase, FileRef, NewCase, OpenCase, Outcome, Said, Status
from bot.cases.tables import CaseRow, FileRow, MessageRow
from bot.delivery import outbox
from bot.staff.model import Organisation
from bot.staff.tables import OrganisationRow

FIRST_NUMBER = 1001
REMOVED = "—"


async def open_case(
    session: AsyncSession,
    person_id: int,
    organisation: Organisation,
    new: NewCase,
    now: datetime,
) -> OpenCase:
    """Opens a case with what the parent agreed to hand over."""
    row = CaseRow(
        number=await _next_number(session),
        person_id=person_id,
        organisation_id=organisation.id,
        status=Status.NEW.value,
        danger=new.danger,
        topic=new.topic,
        language=new.language,
        town=new.town,
        who=new.who,
        contact=new.contact,
        consent_at=new.consent_at,
        consent_version=new.consent_version,
        opened_at=now,
        reply_due_at=reply_due(now, organisation.hours, organisation.reply_within_hours),
        waiting_since=now,
    )
    session.add(row)
    await session.flush()
    await record(session, row.id, "opened", now)
    for said in new.story:
        await _add(session, row.id, said, now)
    return _as_open(row, organisation.name)


async def _next_number(session: AsyncSession) -> int:
    highest = await session.scalar(select(func.max(CaseRow.number)))
    return max(FIRST_NUMBER, (highest or 0) + 1)


def _as_open(row: CaseRow, organisation: str) -> OpenCase:
    return OpenCase(row.id, row.number, Status(row.status), organisation, row.reply_due_at)


async def open_case_of(session: AsyncSession, person_id: int) -> OpenCase | None:
    """The person's newest case that is not closed."""
    found = (
        await session.execute(
            select(CaseRow, OrganisationRow.name)
            .join(OrganisationRow)
            .where(CaseRow.person_id == person_id, CaseRow.status != Status.CLOSED.value)
            .order_by(CaseRow.id.desc())
            .limit(1)
        )
    ).first()
    if found is None:
        return None
    row, organisation = found
    return _as_open(row, organisation)


async def closed_cases_of(session: AsyncSession, person_id: int) -> tuple[ClosedCase, ...]:
    """The person's cases that are over but not yet deleted, the newest first."""
    rows = await session.execute(
        select(CaseRow.number, CaseRow.closed_at, OrganisationRow.keep_days)
        .join(OrganisationRow)
        .where(CaseRow.person_id == person_id, CaseRow.status == Status.CLOSED.value)
        .order_by(CaseRow.id.desc())
    )
    return tuple(
        ClosedCase(number, closed_at + timedelta(days=keep_days))
        for number, closed_at, keep_days in rows.all()
        if closed_at is not None
    )


async def add_words(session: AsyncSession, case_id: int, said: Said, now: datetime) -> bool:
    """Adds what the parent said; they wait for an answer from the first unanswered word on.

    False when the case was closed meanwhile: there nobody would read it.
    """
    case = await session.get(CaseRow, case_id, with_for_update=True)
    if case is None or case.status == Status.CLOSED:
        return False
    await _add(session, case_id, said, now)
    case.waiting_since = case.waiting_since or now
    return True


async def _add(session: AsyncSession, case_id: int, said: Said, now: datetime) -> None:
    row = MessageRow(
        case_id=case_id,
        author=Author.PARENT.value,
        text=said.text,
        at=now,
        telegram_message=said.telegram_message,
    )
    session.add(row)
    await session.flush()
    if said.file is not None:
        session.add(_file_row(row.id, said.file, now))
        await session.flush()


def _file_row(message_id: int, file: FileRef, now: datetime) -> FileRow:
    return FileRow(
        message_id=message_id,
        kind=file.kind.value,
        name=file.name,
        mime=file.mime[:100],
        size=file.size,
        source=file.source,
        status="waiting",
        not_before=now,
    )


async def edit_words(
    session: AsyncSession, case_id: int, telegram_message: int, text: str, now: datetime
) -> bool:
    """Takes over an edit of a message that is in the case; False when it is not there."""
    row = await session.scalar(
        select(MessageRow).where(
            MessageRow.case_id == case_id, MessageRow.telegram_message == telegram_message
        )
    )
    if row is None:
        return False
    row.text, row.edited_at = text, now
    return True


async def raise_danger(session: AsyncSession, case_id: int, danger: str) -> None:
    """Marks a case as dangerous after urgent words; a first mark stays."""
    await session.execute(
        update(CaseRow).where(CaseRow.id == case_id, CaseRow.danger.is_(None)).values(danger=danger)
    )


async def rate(session: AsyncSession, person_id: int, number: int, rating: int) -> bool:
    """Stores how helpful the parent found a closed case of theirs (1 to 5)."""
    row = await _closed_case(session, person_id, number)
    if row is None:
        return False
    row.rating = rating
    return True


async def reopen(
    session: AsyncSession, person_id: int, number: int, now: datetime
) -> OpenCase | None:
    """Opens a closed case of the parent again; None when there is no such case.

    It goes back to the queue: the worker of last time may be away.
    """
    row = await _closed_case(session, person_id, number)
    if row is None:
        return None
    organisation = await session.get_one(OrganisationRow, row.organisation_id)
    row.status = Status.NEW.value
    row.assignee_id = row.closed_at = row.outcome = None
    row.waiting_since = now
    row.reply_due_at = reply_due(now, organisation.hours, organisation.reply_within_hours)
    await record(session, row.id, "reopened", now)
    return _as_open(row, organisation.name)


async def withdraw(session: AsyncSession, case_id: int, now: datetime) -> None:
    """Closes a case because the parent wants no more help with it."""
    await session.execute(
        update(CaseRow)
        .where(CaseRow.id == case_id)
        .values(
            status=Status.CLOSED.value,
            closed_at=now,
            outcome=Outcome.WITHDRAWN.value,
            waiting_since=None,
        )
    )
    await record(session, case_id, "withdrawn", now)


async def forget(session: AsyncSession, person_id: int, now: datetime) -> int:
    """Empties every case of a person; what stays are counts. Returns how many there were."""
    # Held, so that a reply being written at this moment is not left behind.
    query = select(CaseRow).where(CaseRow.person_id == person_id).with_for_update()
    rows = list(await session.scalars(query))
    for row in rows:
        await _remove_messages(session, row.id)
        row.town = row.who = row.contact = REMOVED
        row.person_id = row.waiting_since = None
        if row.status != Status.CLOSED.value:
            row.status, row.closed_at = Status.CLOSED.value, now
            row.outcome = Outcome.WITHDRAWN.value
        await record(session, row.id, "deleted", now)
    return len(rows)


async def sweep(session: AsyncSession, now: datetime) -> int:
    """Deletes closed cases after the days their organisation keeps them; returns how many."""
    rows = await session.execute(
        select(CaseRow, OrganisationRow.keep_days)
        .join(OrganisationRow)
        .where(CaseRow.status == Status.CLOSED.value)
    )
    old = [
        row
        for row, keep_days in rows.all()
        if row.closed_at is not None and row.closed_at < now - timedelta(days=keep_days)
    ]
    for row in old:
        replies = select(MessageRow.outbox_id).where(MessageRow.case_id == row.id)
        await outbox.keep_no_longer(session, filter(None, await session.scalars(replies)))
        await session.delete(row)
    return len(old)


async def _remove_messages(session: AsyncSession, case_id: int) -> None:
    for message in await session.scalars(select(MessageRow).where(MessageRow.case_id == case_id)):
        await session.delete(message)
    await session.flush()


async def record(
    session: AsyncSession,
    case_id: int,
    event: str,
    now: datetime,
    member_id: int | None = None,
) -> None:
    """Adds an event (opened, taken, closed …) to the case's history."""
    session.add(
        MessageRow(
            case_id=case_id, author=Author.EVENT.value, member_id=member_id, text=event, at=now
        )
    )
    await session.flush()


async def _closed_case(session: AsyncSession, person_id: int, number: int) -> CaseRow | None:
    return await session.scalar(
        select(CaseRow).where(
            CaseRow.number == number,
            CaseRow.person_id == person_id,
            CaseRow.status == Status.CLOSED.value,
        )
    )
