"""What many tests share: a clock that is moved by hand, and both databases."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.migrations.run import upgrade
from bot.storage.crypt import Crypt, new_key
from bot.storage.database import Database, open_database
from tests.drivers import postgres

NUMBERS = itertools.count()


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> HandClock:
    """A Tuesday morning in Kazakhstan."""
    return HandClock(datetime(2026, 11, 24, 5, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """One PostgreSQL cluster for the whole run."""
    with postgres.cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once per engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'komek.sqlite'}"
        return
    cluster: str = request.getfixturevalue("postgres_cluster")
    name = f"test_{next(NUMBERS)}"
    yield postgres.fresh_database(cluster, name)
    postgres.drop_database(cluster, name)


@pytest.fixture
async def database(database_address: str) -> AsyncIterator[Database]:
    """An open database with all tables, once per engine."""
    opened = await open_database(database_address, Crypt([new_key()]))
    await upgrade(opened)
    yield opened
    await opened.close()
