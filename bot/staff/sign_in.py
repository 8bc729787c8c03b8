"""Signing in and changing the password: throttled, and the same for unknown accounts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.errors import NotAllowed
from bot.staff import audit, sessions, throttle
from bot.staff.model import Member
from bot.staff.passwords import Checked, check_password, hash_password
from bot.staff.store import member_of
from bot.staff.tables import MemberRow, OrganisationRow
from bot.storage.database import Database

# An argon2 check takes 64 MiB and a core: a flood of tries must not starve the bot.
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Refused:
    """Not signed in; `wait` is how long to pause before another try."""

    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Entered:
    """Signed in: the token for the cookie."""

    token: str


@dataclass(frozen=True, slots=True)
class _Try:
    member: Member | None
    password_hash: str | None
    counted: tuple[int, ...]


class SignIn:
    """Checks passwords."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def enter(self, email: str, password: str, address: str) -> Entered | Refused:
        """Signs a browser in, or says how long to wait."""
        begun = await self._begin(email, address)
        if isinstance(begun, Refused):
            return begun
        checked = await self._check(begun, password)
        if begun.member is None or not checked.fits:
            return Refused()
        now = self._clock.now()
        async with self._database.transaction() as session:
            await self._accept(session, begun, checked)
            await sessions.sweep(session, now)
            await throttle.sweep(session, now)
            await audit.record(session, begun.member, "signed-in", now)
            return Entered(await sessions.start(session, begun.member.id, now))

    async def change_password(
        self, member: Member, old: str, new: str, address: str
    ) -> Entered | Refused:
        """Sets a new password, signs out everywhere and signs this browser in again.

        Raises NotAllowed when the member was deactivated meanwhile.
        """
        begun = await self._begin(member.email, address)
        if isinstance(begun, Refused):
            return begun
        checked = await self._check(begun, old)
        if not checked.fits:
            return Refused()
        password_hash = await hash_password(new)
        now = self._clock.now()
        async with self._database.transaction() as session:
            await self._accept(session, begun, Checked(True, password_hash))
            await sessions.end_all(session, member.id)
            await audit.record(session, member, "password-changed", now)
            return Entered(await sessions.start(session, member.id, now))

    async def _begin(self, email: str, address: str) -> _Try | Refused:
        keys = (throttle.account_key(email), throttle.address_key(address))
        now = self._clock.now()
        async with self._database.transaction() as session:
            wait = await throttle.pause_left(session, keys, now)
            if wait > timedelta(0):
                return Refused(wait)
            counted = await throttle.count_try(session, keys, now)
            found = (
                await session.execute(
                    select(MemberRow, OrganisationRow.name)
                    .join(OrganisationRow, OrganisationRow.id == MemberRow.organisation_id)
                    .where(MemberRow.email == email.strip().lower(), MemberRow.active)
                )
            ).first()
            if found is None:
                return _Try(None, None, counted)
            row, organisation = found
            return _Try(member_of(row, organisation), row.password_hash, counted)

    async def _check(self, begun: _Try, password: str) -> Checked:
        async with self._slots:
            return await check_password(begun.password_hash, password)

    async def _accept(self, session: AsyncSession, begun: _Try, checked: Checked) -> None:
        assert begun.member is not None
        await throttle.forgive(session, throttle.account_key(begun.member.email), begun.counted)
        active = await session.scalar(
            select(MemberRow.id)
            .where(MemberRow.id == begun.member.id, MemberRow.active)
            .with_for_update()
        )
        if active is None:
            raise NotAllowed("this account was closed a moment ago")
        if checked.new_hash is not None:
            await session.execute(
                update(MemberRow)
                .where(MemberRow.id == begun.member.id)
                .values(password_hash=checked.new_hash)
            )
