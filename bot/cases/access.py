"""The one rule of who sees which case; every query of the desk goes through it.

It fails closed: the database itself confirms, for each query, that the member is
still active, still works cases and belongs to the case's organisation. Whoever
does not fit is told that there is no such case.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.cases.tables import CaseRow, FileRow, MessageRow
from bot.errors import NotFound
from bot.staff.model import Member, Role
from bot.staff.tables import MemberRow

WORKING = tuple(role.value for role in Role if role.works_cases)


def visible(member: Member) -> ColumnElement[bool]:
    """The condition on `cases` that holds for the cases this member may see."""
    if not member.role.works_cases:
        return false()
    # A name of its own: the query around it may look at members, too.
    reader = aliased(MemberRow)
    confirmed = (
        exists()
        .where(
            reader.id == member.id,
            reader.active,
            reader.role.in_(WORKING),
            reader.organisation_id == CaseRow.organisation_id,
        )
        .correlate(CaseRow)
    )
    return and_(CaseRow.organisation_id == member.organisation_id, confirmed)


async def load(
    session: AsyncSession, member: Member, case_id: int, *, to_change: bool = False
) -> CaseRow:
    """The case, if this member may see it; `to_change` holds it until the transaction ends.

    Raises NotFound otherwise.
    """
    query = select(CaseRow).where(CaseRow.id == case_id, visible(member))
    if to_change:
        query = query.with_for_update(of=CaseRow)
    row = await session.scalar(query)
    if row is None:
        raise NotFound(f"there is no case {case_id}")
    return row


async def load_file(session: AsyncSession, member: Member, file_id: int) -> tuple[FileRow, int]:
    """A file of a case this member may see, and the case's id. Raises NotFound otherwise."""
    found = (
        await session.execute(
            select(FileRow, CaseRow.id)
            .join(MessageRow, MessageRow.id == FileRow.message_id)
            .join(CaseRow, CaseRow.id == MessageRow.case_id)
            .where(FileRow.id == file_id, visible(member))
        )
    ).first()
    if found is None:
        raise NotFound(f"there is no file {file_id}")
    row, case_id = found
    return row, case_id
