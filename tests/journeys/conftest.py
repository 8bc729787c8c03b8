"""The whole product for a story: local Telegram, the app as a process, Rasa, a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from bot.i18n import Locales, load_locales
from bot.languages import Language
from bot.preview.server import PreviewServer
from bot.settings import ROOT
from tests.drivers.app_process import AppProcess
from tests.drivers.desk import PASSWORD, open_browser
from tests.drivers.rasa import understanding

WORKER = "worker@ngo.example"


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
    await process.command("migrate")
    await process.command("staff", "add-organisation", "Sana")
    await process.command(
        *("staff", "add", WORKER, "-o", "Sana", "--name", "Aigul T."),
        *("--language", "ru", "--password", PASSWORD),
    )
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
