"""The real app as a process of its own, which a test can stop, kill and start again."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from bot.clock import SystemClock
from bot.opening import open_storage
from bot.preview.server import PreviewServer
from bot.settings import ROOT, Settings
from bot.staff import store as staff
from bot.staff.model import Role
from bot.storage.crypt import new_key
from bot.storage.database import Database
from tests.drivers.desk import PASSWORD

START_SECONDS = 120.0
# Settings of the developer, and what would make every start of Python slow.
LEFT_OUT = ("KOMEK_", "TELEGRAM_", "PYTHONDONTWRITEBYTECODE")


def free_port() -> int:
    """A loopback port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class AppProcess:
    """`bot serve` against a local Telegram, one database and one Rasa."""

    def __init__(
        self,
        folder: Path,
        telegram: PreviewServer,
        *,
        database: str = "",
        nlu: tuple[str, str] | None = None,
        content: Path | None = None,
        webhook: bool = False,
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "app.log"
        self._database = database
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)},
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "KOMEK_TELEGRAM_API": telegram.base_url,
            "KOMEK_DATA_DIR": str(folder / "data"),
            "KOMEK_KEYS": new_key(),
            "KOMEK_DESK_PORT": str(self.port),
            "KOMEK_NLU_URL": nlu[0] if nlu else f"http://127.0.0.1:{free_port()}",
            "KOMEK_NLU_TOKEN": nlu[1] if nlu else "none",
        }
        if database:
            self._environment["KOMEK_DATABASE_URL"] = database
        if content is not None:
            self._environment["KOMEK_CONTENT_DIR"] = str(content)
        if webhook:
            self._environment["KOMEK_WEBHOOK_URL"] = self.address
            self._environment["KOMEK_WEBHOOK_SECRET"] = secrets.token_hex(16)

    @property
    def address(self) -> str:
        """Where the desk is."""
        return f"http://127.0.0.1:{self.port}"

    async def prepare(self, organisation: str, email: str, name: str) -> None:
        """Makes the tables, an organisation and a caseworker, as `bot staff add` does."""
        now = SystemClock().now()
        async with self.storage() as database, database.transaction() as session:
            await staff.add_organisation(session, organisation, now)
            await staff.add_member(
                session, organisation, email, name, Role.CASEWORKER, PASSWORD, "ru", now
            )

    @asynccontextmanager
    async def storage(self) -> AsyncIterator[Database]:
        """The app's own database, opened beside it."""
        settings = Settings(
            data_dir=self.folder / "data",
            keys=SecretStr(self._environment["KOMEK_KEYS"]),
            database_url=SecretStr(self._database) if self._database else None,
        )
        database = await open_storage(settings, migrate=True)
        try:
            yield database
        finally:
            await database.close()

    def replica(self, folder: Path, telegram: PreviewServer) -> AppProcess:
        """Another process on the same database, with the same keys."""
        other = AppProcess(folder, telegram, database=self._database, webhook=True)
        other._environment["KOMEK_KEYS"] = self._environment["KOMEK_KEYS"]
        return other

    async def start(self) -> None:
        """Starts and waits until the desk answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220  (returns at once)
                [sys.executable, "-m", "bot", "serve"],
                env=self._environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        async with aiohttp.ClientSession() as session, asyncio.timeout(START_SECONDS):
            while True:
                assert self._process.poll() is None, self.log.read_text()
                try:
                    async with session.get(f"{self.address}/health") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.1)

    async def logs(self, words: str) -> None:
        """Waits until the app has logged these words."""
        async with asyncio.timeout(START_SECONDS):
            while words not in self.log.read_text():
                await asyncio.sleep(0.1)

    async def kill(self) -> None:
        """kill -9, as a crash or an emptied battery would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM, as an orderly restart does."""
        await self._end(signal.SIGTERM)

    async def _end(self, wish: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(wish)
        await asyncio.to_thread(self._process.wait, 15)
        self._process = None
