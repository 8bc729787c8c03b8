"""Cases, their messages and files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base
from bot.storage.columns import EncryptedBytes, EncryptedText, UtcDateTime


class CaseRow(Base):
    """One parent's matter in the hands of one organisation."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_queue", "organisation_id", "status", "waiting_since"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    # Empty once the parent had their data deleted.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    status: Mapped[str] = mapped_column(String(8))  # new, taken, closed
    danger: Mapped[str | None] = mapped_column(String(20))
    topic: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8))
    town: Mapped[str] = mapped_column(EncryptedText)
    who: Mapped[str] = mapped_column(EncryptedText)
    contact: Mapped[str] = mapped_column(EncryptedText)
    consent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    consent_version: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reply_due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When the parent began to wait for a word from us; empty while we wait for them.
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    rating: Mapped[int | None]


class MessageRow(Base):
    """One entry of a case: the parent's words, a reply, a note, or an event."""

    __tablename__ = "case_messages"
    __table_args__ = (Index("ix_case_messages_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    author: Mapped[str] = mapped_column(String(8))  # parent, worker, note, event
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    text: Mapped[str] = mapped_column(EncryptedText)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Telegram's id of the parent's message, so that an edit finds its entry.
    telegram_message: Mapped[int | None] = mapped_column(BigInteger)
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"))
    # A browser's own key of a reply, so that sending the form twice sends one message.
    request_key: Mapped[str | None] = mapped_column(String(64), unique=True)


class FileRow(Base):
    """A photo, document or voice message of a case, fetched from Telegram in the background."""

    __tablename__ = "case_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("case_messages.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))  # photo, document, voice, video, audio
    name: Mapped[str] = mapped_column(EncryptedText)
    mime: Mapped[str] = mapped_column(String(100))
    size: Mapped[int | None]
    source: Mapped[str] = mapped_column(EncryptedText)  # Telegram's file id
    status: Mapped[str] = mapped_column(String(8))  # waiting, stored, failed
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[bytes | None] = mapped_column(EncryptedBytes)
