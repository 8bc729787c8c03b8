"""Counting what happens, by day and language, without people or words."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.insight.tables import CountRow


async def add_one(session: AsyncSession, day: date, language: str, name: str) -> None:
    """Adds one to the day's figure `name` (such as "answer:overstay")."""
    if await _increase(session, day, language, name):
        return
    try:
        async with session.begin_nested():
            session.add(CountRow(day=day, language=language, name=name, number=1))
    except IntegrityError:  # another replica counted the first one
        await _increase(session, day, language, name)


async def _increase(session: AsyncSession, day: date, language: str, name: str) -> bool:
    result = await session.execute(
        update(CountRow)
        .where(CountRow.day == day, CountRow.language == language, CountRow.name == name)
        .values(number=CountRow.number + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]  # rowcount of an UPDATE
