"""Two organisations, their members, and parents with cases, for the tests of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from babel import Locale
from babel.support import Translations
from sqlalchemy import select

from bot.cases import store
from bot.cases.model import FileKind, FileRef, NewCase, OpenCase, Said
from bot.cases.tables import FileRow
from bot.i18n import Locales, Words
from bot.languages import Language
from bot.people import store as people
from bot.staff import store as staff
from bot.staff.model import Member, Organisation, Role
from bot.staff.tables import MemberRow
from bot.storage.database import Database

PASSWORD = "four words in a row"


def plain_locales() -> Locales:
    """Every language of the bot, speaking the message ids themselves."""
    words: Mapping[str, Words] = {
        code.value: Words(code.value, Locale.parse(code.value), Translations()) for code in Language
    }
    return Locales(words)


@dataclass(frozen=True, slots=True)
class Scenery:
    """What a test finds when it begins."""

    ours: Organisation
    theirs: Organisation
    aliya: Member
    berik: Member
    boss: Member
    editor: Member
    admin: Member
    gone: Member
    stranger: Member
    case: OpenCase
    file_id: int

    @property
    def outsiders(self) -> tuple[Member, ...]:
        """Everybody who must not see `case`."""
        return (self.editor, self.admin, self.gone, self.stranger)


async def set_up(database: Database, now: datetime) -> Scenery:
    """Fills an empty database."""
    async with database.transaction() as session:
        ours = await staff.add_organisation(session, "Nadezhda", now, hours="24/7")
        theirs = await staff.add_organisation(session, "Umit", now, receives=False)
        members: list[Member] = []
        for name, role, place in (
            ("Aliya Sergeeva", Role.CASEWORKER, ours),
            ("Berik Omarov", Role.CASEWORKER, ours),
            ("Boss Person", Role.SUPERVISOR, ours),
            ("Editor Person", Role.EDITOR, ours),
            ("Admin Person", Role.ADMIN, ours),
            ("Gone Person", Role.CASEWORKER, ours),
            ("Stranger Person", Role.CASEWORKER, theirs),
        ):
            row = MemberRow(
                organisation_id=place.id,
                email=f"{name.split()[0].lower()}@example.org",
                name=name,
                role=role.value,
                password_hash=_hash(),
                language="en",
                active=not name.startswith("Gone"),
                created_at=now,
            )
            session.add(row)
            await session.flush()
            members.append(staff.member_of(row, place.name))
    case = await parent_opens_case(database, now, ours, 501, photo=True)
    async with database.transaction() as session:
        file = await session.scalar(select(FileRow))
        assert file is not None
        file.status, file.content = "stored", b"\xff\xd8\xff a photo"
    aliya, berik, boss, editor, admin, gone, stranger = members
    return Scenery(ours, theirs, aliya, berik, boss, editor, admin, gone, stranger, case, file.id)


async def parent_opens_case(
    database: Database,
    now: datetime,
    organisation: Organisation,
    address: int,
    *,
    danger: str | None = None,
    language: str = "ky",
    photo: bool = False,
    words: str = "Баламды мектепке албай жатышат",
) -> OpenCase:
    """A parent hands something over."""
    story = [Said(words, telegram_message=address)]
    if photo:
        story.append(Said(file=FileRef("telegram-file", FileKind.PHOTO, mime="image/jpeg")))
    new = NewCase(
        language=language,
        topic="school-enrolment",
        danger=danger,
        town="Шымкент",
        who="Мен жана кызым",
        contact="Кечинде",
        story=tuple(story),
        consent_version="1",
        consent_at=now,
    )
    async with database.transaction() as session:
        person = await people.find_or_make(session, address, now)
        return await store.open_case(session, person.id, organisation, new, now)


@cache
def _hash() -> str:
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
