"""Organisations and members in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Conflict, NotAllowed, NotFound
from bot.languages import DESK_LANGUAGES
from bot.open_hours import is_readable
from bot.staff.model import Member, Organisation, Role
from bot.staff.passwords import SHORTEST, hash_password, weakness
from bot.staff.tables import MemberRow, OrganisationRow, SessionRow


@dataclass(frozen=True, slots=True)
class Listed:
    """A member in the list of all, also of those who may no longer sign in."""

    member: Member
    active: bool


async def add_organisation(
    session: AsyncSession,
    name: str,
    now: datetime,
    *,
    hours: str = "Mo-Fr 09:00-18:00",
    reply_within_hours: int = 8,
    keep_days: int = 180,
    receives: bool = True,
) -> Organisation:
    """Adds a partner NGO. Raises Conflict when the name is taken, NotAllowed for bad values."""
    name = name.strip()
    if not name or len(name) > 200:
        raise NotAllowed("give the organisation a name of at most 200 characters")
    if not is_readable(hours):
        raise NotAllowed(f"“{hours}” are no opening hours; write e.g. “Mo-Fr 09:00-18:00”")
    if reply_within_hours < 1 or keep_days < 1:
        raise NotAllowed("the hours until a reply and the days of keeping must be at least 1")
    if await session.scalar(select(OrganisationRow.id).where(OrganisationRow.name == name)):
        raise Conflict(f"there is already an organisation “{name}”")
    row = OrganisationRow(
        name=name,
        hours=hours,
        reply_within_hours=reply_within_hours,
        keep_days=keep_days,
        receives=receives,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return _organisation(row)


async def add_member(
    session: AsyncSession,
    organisation: str,
    email: str,
    name: str,
    role: Role,
    password: str,
    language: str,
    now: datetime,
) -> Member:
    """Adds somebody who may sign in. Raises NotFound, Conflict or NotAllowed, saying why."""
    place = await session.scalar(
        select(OrganisationRow).where(OrganisationRow.name == organisation.strip())
    )
    if place is None:
        raise NotFound(f"there is no organisation “{organisation}”; add it first")
    email, name = plain_email(email), name.strip()
    if not name or len(name) > 200:
        raise NotAllowed("give the member a name of at most 200 characters")
    if language not in DESK_LANGUAGES:
        raise NotAllowed(f"the desk speaks {', '.join(DESK_LANGUAGES)}, not “{language}”")
    if await session.scalar(select(MemberRow.id).where(MemberRow.email == email)):
        raise Conflict(f"{email} is a member already")
    row = MemberRow(
        organisation_id=place.id,
        email=email,
        name=name,
        role=role.value,
        password_hash=await _new_hash(password, email),
        language=language,
        active=True,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return member_of(row, place.name)


async def set_password(session: AsyncSession, email: str, password: str) -> None:
    """Gives a member a new password and signs them out everywhere."""
    row = await _by_email(session, email)
    row.password_hash = await _new_hash(password, row.email)
    await session.execute(delete(SessionRow).where(SessionRow.member_id == row.id))


async def set_language(session: AsyncSession, member_id: int, language: str) -> None:
    """Remembers the language a member reads the desk in."""
    if language not in DESK_LANGUAGES:
        raise NotAllowed(f"the desk speaks {', '.join(DESK_LANGUAGES)}, not “{language}”")
    await session.execute(
        update(MemberRow).where(MemberRow.id == member_id).values(language=language)
    )


async def deactivate(session: AsyncSession, email: str) -> Member:
    """Takes away a member's right to sign in, at once; the history keeps their name."""
    row = await _by_email(session, email)
    row.active = False
    await session.execute(delete(SessionRow).where(SessionRow.member_id == row.id))
    organisation = await session.get_one(OrganisationRow, row.organisation_id)
    return member_of(row, organisation.name)


async def receiving(session: AsyncSession) -> Organisation | None:
    """The organisation that new cases go to; None when nobody is there to receive them."""
    works = exists().where(
        MemberRow.organisation_id == OrganisationRow.id,
        MemberRow.active,
        MemberRow.role.in_([role.value for role in Role if role.works_cases]),
    )
    row = await session.scalar(
        select(OrganisationRow).where(OrganisationRow.receives, works).order_by(OrganisationRow.id)
    )
    return None if row is None else _organisation(row)


async def organisations(session: AsyncSession) -> list[Organisation]:
    """All partner NGOs by name."""
    rows = await session.scalars(select(OrganisationRow).order_by(OrganisationRow.name))
    return [_organisation(row) for row in rows]


async def members(session: AsyncSession) -> list[Listed]:
    """All members by organisation and name."""
    found = await session.execute(
        select(MemberRow, OrganisationRow.name)
        .join(OrganisationRow, OrganisationRow.id == MemberRow.organisation_id)
        .order_by(OrganisationRow.name, MemberRow.name)
    )
    return [Listed(member_of(row, name), row.active) for row, name in found]


def plain_email(email: str) -> str:
    """The address as it is stored. Raises NotAllowed when it cannot be one."""
    plain = email.strip().lower()
    local, at, domain = plain.partition("@")
    if not (local and at and domain) or len(plain) > 254 or any(c.isspace() for c in plain):
        raise NotAllowed(f"“{email}” is no e-mail address")
    return plain


def member_of(row: MemberRow, organisation: str) -> Member:
    """The row as a value."""
    return Member(
        id=row.id,
        organisation_id=row.organisation_id,
        organisation=organisation,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        language=row.language,
    )


def _organisation(row: OrganisationRow) -> Organisation:
    return Organisation(
        id=row.id,
        name=row.name,
        hours=row.hours,
        reply_within_hours=row.reply_within_hours,
        keep_days=row.keep_days,
        receives=row.receives,
    )


async def _by_email(session: AsyncSession, email: str) -> MemberRow:
    row = await session.scalar(select(MemberRow).where(MemberRow.email == plain_email(email)))
    if row is None:
        raise NotFound(f"there is no member {email}")
    return row


async def _new_hash(password: str, email: str) -> str:
    if (problem := weakness(password, email)) is not None:
        raise NotAllowed(
            f"this password is {problem.value.replace('-', ' ')}: take at least {SHORTEST} "
            "characters that nobody guesses"
        )
    return await hash_password(password)
