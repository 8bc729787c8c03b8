"""Persons in the database: made at the first message, forgotten on request."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import BadSetting
from bot.languages import UZBEK_IN_CYRILLIC, Language, language_or_none
from bot.people.model import NOTHING_KEPT, Kept, Person
from bot.people.tables import PersonRow
from bot.storage.columns import crypt_in_use

_KEPT = TypeAdapter(Kept)


def lane_of(address: int) -> str:
    """The keyed hash that stands for a Telegram id wherever an id is only compared."""
    return crypt_in_use().lookup(address)


async def find_or_make(session: AsyncSession, address: int, now: datetime) -> Person:
    """The person with this Telegram id; a new one when they write for the first time."""
    found = await find(session, address)
    if found is not None:
        return found
    row = PersonRow(lookup=lane_of(address), address=str(address), created_at=now)
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:  # another replica was quicker
        again = await find(session, address)
        assert again is not None
        return again
    return Person(row.id, None, is_new=True)


async def find(session: AsyncSession, address: int) -> Person | None:
    """The person with this Telegram id; None when they never wrote."""
    row = await session.scalar(select(PersonRow).where(PersonRow.lookup == lane_of(address)))
    if row is None:
        return None
    return Person(
        row.id,
        language_or_none(row.language),
        cyrillic=row.language == UZBEK_IN_CYRILLIC,
        kept=_unpacked(row.kept),
    )


async def address_of(session: AsyncSession, person_id: int) -> int | None:
    """The Telegram id to send to; None when the person is gone."""
    address = await session.scalar(select(PersonRow.address).where(PersonRow.id == person_id))
    return None if address is None else int(address)


async def need_fitting_keys(session: AsyncSession) -> None:
    """Raises BadSetting when people of this database would neither be read nor found again."""
    known = select(PersonRow).where(~PersonRow.leaving).order_by(PersonRow.id).limit(1)
    first = await session.scalar(known)
    if first is not None and first.lookup != lane_of(int(first.address)):
        raise BadSetting(
            "with the present keys nobody would be found again: the oldest key stays at the end "
            "of KOMEK_KEYS until `bot keys rotate` has run without it"
        )


async def choose_language(
    session: AsyncSession, person_id: int, language: Language, *, cyrillic: bool | None = None
) -> None:
    """Remembers the language the person wants to be answered in.

    `cyrillic` says whether they want Uzbek in Cyrillic letters; None leaves that as it is.
    """
    chosen = update(PersonRow).where(PersonRow.id == person_id)
    code = language.value
    if language is Language.UZ and cyrillic:
        code = UZBEK_IN_CYRILLIC
    elif language is Language.UZ and cyrillic is None:
        chosen = chosen.where(PersonRow.language.is_distinct_from(UZBEK_IN_CYRILLIC))
    await session.execute(chosen.values(language=code))


async def keep(session: AsyncSession, person_id: int, kept: Kept) -> None:
    """Keeps for the person what they asked for, in place of what was kept before."""
    packed = None if kept == NOTHING_KEPT else _KEPT.dump_json(kept, exclude_defaults=True).decode()
    await session.execute(update(PersonRow).where(PersonRow.id == person_id).values(kept=packed))


def _unpacked(packed: str | None) -> Kept:
    if packed is None:
        return NOTHING_KEPT
    try:
        return _KEPT.validate_json(packed)
    except ValidationError:  # written by a version that kept other things
        return NOTHING_KEPT


async def mark_gone(session: AsyncSession, person_id: int, at: datetime | None) -> None:
    """Notes that the person blocked the bot (`at`), or is back (None)."""
    await session.execute(update(PersonRow).where(PersonRow.id == person_id).values(gone_at=at))


async def move(session: AsyncSession, person_id: int, new_address: int) -> None:
    """Follows a chat that Telegram moved to another id."""
    await session.execute(
        update(PersonRow)
        .where(PersonRow.id == person_id)
        .values(address=str(new_address), lookup=lane_of(new_address))
    )


async def forget(session: AsyncSession, person_id: int, now: datetime) -> int:
    """Deletes the person and leaves a bare row for the one card that says so.

    Rows of other tables that belong to the person go with it or lose the pointer.
    Returns the number of the bare row, which `forget_leaving` removes.
    """
    address = await address_of(session, person_id)
    # The card is to be readable, too.
    language = await session.scalar(select(PersonRow.language).where(PersonRow.id == person_id))
    await session.execute(delete(PersonRow).where(PersonRow.id == person_id))
    return await make_passing(session, address or 0, now, language)


async def make_passing(
    session: AsyncSession, address: int, now: datetime, language: str | None = None
) -> int:
    """A bare row for a single card; `forget_leaving` removes it once that card is settled."""
    row = PersonRow(
        lookup=f"leaving-{uuid4().hex}",
        address=str(address),
        language=language,
        created_at=now,
        leaving=True,
    )
    session.add(row)
    await session.flush()
    return row.id


async def forget_leaving(session: AsyncSession, person_id: int) -> None:
    """Removes the bare row of somebody whose data was deleted; others are left alone."""
    await session.execute(delete(PersonRow).where(PersonRow.id == person_id, PersonRow.leaving))
