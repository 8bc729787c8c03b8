"""The desk served to browsers that can be written in a line."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from bot.i18n import load_locales
from bot.languages import DESK_LANGUAGES
from bot.settings import ROOT, Settings
from bot.storage.database import Database
from bot.web.keys import Health
from bot.web.site import make_site
from tests.conftest import HandClock
from tests.unit.cases.scenery import PASSWORD, Scenery, plain_locales, set_up

Client = TestClient[Request, Application]


async def _health() -> Health:
    return Health(True, False, None, 0, 2)


def site_of(database: Database, clock: HandClock, desk_url: str = "") -> Application:
    return make_site(
        database,
        Settings(desk_url=desk_url),
        clock,
        load_locales(ROOT / "locales", "desk", DESK_LANGUAGES),
        plain_locales,
        lambda topic, _language: topic,
        _health,
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
async def scenery(database: Database, clock: HandClock) -> Scenery:
    return await set_up(database, clock.now())


@pytest.fixture
async def server(
    database: Database, clock: HandClock, scenery: Scenery
) -> AsyncIterator[TestServer]:
    running = TestServer(site_of(database, clock))
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
