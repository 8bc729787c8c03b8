"""A local Telegram: the Bot API over HTTP, and a chat page to talk to the bot.

A development and editing tool. It listens on this machine only and keeps all in memory.
"""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
from collections import deque
from datetime import timedelta

from aiohttp import web

from bot.clock import Clock, SystemClock
from bot.errors import BadSetting
from bot.preview.acts import Acts
from bot.preview.api import Api
from bot.preview.chat_api import ChatApi
from bot.preview.editing import Editing
from bot.preview.faults import Call, Fault, Faults, Flood
from bot.preview.files import BIGGEST_UPLOAD
from bot.preview.guard import only_from_this_machine
from bot.preview.methods import Methods
from bot.preview.person import Person
from bot.preview.profile import BotProfile
from bot.preview.sending import Sending
from bot.preview.updates import Polling, Update, Updates
from bot.preview.webhook import PAUSES, Webhook
from bot.preview.world import World


def new_token() -> str:
    """A token that looks like one of BotFather's and opens nothing anywhere else."""
    return f"{10**9 + secrets.randbelow(9 * 10**9)}:{secrets.token_urlsafe(26)[:35]}"


class PreviewServer:
    """One bot's Telegram. Start it, point the bot at `api_url`, and be its people."""

    def __init__(
        self,
        token: str | None = None,
        *,
        clock: Clock | None = None,
        callback_lifetime: timedelta = timedelta(seconds=150),
        messages_per_second: int = 20,
        webhook_pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self.token = token or new_token()
        self.base_url = ""
        world = World(clock or SystemClock(), BotProfile(_bot_id(self.token)))
        self.world = world
        updates = Updates(world.clock, callback_lifetime)
        self.flood = Flood(messages_per_second)
        sending = Sending(world, self.flood)
        editing = Editing(world, sending, callback_lifetime)
        self._polling = Polling(updates)
        self._faults = Faults()
        self._api = Api(self.token, world.files, self._faults)
        self._webhook = Webhook(updates, self._api.call, webhook_pauses)
        self._api.methods = Methods(world, sending, editing, self._polling, self._webhook)
        updates.on_new = self._new_update
        self._acts = Acts(world, updates, editing)
        self._people: dict[int, Person] = {}
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """python-telegram-bot's base_url."""
        return f"{self.base_url}/bot"

    @property
    def file_url(self) -> str:
        """python-telegram-bot's base_file_url."""
        return f"{self.base_url}/file/bot"

    @property
    def chat_url(self) -> str:
        """The chat page."""
        return f"{self.base_url}/chat"

    @property
    def calls(self) -> deque[Call]:
        """Every call of the API so far, oldest first."""
        return self._api.calls

    @property
    def pending_updates(self) -> int:
        """How many updates the bot has not taken yet."""
        return len(self._polling.updates)

    @property
    def latency(self) -> float:
        """Seconds each call waits before it is done."""
        return self._api.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._api.latency = seconds

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listens, and returns the address. Raises BadSetting for any but a local address."""
        if not _is_loopback(host):
            raise BadSetting(f"The local Bot API listens on this machine only, not on {host}.")
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError as exc:
            await self._runner.cleanup()
            raise BadSetting(
                f"The local Bot API cannot listen on port {port} ({exc.strerror}); "
                "choose another with KOMEK_PREVIEW_PORT."
            ) from None
        bound = self._runner.addresses[0][1]
        shown_host = f"[{host}]" if ":" in host else host
        self.base_url = f"http://{shown_host}:{bound}"
        return self.base_url

    async def stop(self) -> None:
        """Ends all connections; what was in memory stays readable."""
        self.world.events.close()
        await self._webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def person(
        self, user_id: int, first_name: str = "Aida", language_code: str | None = None
    ) -> Person:
        """The person with this Telegram id; the name and language count the first time."""
        if user_id not in self._people:
            chat = self.world.person(user_id, first_name, language_code)
            self._people[user_id] = Person(self._acts, chat)
        return self._people[user_id]

    def people(self) -> list[Person]:
        """Everyone so far, in the order they came."""
        return list(self._people.values())

    def fail_next(
        self,
        method: str,
        status: int = 500,
        times: int = 1,
        retry_after: int | None = None,
        drop: bool = False,
        chat: int | None = None,
        after: bool = False,
    ) -> None:
        """The next `times` calls of `method` ("*": any) fail with `status`.

        With `drop` the connection breaks instead; with `after` the call is carried out
        first, so that the bot cannot know whether it arrived.
        """
        self._faults.add(Fault(method, status, times, retry_after, drop, after, chat))

    def heal(self) -> None:
        """Forgets the faults that have not happened yet, and the latency."""
        self._faults.clear()
        self.latency = 0.0

    def _application(self) -> web.Application:
        limit = BIGGEST_UPLOAD + 1024 * 1024  # the form around the file
        app = web.Application(client_max_size=limit, middlewares=[only_from_this_machine])
        app.add_routes(self._api.routes())
        app.add_routes(ChatApi(self.world, self.person, self.people).routes())
        return app

    def _new_update(self, update: Update) -> None:
        self._polling.ring()
        self._webhook.wake(update)


def _bot_id(token: str) -> int:
    number, _, secret = token.partition(":")
    if not number.isdigit() or not secret:
        raise BadSetting("A bot token looks like 123456:letters-and-digits.")
    return int(number)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def run_until_stopped(server: PreviewServer) -> None:
    """Keeps the server up until the task is cancelled."""
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()
