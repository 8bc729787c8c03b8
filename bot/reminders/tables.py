"""Reminders: of which day, and when to write. Neither entry dates nor citizenships."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base
from bot.storage.columns import UtcDateTime


class ReminderRow(Base):
    """One day somebody asked to be reminded of; goes with the person."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("person_id", "rule", "deadline"),
        Index("ix_reminders_due", "state", "send_at"),
        # A button of an old card must never name somebody's newer reminder.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    rule: Mapped[str] = mapped_column(String(60))
    deadline: Mapped[date]
    send_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10))  # waiting, queued, sent, uncertain, failed
    # The card on its way; empty before, and again once its fate is known.
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"))
