"""Runs Alembic's migrations on an open database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError

from bot.errors import StorageUnavailable
from bot.storage.database import Database

FOLDER = Path(__file__).parent


def alembic_config() -> Config:
    """Alembic's settings; no ini file is needed."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Brings the tables to `revision`. Raises StorageUnavailable when there is no database."""
    await _run(database, lambda config: command.upgrade(config, revision))


async def downgrade(database: Database, revision: str) -> None:
    """Takes the tables back to `revision`; "base" removes them."""
    await _run(database, lambda config: command.downgrade(config, revision))


async def is_current(database: Database) -> bool:
    """Whether the tables are those this version of the app expects.

    Raises StorageUnavailable when there is no database.
    """
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with _one_sentence():
        async with database.engine.connect() as connection:
            current = await connection.run_sync(
                lambda plain: MigrationContext.configure(plain).get_current_revision()
            )
    return current == head


async def _run(database: Database, action: Callable[[Config], None]) -> None:
    def run(connection: Connection) -> None:
        config = alembic_config()
        config.attributes["connection"] = connection
        action(config)

    with _one_sentence():
        async with database.engine.begin() as connection:
            await connection.run_sync(run)


@contextmanager
def _one_sentence() -> Iterator[None]:
    try:
        yield
    except DatabaseError as exc:
        # Plain DatabaseError: the file of SQLite is damaged, or is none. The others are ours.
        if type(exc) not in (DatabaseError, OperationalError, InterfaceError):
            raise
        reason = " ".join(str(exc.orig).split())
        raise StorageUnavailable(
            "the database cannot be used: see that it runs and that KOMEK_DATABASE_URL is right "
            f"({reason})"
        ) from exc
