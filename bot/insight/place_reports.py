"""What people found wrong about places, for the editors."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.insight.model import PlaceReport, Wrong
from bot.insight.tables import PlaceReportRow


async def report(session: AsyncSession, place: str, reason: Wrong, day: date) -> None:
    """Keeps one report; nothing in it leads to the person."""
    session.add(PlaceReportRow(place=place, reason=reason.value, day=day))
    await session.flush()


async def open_reports(session: AsyncSession) -> tuple[PlaceReport, ...]:
    """What is still to be looked at, the newest first."""
    last_day, number = func.max(PlaceReportRow.day), func.count()
    rows = await session.execute(
        select(PlaceReportRow.place, PlaceReportRow.reason, number, last_day)
        .where(PlaceReportRow.done_on.is_(None))
        .group_by(PlaceReportRow.place, PlaceReportRow.reason)
        .order_by(last_day.desc(), PlaceReportRow.place, PlaceReportRow.reason)
    )
    return tuple(
        PlaceReport(place, Wrong(reason), times, day) for place, reason, times, day in rows
    )


async def settle(session: AsyncSession, place: str, reason: Wrong, today: date) -> bool:
    """Notes that an editor looked into it; False when nothing was open any more."""
    result = await session.execute(
        update(PlaceReportRow)
        .where(
            PlaceReportRow.place == place,
            PlaceReportRow.reason == reason.value,
            PlaceReportRow.done_on.is_(None),
        )
        .values(done_on=today)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]  # rowcount of an UPDATE
