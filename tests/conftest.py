"""What many tests share: a clock moved by hand, both databases, and the whole product."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from bot.i18n import Locales, load_locales
from bot.languages import Language
from bot.migrations.run import upgrade
from bot.preview.server import PreviewServer
from bot.settings import ROOT
from bot.storage.crypt import Crypt, new_key
from bot.storage.database import Database, open_database
from tests.drivers import postgres
from tests.drivers.app_process import AppProcess
from tests.drivers.desk import open_browser
from tests.drivers.rasa import understanding

NUMBERS = itertools.count()
WORKER = "worker@ngo.example"


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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied: migrating is slow."""
    file = tmp_path_factory.mktemp("migrated") / "komek.sqlite"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_template(postgres_cluster: str) -> str:
    """The name of a PostgreSQL database with all tables, to be copied."""
    asyncio.run(_migrate(postgres.fresh_database(postgres_cluster, "migrated")))
    return "migrated"


async def _migrate(address: str) -> None:
    database = await open_database(address, Crypt([new_key()]))
    await upgrade(database)
    await database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with all tables and nothing in them, once per engine."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "komek.sqlite")
        yield f"sqlite+aiosqlite:///{tmp_path / 'komek.sqlite'}"
        return
    cluster: str = request.getfixturevalue("postgres_cluster")
    name = f"test_{next(NUMBERS)}"
    template: str = request.getfixturevalue("migrated_template")
    yield postgres.fresh_database(cluster, name, template)
    postgres.drop_database(cluster, name)


@pytest.fixture
async def database(migrated_address: str) -> AsyncIterator[Database]:
    """An open database with all tables, once per engine."""
    opened = await open_database(migrated_address, Crypt([new_key()]))
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def nlu() -> Iterator[tuple[str, str]]:
    """Rasa with the model of the present data: address and token."""
    with understanding() as served:
        yield served


@pytest.fixture(scope="session")
def locales() -> Locales:
    """The bot's words, by which tests find buttons."""
    return load_locales(ROOT / "locales", "bot", tuple(one.value for one in Language))


@pytest.fixture
async def telegram() -> AsyncIterator[PreviewServer]:
    """A Telegram of our own."""
    server = PreviewServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def app(
    tmp_path: Path, telegram: PreviewServer, nlu: tuple[str, str], database_address: str
) -> AsyncIterator[AppProcess]:
    """The app with an organisation and a caseworker, on either database."""
    is_sqlite = database_address.startswith("sqlite")
    process = AppProcess(
        tmp_path, telegram, database="" if is_sqlite else database_address, nlu=nlu
    )
    await process.prepare("Sana", WORKER, "Aigul T.")
    await process.start()
    yield process
    await process.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real browser."""
    async with async_playwright() as playwright:
        opened = await open_browser(playwright)
        yield opened
        await opened.close()
