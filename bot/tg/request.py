"""python-telegram-bot's HTTP side on aiohttp: a third of the CPU, and no pool to clog.

Telling apart "surely not sent" from "sent, but no answer came" is what lets the sender
repeat the first and be careful with the second.
"""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
WRITE_SECONDS = 10.0
UPLOAD_SECONDS = 60.0
# Telegram lets a bot download 20 MB; no answer to a method is larger.
BIGGEST_ANSWER = 20 * 1024 * 1024
TOO_BIG = "file is too big"

Seconds = Any  # a number, None, or python-telegram-bot's private mark for "not given"


class NotSent(NetworkError):
    """No connection came about: Telegram has seen nothing of the request."""


class NoAnswer(TimedOut):
    """The request went out and no whole answer came back: it may have been carried out."""


class AiohttpRequest(BaseRequest):
    """Sends requests over one aiohttp session, opened by `initialize`."""

    def __init__(self, at_once: int, *, proxies_from_environment: bool = True) -> None:
        self._at_once = at_once
        self._proxies = proxies_from_environment
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where the caller says nothing."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Opens the session; nothing is connected yet."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._at_once),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=self._proxies,
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Ends all connections."""
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer's JSON; unlike the library's own, a broken one is not logged with texts."""
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            parsed = None
        if not isinstance(parsed, dict):
            raise TelegramError("Invalid server response")
        return parsed

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request and its whole answer. Raises NotSent or NoAnswer.

        No message or cause of these names the address: it holds the token.
        """
        if self._session is None or self._session.closed:
            raise NotSent("the connection to Telegram is not open")
        uploads = request_data is not None and request_data.contains_files
        timeout = _timeout(
            _given(connect_timeout, CONNECT_SECONDS),
            _given(write_timeout, UPLOAD_SECONDS if uploads else WRITE_SECONDS),
            _given(read_timeout, READ_SECONDS),
        )
        body = None if request_data is None else _form(request_data)
        try:
            async with self._session.request(
                method, url, data=body, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await _read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as exc:
            raise NotSent(f"cannot connect ({type(exc).__name__})") from None
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise NotSent("KOMEK_TELEGRAM_API is not an http address") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as exc:
            raise NoAnswer(f"no answer ({type(exc).__name__})") from None


def _given(seconds: Seconds, usual: float) -> float | None:
    """The caller's timeout, None for no limit, or the usual one."""
    if seconds is BaseRequest.DEFAULT_NONE:
        return usual
    return None if seconds is None else float(seconds)


def _timeout(
    connect: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    # aiohttp has no limit of its own for writing: the total stands in for it.
    parts = (connect, write, read)
    total = None if None in parts else sum(part for part in parts if part is not None)
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_read=read)


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # file names as they are, not as addresses
    for name, text in request_data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


async def _read(response: aiohttp.ClientResponse) -> bytes:
    whole = bytearray()
    async for chunk in response.content.iter_chunked(256 * 1024):
        whole += chunk
        if len(whole) > BIGGEST_ANSWER:
            raise BadRequest(TOO_BIG)
    return bytes(whole)
