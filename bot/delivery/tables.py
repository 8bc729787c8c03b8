"""Inbox and outbox: what arrived and was not yet handled, what is to be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base
from bot.storage.columns import EncryptedText, UtcDateTime


class InboxRow(Base):
    """One update, stored before Telegram is told "got it".

    The payload goes when the update is handled; the id stays for two days, so
    that a repeated delivery is recognised.
    """

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_open", "status", "lane", "update_id"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lane: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str | None] = mapped_column(EncryptedText)
    status: Mapped[str] = mapped_column(String(8))  # new, done, dead
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OutboxRow(Base):
    """One card on its way to one person."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "status", "person_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    card: Mapped[str | None] = mapped_column(EncryptedText)  # removed once sent
    status: Mapped[str] = mapped_column(String(10))  # waiting, sent, uncertain, failed
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)  # tries that may have arrived
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    telegram_message: Mapped[int | None] = mapped_column(BigInteger)
    problem: Mapped[str | None] = mapped_column(String(200))
    # A caseworker's reply: its fate is shown in the case for as long as the case exists.
    keep: Mapped[bool] = mapped_column(default=False)
    # A reminder: twice would be worse than recorded as perhaps not arrived.
    once: Mapped[bool] = mapped_column(default=False)
