"""Loads and saves conversations."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.state import INTAKE_LASTS, State, pack, unpack
from bot.conversation.tables import ConversationRow
from bot.people.model import Person

KEEP = INTAKE_LASTS + timedelta(days=1)


async def load(session: AsyncSession, person: Person) -> State:
    """The person's state; a fresh one in their language when there is none."""
    row = await session.get(ConversationRow, person.id)
    if row is None:
        return State(language=person.language)
    try:
        return unpack(row.state)
    except ValidationError:  # written by a version whose steps no longer exist
        return State(language=person.language)


async def save(session: AsyncSession, person_id: int, state: State, now: datetime) -> None:
    """Stores the state in place of the old one."""
    await session.merge(ConversationRow(person_id=person_id, state=pack(state), updated_at=now))


async def sweep(session: AsyncSession, now: datetime) -> None:
    """Removes states too old to matter; the chosen language stays with the person."""
    await session.execute(delete(ConversationRow).where(ConversationRow.updated_at < now - KEEP))
