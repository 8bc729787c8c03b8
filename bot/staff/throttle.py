"""Growing pauses after failed sign-ins, per account and per network address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.staff.tables import SignInAttemptRow
from bot.storage.columns import crypt_in_use

WINDOW = timedelta(hours=1)
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Key:
    """What is counted: its keyed hash, and how many failures are free."""

    hash: str
    free: int


def account_key(email: str) -> Key:
    """Counts what is tried on one account."""
    return Key(crypt_in_use().lookup(f"sign-in account {email.strip().lower()[:254]}"), free=5)


def address_key(address: str) -> Key:
    """Counts what comes from one network address; a whole office may share it."""
    return Key(crypt_in_use().lookup(f"sign-in address {address}"), free=25)


async def pause_left(session: AsyncSession, keys: Iterable[Key], now: datetime) -> timedelta:
    """How long to wait before the next try; zero when it may be now."""
    left = timedelta(0)
    for key in keys:
        count, last = (
            await session.execute(
                select(func.count(), func.max(SignInAttemptRow.at)).where(
                    SignInAttemptRow.key == key.hash, SignInAttemptRow.at > now - WINDOW
                )
            )
        ).one()
        if count >= key.free:
            doublings = min(count - key.free, 10)
            pause = min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)
            left = max(left, last + pause - now)
    return left


async def count_try(session: AsyncSession, keys: Iterable[Key], now: datetime) -> tuple[int, ...]:
    """Counts a try as failed, before its password is looked at: tries at once cannot slip by."""
    rows = [SignInAttemptRow(key=key.hash, at=now) for key in keys]
    session.add_all(rows)
    await session.flush()
    return tuple(row.id for row in rows)


async def forgive(session: AsyncSession, account: Key, counted: tuple[int, ...]) -> None:
    """Forgets the failures of an account, and this try, after a good password."""
    await session.execute(
        delete(SignInAttemptRow).where(
            (SignInAttemptRow.key == account.hash) | SignInAttemptRow.id.in_(counted)
        )
    )


async def sweep(session: AsyncSession, now: datetime) -> None:
    """Removes what is too old to count."""
    await session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.at <= now - WINDOW))
