"""What caseworkers see: the queue, a case, its files. All of it through the access rule."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import access
from bot.cases.model import (
    Author,
    CaseLine,
    CaseView,
    FileKind,
    FileView,
    MessageView,
    Outcome,
    Status,
)
from bot.cases.tables import CaseRow, FileRow, MessageRow
from bot.delivery.tables import OutboxRow
from bot.errors import NotFound
from bot.people.tables import PersonRow
from bot.staff import audit
from bot.staff.model import Member
from bot.staff.tables import MemberRow

LONGEST_LIST = 300
LAST_WORDS = 140
# Looking at the same page again within this time is one reading, not many.
ONE_READING = timedelta(minutes=10)
SYMBOLS = {
    FileKind.PHOTO: "📷",
    FileKind.DOCUMENT: "📄",
    FileKind.VOICE: "🎤",
    FileKind.VIDEO: "🎬",
    FileKind.AUDIO: "🎵",
}


class View(StrEnum):
    """The tabs of the queue; "all" are the open cases of the organisation."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    ALL = "all"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases each tab holds."""

    mine: int
    unassigned: int
    all: int
    closed: int


@dataclass(frozen=True, slots=True)
class FileContent:
    """A stored file with its bytes."""

    kind: FileKind
    name: str
    mime: str
    content: bytes


async def queue(session: AsyncSession, member: Member, view: View) -> list[CaseLine]:
    """The cases of a tab: danger first, then who waits longest; closed ones newest first."""
    query = (
        select(CaseRow, MemberRow.name)
        .outerjoin(MemberRow, MemberRow.id == CaseRow.assignee_id)
        .where(access.visible(member), _belongs(view, member))
        .limit(LONGEST_LIST)
    )
    if view is View.CLOSED:
        query = query.order_by(CaseRow.closed_at.desc(), CaseRow.id.desc())
    else:
        query = query.order_by(
            CaseRow.danger.is_(None), CaseRow.waiting_since.is_(None), CaseRow.waiting_since,
            CaseRow.id,
        )  # fmt: skip
    found = (await session.execute(query)).all()
    last = await _last_words(session, [row.id for row, _name in found])
    return [_line(row, name or "", last.get(row.id)) for row, name in found]


def _belongs(view: View, member: Member) -> ColumnElement[bool]:
    closed = CaseRow.status == Status.CLOSED.value
    match view:
        case View.MINE:
            return ~closed & (CaseRow.assignee_id == member.id)
        case View.UNASSIGNED:
            return ~closed & CaseRow.assignee_id.is_(None)
        case View.ALL:
            return ~closed
        case View.CLOSED:
            return closed


async def counts(session: AsyncSession, member: Member) -> Counts:
    """How many cases each tab holds."""
    numbers = []
    for view in View:
        query = select(func.count()).select_from(CaseRow)
        numbers.append(
            await session.scalar(query.where(access.visible(member), _belongs(view, member))) or 0
        )
    return Counts(*numbers)


async def case(session: AsyncSession, member: Member, case_id: int, now: datetime) -> CaseView:
    """The whole case; that it was read goes into the audit trail."""
    row = await access.load(session, member, case_id)
    messages = await _messages(session, row.id)
    await _audit_reading(session, member, row.id, messages, now)
    assignee = await session.get(MemberRow, row.assignee_id) if row.assignee_id else None
    person = await session.get(PersonRow, row.person_id) if row.person_id else None
    last = await _last_words(session, [row.id])
    return CaseView(
        line=_line(row, assignee.name if assignee else "", last.get(row.id)),
        who=row.who,
        contact=row.contact,
        consent_at=row.consent_at,
        rating=row.rating,
        parent_gone=person is None or person.gone_at is not None,
        messages=messages,
    )


async def file(session: AsyncSession, member: Member, file_id: int, now: datetime) -> FileContent:
    """A stored file; that it was opened goes into the audit trail. Raises NotFound."""
    row, case_id = await access.load_file(session, member, file_id)
    if row.content is None:
        raise NotFound(f"file {file_id} is not stored")
    detail = f"file {file_id}"
    last = await audit.last(session, member, "read-file", case_id, detail)
    if last is None or last < now - ONE_READING:
        await audit.record(session, member, "read-file", now, case_id=case_id, detail=detail)
    return FileContent(FileKind(row.kind), row.name, row.mime, row.content)


