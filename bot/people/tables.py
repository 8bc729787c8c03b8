"""Pseudonymous persons: who they are to Telegram is encrypted, found by a keyed hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base
from bot.storage.columns import EncryptedText, UtcDateTime


class PersonRow(Base):
    """Somebody who wrote to the bot; deleted with their data on request."""

    __tablename__ = "people"
    # SQLite would give a deleted person's number to the next one.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    lookup: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str | None] = mapped_column(String(8))
    # Town and saved places, if they agreed.
    kept: Mapped[str | None] = mapped_column(EncryptedText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Their data is deleted; the row itself goes once the last card to them is settled.
    leaving: Mapped[bool] = mapped_column(default=False)
