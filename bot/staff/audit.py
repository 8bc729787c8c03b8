"""The audit trail: who did what to which case, never what was written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.staff.model import Member
from bot.staff.tables import AuditRow


async def record(
    session: AsyncSession,
    member: Member,
    action: str,
    now: datetime,
    *,
    case_id: int | None = None,
    detail: str = "",
) -> None:
    """Adds one entry; it is written or lost together with the change it speaks of."""
    session.add(
        AuditRow(
            at=now,
            member_id=member.id,
            organisation_id=member.organisation_id,
            action=action,
            case_id=case_id,
            detail=detail,
        )
    )
    await session.flush()


async def last(
    session: AsyncSession, member: Member, action: str, case_id: int, detail: str = ""
) -> datetime | None:
    """When the member last did this to the case."""
    return await session.scalar(
        select(func.max(AuditRow.at)).where(
            AuditRow.case_id == case_id,
            AuditRow.member_id == member.id,
            AuditRow.action == action,
            AuditRow.detail == detail,
        )
    )