async def _audit_reading(
    session: AsyncSession,
    member: Member,
    case_id: int,
    messages: tuple[MessageView, ...],
    now: datetime,
) -> None:
    last = await audit.last(session, member, "read", case_id)
    newest = max(
        (entry.edited_at or entry.at for entry in messages if entry.author is Author.PARENT),
        default=None,
    )
    news = last is not None and newest is not None and newest >= last
    if last is None or news or last < now - ONE_READING:
        await audit.record(session, member, "read", now, case_id=case_id)


async def _messages(session: AsyncSession, case_id: int) -> tuple[MessageView, ...]:
    found = await session.execute(
        select(MessageRow, MemberRow.name, OutboxRow.status, OutboxRow.problem)
        .outerjoin(MemberRow, MemberRow.id == MessageRow.member_id)
        .outerjoin(OutboxRow, OutboxRow.id == MessageRow.outbox_id)
        .where(MessageRow.case_id == case_id)
        .order_by(MessageRow.id)
    )
    files = await _files(session, case_id)
    return tuple(
        MessageView(
            id=row.id,
            author=Author(row.author),
            author_name=name or "",
            text=row.text,
            at=row.at,
            edited_at=row.edited_at,
            files=tuple(files[row.id]),
            delivery=status or "",
            problem=problem or "",
        )
        for row, name, status, problem in found
    )


async def _files(session: AsyncSession, case_id: int) -> dict[int, list[FileView]]:
    # Named columns: a file's bytes are not loaded to show its name.
    found = await session.execute(
        select(
            FileRow.message_id, FileRow.id, FileRow.kind, FileRow.name, FileRow.mime,
            FileRow.size, FileRow.status,
        )
        .join(MessageRow, MessageRow.id == FileRow.message_id)
        .where(MessageRow.case_id == case_id)
        .order_by(FileRow.id)
    )  # fmt: skip
    files: dict[int, list[FileView]] = defaultdict(list)
    for message_id, file_id, kind, name, mime, size, status in found:
        files[message_id].append(FileView(file_id, FileKind(kind), name, mime, size, status))
    return files


@dataclass(frozen=True, slots=True)
class _Last:
    """The last words of a case, and whether they were delivered."""

    words: str
    delivery: str


async def _last_words(session: AsyncSession, case_ids: list[int]) -> dict[int, _Last]:
    latest = (
        select(func.max(MessageRow.id))
        .where(
            MessageRow.case_id.in_(case_ids),
            MessageRow.author.in_((Author.PARENT.value, Author.WORKER.value)),
        )
        .group_by(MessageRow.case_id)
    )
    found = await session.execute(
        select(MessageRow.case_id, MessageRow.text, FileRow.kind, OutboxRow.status)
        .outerjoin(FileRow, FileRow.message_id == MessageRow.id)
        .outerjoin(OutboxRow, OutboxRow.id == MessageRow.outbox_id)
        .where(MessageRow.id.in_(latest))
    )
    last = {}
    for case_id, text, kind, delivery in found:
        symbol = SYMBOLS[FileKind(kind)] + " " if kind else ""
        last[case_id] = _Last(symbol + " ".join(text.split())[:LAST_WORDS], delivery or "")
    return last


def _line(row: CaseRow, assignee: str, last: _Last | None) -> CaseLine:
    return CaseLine(
        id=row.id,
        number=row.number,
        status=Status(row.status),
        danger=row.danger,
        topic=row.topic,
        language=row.language,
        town=row.town,
        assignee_id=row.assignee_id,
        assignee=assignee,
        opened_at=row.opened_at,
        reply_due_at=row.reply_due_at,
        waiting_since=row.waiting_since,
        last_words=last.words if last else "",
        delivery=last.delivery if last else "",
        closed_at=row.closed_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )
