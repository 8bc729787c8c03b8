"""What is new at the desk: unread cases, and whether a page is out of date."""

from __future__ import annotations

import hashlib

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import access
from bot.cases.model import Author, Status
from bot.cases.tables import CaseRow, FileRow, MessageRow
from bot.delivery.tables import OutboxRow
from bot.people.tables import PersonRow
from bot.staff.model import Member
from bot.staff.tables import AuditRow


async def unread(session: AsyncSession, member: Member) -> frozenset[int]:
    """The open cases with words of the parent that this member has not read yet."""
    read = (
        select(AuditRow.case_id, func.max(AuditRow.at).label("at"))
        .where(AuditRow.member_id == member.id, AuditRow.action == "read")
        .group_by(AuditRow.case_id)
        .subquery()
    )
    found = await session.scalars(
        select(CaseRow.id)
        .join(MessageRow, MessageRow.case_id == CaseRow.id)
        .outerjoin(read, read.c.case_id == CaseRow.id)
        .where(
            access.visible(member),
            CaseRow.status != Status.CLOSED.value,
            MessageRow.author == Author.PARENT.value,
            read.c.at.is_(None) | (func.coalesce(MessageRow.edited_at, MessageRow.at) > read.c.at),
        )
        .distinct()
    )
    return frozenset(found)


async def pulse(session: AsyncSession, member: Member) -> str:
    """Changes whenever anything changes that this member can see."""
    mine = select(MessageRow.id).join(CaseRow).where(access.visible(member))
    queries: tuple[Select[*tuple[object, ...]], ...] = (
        select(
            CaseRow.id, CaseRow.status, CaseRow.assignee_id, CaseRow.danger,
            CaseRow.waiting_since, CaseRow.rating, CaseRow.person_id, PersonRow.gone_at,
        )
        .outerjoin(PersonRow, PersonRow.id == CaseRow.person_id)
        .where(access.visible(member))
        .order_by(CaseRow.id),
        select(func.count(), func.max(MessageRow.id), func.max(MessageRow.edited_at)).where(
            MessageRow.id.in_(mine)
        ),
        select(FileRow.status, func.count())
        .where(FileRow.message_id.in_(mine))
        .group_by(FileRow.status)
        .order_by(FileRow.status),
        select(OutboxRow.status, func.count())
        .join(MessageRow, MessageRow.outbox_id == OutboxRow.id)
        .where(MessageRow.id.in_(mine))
        .group_by(OutboxRow.status)
        .order_by(OutboxRow.status),
    )  # fmt: skip
    seen = [tuple(row) for query in queries for row in (await session.execute(query)).all()]
    return hashlib.sha256(repr(seen).encode()).hexdigest()
