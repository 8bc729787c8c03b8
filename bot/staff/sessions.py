"""Signed-in browsers. The cookie holds a random token, the database only its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.staff.model import Member
from bot.staff.store import member_of
from bot.staff.tables import MemberRow, OrganisationRow, SessionRow

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
# Writing "seen" at every click would cost a transaction each; once a minute is enough.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that is signed in: whose it is, its form token, and whether it was seen lately."""

    member: Member
    csrf: str
    seen_lately: bool


async def start(session: AsyncSession, member_id: int, now: datetime) -> str:
    """Signs a browser in; returns the token for its cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        SessionRow(
            token_hash=_hash(token),
            member_id=member_id,
            csrf=secrets.token_urlsafe(32),
            created_at=now,
            last_seen_at=now,
        )
    )
    await session.flush()
    return token


async def find(session: AsyncSession, token: str, now: datetime) -> SignedIn | None:
    """Who is behind a token; None when signed out, idle too long, or no longer a member."""
    found = (
        await session.execute(
            select(SessionRow, MemberRow, OrganisationRow.name)
            .join(MemberRow, MemberRow.id == SessionRow.member_id)
            .join(OrganisationRow, OrganisationRow.id == MemberRow.organisation_id)
            .where(
                SessionRow.token_hash == _hash(token),
                SessionRow.last_seen_at > now - IDLE,
                SessionRow.created_at > now - LONGEST,
                MemberRow.active,
            )
        )
    ).first()
    if found is None:
        return None
    row, member, organisation = found
    return SignedIn(member_of(member, organisation), row.csrf, now - row.last_seen_at < SEEN_EVERY)


async def seen(session: AsyncSession, token: str, now: datetime) -> None:
    """Notes that the person behind a token is at work."""
    await session.execute(
        update(SessionRow).where(SessionRow.token_hash == _hash(token)).values(last_seen_at=now)
    )


async def end(session: AsyncSession, token: str) -> None:
    """Signs one browser out."""
    await session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))


async def end_all(session: AsyncSession, member_id: int) -> None:
    """Signs a member out everywhere."""
    await session.execute(delete(SessionRow).where(SessionRow.member_id == member_id))


async def sweep(session: AsyncSession, now: datetime) -> None:
    """Removes sessions that ended by themselves."""
    await session.execute(
        delete(SessionRow).where(
            or_(SessionRow.last_seen_at <= now - IDLE, SessionRow.created_at <= now - LONGEST)
        )
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
