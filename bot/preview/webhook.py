"""Delivery of updates to the bot's webhook: in order per lane, again until it says 200."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.preview.updates import Update, Updates
from bot.preview.wire import Json, Refused, bad_request

# Telegram's: at once, then these seconds, then a minute or two for the rest of the day.
PAUSES = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0)
LONGEST_RETRY_AFTER = 3600.0
READ_TIMEOUT = 60.0
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a name, no secret)

Answer = Callable[[str, Json], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where the bot wants its updates."""

    url: str
    secret: str = ""
    max_connections: int = 40
    certificate: bool = False


class Webhook:
    """One update in flight per lane; a failed one is tried again before the next goes out."""

    def __init__(self, updates: Updates, answer: Answer, pauses: tuple[float, ...]) -> None:
        self.updates = updates
        self.target: Target | None = None
        self.last_error: tuple[int, str] | None = None
        self._answer = answer
        self._pauses = pauses
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(1)

    async def set(self, params: Json) -> None:
        """Begins delivering to `url`, or stops when it is empty."""
        await self.stop()
        self.updates.allow(params.get("allowed_updates"))
        if params.get("drop_pending_updates"):
            self.updates.drop_all()
        if not params.get("url"):
            return
        target = Target(
            _checked_url(params["url"]),
            params.get("secret_token", ""),
            params.get("max_connections", 40),
            "certificate" in params,
        )
        if target.secret and not SECRET.fullmatch(target.secret):
            raise bad_request("secret token contains unallowed characters")
        self._slots = asyncio.Semaphore(target.max_connections)
        timeout = aiohttp.ClientTimeout(total=READ_TIMEOUT)
        self._session = aiohttp.ClientSession(timeout=timeout)
        self.target, self.last_error = target, None
        for update in self.updates.waiting():
            self.wake(update)

    async def stop(self) -> None:
        """Stops delivering; what is waiting stays."""
        self.target = None
        lanes, self._lanes = list(self._lanes.values()), {}
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def wake(self, update: Update) -> None:
        """Starts the update's lane, unless it is running."""
        if self.target is not None and update.lane not in self._lanes:
            self._lanes[update.lane] = asyncio.create_task(self._run(update.lane))

    def info(self) -> Json:
        """getWebhookInfo's answer."""
        target = self.target or Target("")
        body: Json = {
            "url": target.url,
            "has_custom_certificate": target.certificate,
            "pending_update_count": len(self.updates),
        }
        if self.target:
            body["max_connections"] = target.max_connections
            body["ip_address"] = "127.0.0.1"
        if self.updates.allowed is not None:
            body["allowed_updates"] = sorted(self.updates.allowed)
        if self.last_error:
            body["last_error_date"], body["last_error_message"] = self.last_error
        return body

    async def _run(self, lane: str) -> None:
        while update := self.updates.first_in(lane):
            await self._deliver(update)
        self._lanes.pop(lane, None)

    async def _deliver(self, update: Update) -> None:
        tries = 0
        while self.updates.first_in(update.lane) is update:
            async with self._slots:
                retry_after = await self._post(update)
            if retry_after is None:
                self.updates.take(update)
                return
            await asyncio.sleep(retry_after or self._pause(tries))
            tries += 1

    async def _post(self, update: Update) -> float | None:
        """None when the bot took it; otherwise the seconds it asked to wait, or 0."""
        assert self.target is not None  # lanes run only while these are set
        assert self._session is not None
        headers = {SECRET_HEADER: self.target.secret} if self.target.secret else {}
        try:
            async with self._session.post(
                self.target.url, json=update.as_json(), headers=headers, allow_redirects=False
            ) as response:
                if 200 <= response.status < 300:
                    await self._obey(await response.read(), response.content_type)
                    return None
                self._note(f"Wrong response from the webhook: {response.status} {response.reason}")
                asked = response.headers.get("Retry-After", "")
                return min(float(asked), LONGEST_RETRY_AFTER) if asked.isdigit() else 0.0
        except TimeoutError:
            self._note("Read timeout expired")
        except aiohttp.ClientError as exc:
            refused = isinstance(exc, aiohttp.ClientConnectorError)
            self._note("Connection refused" if refused else "Connection closed by the webhook")
        return 0.0

    async def _obey(self, body: bytes, content_type: str) -> None:
        """A webhook may answer with one API call; nobody learns how it went."""
        if content_type != "application/json" or not body:
            return
        try:
            call = json.loads(body)
            if isinstance(call, dict) and isinstance(call.get("method"), str):
                await self._answer(call.pop("method"), call)
        except ValueError:
            self._note("Webhook's answer is not JSON")
        except Refused as exc:
            self._note(f"Webhook's answer refused: {exc.description}")

    def _pause(self, tries: int) -> float:
        if tries < len(self._pauses):
            return self._pauses[tries]
        return random.uniform(60, 120)  # noqa: S311 (spreads retries, guards nothing)

    def _note(self, reason: str) -> None:
        self.last_error = (int(self.updates.clock.now().timestamp()), reason)


def _checked_url(url: str) -> str:
    """The address, when it is on this machine: this server sends nothing elsewhere."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: an HTTPS URL must be provided for webhook")
    try:
        local = ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        local = parts.hostname == "localhost"
    if not local:
        raise bad_request("bad webhook: the local server delivers to this machine only")
    return url
