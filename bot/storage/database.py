"""One door to the database: `transaction()` writes and commits, `reading()` only reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from bot.errors import BadSetting, StorageUnavailable
from bot.storage.bell import Bell, LocalBell, PostgresBell
from bot.storage.columns import use_crypt
from bot.storage.crypt import Crypt

BUSY_SECONDS = 15
SQLITE, POSTGRESQL = "sqlite+aiosqlite", "postgresql+psycopg"
# The last one: every connection of the pool stayed in use for half a minute.
AWAY = (OperationalError, InterfaceError, PoolTimeout)


class Database:
    """An engine, its bell and the only place that commits."""

    def __init__(self, engine: AsyncEngine, bell: Bell, crypt: Crypt) -> None:
        self.engine = engine
        self.bell = bell
        self.crypt = crypt
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        # SQLite has one writer: queueing here is fairer and quicker than its busy handler.
        self._writer = asyncio.Lock() if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Commits when the block ends, rolls back when it raises.

        Raises StorageUnavailable when the database cannot be reached.
        """
        async with self._writer or nullcontext():
            try:
                async with self._sessions() as session, session.begin():
                    if self.is_sqlite:
                        await session.execute(text("BEGIN IMMEDIATE"))
                    yield session
            except AWAY as exc:
                raise StorageUnavailable(_reason(exc)) from exc

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees committed data and writes nothing."""
        try:
            async with self._sessions() as session:
                yield session
        except AWAY as exc:
            raise StorageUnavailable(_reason(exc)) from exc

    async def close(self) -> None:
        """Ends all connections."""
        await self.bell.close()
        await self.engine.dispose()


def _reason(exc: SQLAlchemyError) -> str:
    # Never the statement's parameters: they may hold what somebody wrote.
    return f"the database did not answer ({type(getattr(exc, 'orig', exc)).__name__})"


async def open_database(address: str, crypt: Crypt) -> Database:
    """Opens SQLite or PostgreSQL, whichever `address` names, without touching its tables.

    Raises BadSetting when it names neither.
    """
    use_crypt(crypt)
    scheme = address.partition("://")[0]
    if scheme == SQLITE:
        engine = _engine(address, connect_args={"timeout": BUSY_SECONDS})
        _make_folder(engine)
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        return Database(engine, LocalBell(), crypt)
    if scheme != POSTGRESQL:
        raise _bad_address()
    engine = _engine(address, pool_size=10, max_overflow=10, pool_pre_ping=True)
    plain = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return Database(engine, PostgresBell(plain), crypt)


def _engine(address: str, **options: Any) -> AsyncEngine:
    try:
        return create_async_engine(address, hide_parameters=True, **options)
    except (ArgumentError, ValueError):
        raise _bad_address() from None


def _bad_address() -> BadSetting:
    # Never the address itself: a password may stand in it.
    return BadSetting(
        f"KOMEK_DATABASE_URL is no address of a database: write {POSTGRESQL}://user:password@host/"
        f"name or {SQLITE}:///path/to/file, or leave it empty"
    )


def _make_folder(engine: AsyncEngine) -> None:
    if engine.url.database not in (None, "", ":memory:"):
        Path(str(engine.url.database)).parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Transactions are begun by hand (BEGIN IMMEDIATE), so that writers queue
    # instead of failing half-way when a read lock cannot be upgraded.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
