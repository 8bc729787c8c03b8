"""Alembic's entry: uses the connection it is handed."""

from __future__ import annotations

from typing import Literal

from alembic import context

import bot.cases.tables
import bot.conversation.tables
import bot.delivery.tables
import bot.insight.tables
import bot.people.tables
import bot.staff.tables  # noqa: F401  # every table must be known to the metadata
from bot.storage.base import Base
from bot.storage.columns import EncryptedBytes, EncryptedText, UtcDateTime


def plain_type(kind: str, item: object, _autogen: object) -> str | Literal[False]:
    """Migrations name the database's own types: they must outlive ours."""
    if kind != "type":
        return False
    if isinstance(item, EncryptedText | EncryptedBytes):
        return "sa.LargeBinary()"
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
