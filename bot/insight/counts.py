"""Counting what happens, by day and language, without people or words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.insight.tables import CountRow


@dataclass(frozen=True, slots=True)
class Figure:
    """How often something happened in a language, over some days."""

    language: str
    name: str
    number: int


async def add_one(session: AsyncSession, day: date, language: str, name: str) -> None:
    """Adds one to the day's figure `name` (such as "answer:overstay")."""
    if await _increase(session, day, language, name):
        return
    try:
        async with session.begin_nested():
            session.add(CountRow(day=day, language=language, name=name, number=1))
    except IntegrityError:  # another replica counted the first one
        await _increase(session, day, language, name)


async def since(session: AsyncSession, day: date) -> tuple[Figure, ...]:
    """All figures from a day on, added up."""
    found = await session.execute(
        select(CountRow.language, CountRow.name, func.sum(CountRow.number))
        .where(CountRow.day >= day)
        .group_by(CountRow.language, CountRow.name)
        .order_by(CountRow.language, CountRow.name)
    )
    return tuple(Figure(language, name, int(number)) for language, name, number in found)


async def _increase(session: AsyncSession, day: date, language: str, name: str) -> bool:
    result = await session.execute(
        update(CountRow)
        .where(CountRow.day == day, CountRow.language == language, CountRow.name == name)
        .values(number=CountRow.number + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]  # rowcount of an UPDATE
