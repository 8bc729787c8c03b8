"""What caseworkers do with cases: take, reply, note, hand back, close.

Each function works inside the caller's transaction; afterwards the caller rings
`bell.CASES`, and `bell.OUTBOX` when a card was written.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import access
from bot.cases.desk_cards import closed_card, pieces, reply_card, taken_card, words_for
from bot.cases.model import Author, Outcome, Status
from bot.cases.store import record
from bot.cases.tables import CaseRow, MessageRow
from bot.delivery import outbox
from bot.delivery.card import Card
from bot.errors import Conflict, NotAllowed
from bot.i18n import Locales
from bot.staff import audit
from bot.staff.model import Member, Role

LONGEST_TEXT = 10_000


async def take(
    session: AsyncSession, member: Member, case_id: int, locales: Locales, now: datetime
) -> None:
    """Makes the member answer for the case, and tells the parent.

    Raises Conflict when a colleague was quicker or the case is closed.
    """
    case = await access.load(session, member, case_id, to_change=True)
    if case.status == Status.CLOSED:
        raise Conflict(f"case {case.number} is closed")
    if case.assignee_id == member.id:
        return
    if case.assignee_id is not None:
        raise Conflict(f"case {case.number} was taken by a colleague")
    case.assignee_id, case.status = member.id, Status.TAKEN.value
    await _history(session, member, case, "taken", now)
    card = taken_card(words_for(locales, case.language), member, case.number)
    await _tell(session, case, card, now)


async def hand_back(session: AsyncSession, member: Member, case_id: int, now: datetime) -> None:
    """Puts a case back into the queue; a supervisor may do so for a colleague who is away."""
    case = await _own(session, member, case_id)
    case.assignee_id, case.status = None, Status.NEW.value
    await _history(session, member, case, "returned", now)


async def reply(
    session: AsyncSession,
    member: Member,
    case_id: int,
    text: str,
    request_key: str,
    locales: Locales,
    now: datetime,
) -> None:
    """Sends the parent a message; a long one in several pieces, a repeated form only once.

    Only whoever took the case may. Raises NotAllowed when the parent's data is deleted.
    """
    case = await access.load(session, member, case_id, to_change=True)
    key = _key("reply", member, case_id, request_key)
    if await _is_done(session, key):
        return
    _must_be_assignee(member, case)
    if case.person_id is None:
        raise NotAllowed("the parent had their data deleted and cannot be written to")
    words = words_for(locales, case.language)
    for number, piece in enumerate(pieces(_checked(text))):
        [row_id] = await outbox.put(
            session, case.person_id, [reply_card(words, member, piece)], now, keep=True
        )
        session.add(
            MessageRow(
                case_id=case.id,
                author=Author.WORKER.value,
                member_id=member.id,
                text=piece,
                at=now,
                outbox_id=row_id,
                request_key=key if number == 0 else None,
            )
        )
        await session.flush()
    case.waiting_since = None
    await audit.record(session, member, "replied", now, case_id=case.id)


async def note(
    session: AsyncSession,
    member: Member,
    case_id: int,
    text: str,
    request_key: str,
    now: datetime,
) -> None:
    """Writes something down for colleagues, once; it never reaches the parent."""
    case = await access.load(session, member, case_id, to_change=True)
    key = _key("note", member, case_id, request_key)
    if await _is_done(session, key):
        return
    session.add(
        MessageRow(
            case_id=case.id,
            author=Author.NOTE.value,
            member_id=member.id,
            text=_checked(text),
            at=now,
            request_key=key,
        )
    )
    await audit.record(session, member, "noted", now, case_id=case.id)


async def close(
    session: AsyncSession,
    member: Member,
    case_id: int,
    outcome: Outcome,
    locales: Locales,
    now: datetime,
) -> None:
    """Closes a case and asks the parent how much it helped; a supervisor may, too."""
    case = await _own(session, member, case_id)
    case.status, case.closed_at, case.outcome = Status.CLOSED.value, now, outcome.value
    case.waiting_since = None
    await _history(session, member, case, "closed", now)
    card = closed_card(words_for(locales, case.language), case.number)
    await _tell(session, case, card, now)


async def release_cases_of(session: AsyncSession, member_id: int, now: datetime) -> int:
    """Puts every open case of somebody who left back into the queue; returns how many."""
    rows = list(
        await session.scalars(
            select(CaseRow)
            .where(CaseRow.assignee_id == member_id, CaseRow.status != Status.CLOSED.value)
            .with_for_update()
        )
    )
    for case in rows:
        case.assignee_id, case.status = None, Status.NEW.value
        await record(session, case.id, "returned", now)
    return len(rows)


def _key(form: str, member: Member, case_id: int, request_key: str) -> str:
    # Bound to case and member, so that nobody's key can stand in another's way.
    return hashlib.sha256(f"{form}\0{case_id}\0{member.id}\0{request_key}".encode()).hexdigest()


async def _is_done(session: AsyncSession, key: str) -> bool:
    query = select(MessageRow.id).where(MessageRow.request_key == key)
    return await session.scalar(query) is not None


async def _own(session: AsyncSession, member: Member, case_id: int) -> CaseRow:
    case = await access.load(session, member, case_id, to_change=True)
    if case.status == Status.CLOSED:
        raise Conflict(f"case {case.number} is closed already")
    if member.role is not Role.SUPERVISOR:
        _must_be_assignee(member, case)
    return case


def _must_be_assignee(member: Member, case: CaseRow) -> None:
    if case.status != Status.TAKEN or case.assignee_id != member.id:
        raise NotAllowed(f"take case {case.number} first")


def _checked(text: str) -> str:
    plain = text.replace("\r\n", "\n").strip()
    if not plain or len(plain) > LONGEST_TEXT:
        raise NotAllowed(f"write something, at most {LONGEST_TEXT} characters")
    return plain


async def _history(
    session: AsyncSession, member: Member, case: CaseRow, event: str, now: datetime
) -> None:
    await record(session, case.id, event, now, member.id)
    await audit.record(session, member, event, now, case_id=case.id)


async def _tell(session: AsyncSession, case: CaseRow, card: Card, now: datetime) -> None:
    if case.person_id is not None:
        await outbox.put(session, case.person_id, [card], now)
