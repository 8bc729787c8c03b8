"""Daily counts and reports that name nobody."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class CountRow(Base):
    """How often something happened on one day in one language."""

    __tablename__ = "counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]


class PlaceReportRow(Base):
    """Somebody found that a place's entry is wrong; who it was is not known."""

    __tablename__ = "place_reports"
    __table_args__ = (Index("ix_place_reports_open", "done_on", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(10))
    day: Mapped[date]
    done_on: Mapped[date | None]
