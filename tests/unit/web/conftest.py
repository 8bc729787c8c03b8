"""The desk served to browsers that can be written in a line."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from bot.conversation.turn import Content
from bot.i18n import load_locales
from bot.languages import DESK_LANGUAGES
from bot.settings import ROOT, Settings
from bot.stay.model import Rules
from bot.storage.database import Database
from bot.web.keys import Health
from bot.web.site import make_site
from tests.conftest import HandClock
from tests.unit.answers.small_content import TODAY, load, write_content
from tests.unit.cases.scenery import PASSWORD, Scenery, plain_locales, set_up
from tests.unit.workshop.bench import KnownPhones, start_history

Client = TestClient[Request, Application]


async def _health() -> Health:
    return Health(True, False, None, 0, 2)


@dataclass
class HeldTexts:
    """The small content as the bot answers with it, without anything that follows its files."""

    current: Content
    problem: str | None = None


def texts_of(folder: Path) -> HeldTexts:
    """The texts of a folder with the small content."""
    known = KnownPhones()
    rules = Rules((), {}, {}, TODAY, 60, is_draft=True)
    return HeldTexts(Content(load(folder), known.directory, known.locales, rules))


def site_of(
    database: Database, clock: HandClock, texts: HeldTexts, folder: Path, desk_url: str = ""
) -> Application:
    return make_site(
        database,
        Settings(desk_url=desk_url, content_dir=folder),
        clock,
        load_locales(ROOT / "locales", "desk", DESK_LANGUAGES),
        plain_locales,
        lambda topic, _language: topic,
        _health,
        texts,
    )


@dataclass
class Browser:
    """A browser with its own cookies."""

    client: Client
    form_token: str = ""

    async def get(self, path: str, **headers: str) -> ClientResponse:
        return await self.client.get(path, headers=headers, allow_redirects=False)

    async def post(
        self, path: str, fields: dict[str, str], headers: dict[str, str] | None = None
    ) -> ClientResponse:
        """Sends a form with the token of the page it came from."""
        return await self.client.post(
            path,
            data={"form_token": self.form_token, **fields},
            headers=headers or {},
            allow_redirects=False,
        )

    async def sign_in(self, email: str, password: str = PASSWORD) -> ClientResponse:
        self.form_token = token_in(await (await self.get("/sign-in")).text())
        answer = await self.post("/sign-in", {"email": email, "password": password})
        if answer.status == 303:
            self.form_token = token_in(await (await self.get("/account")).text())
        return answer


def token_in(page: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small content, in no repository."""
    return write_content(tmp_path / "texts" / "content")


@pytest.fixture
def texts(folder: Path) -> HeldTexts:
    return texts_of(folder)


@pytest.fixture
async def scenery(database: Database, clock: HandClock) -> Scenery:
    return await set_up(database, clock.now())


@pytest.fixture
async def server(
    database: Database, clock: HandClock, scenery: Scenery, texts: HeldTexts, folder: Path
) -> AsyncIterator[TestServer]:
    running = TestServer(site_of(database, clock, texts, folder))
    async with running:
        yield running


@pytest.fixture
async def browsers(server: TestServer) -> AsyncIterator[list[Browser]]:
    """Three browsers that nobody has signed in at."""
    clients = [TestClient(server, cookie_jar=CookieJar(unsafe=True)) for _ in range(3)]
    yield [Browser(client) for client in clients]
    for client in clients:
        await client.close()


@pytest.fixture
async def browser(browsers: list[Browser]) -> Browser:
    return browsers[0]


@pytest.fixture
async def editor(browser: Browser, scenery: Scenery, folder: Path) -> Browser:
    """An editor signed in; the texts have a history."""
    start_history(folder)
    await browser.sign_in("editor@example.org")
    return browser
