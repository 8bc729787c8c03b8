"""Sends cards and fetches files; every error of Telegram leaves here as one of ours."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog
from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.delivery.card import Card, Pin
from bot.errors import DeliveryError, MessageRefused, TryLater, Uncertain
from bot.tg.problems import SERVER_TROUBLE, delivery_error
from bot.tg.rendering import Markup, Rendered, render
from bot.tg.request import BIGGEST_ANSWER, TOO_BIG
from bot.tg.splitting import plain

log = structlog.get_logger()

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
DOWNLOAD_SECONDS = 60.0
# Well below the time the sender reserves a card for.
INSIST_TIMES = 3
INSIST_SECONDS = 5.0

T = TypeVar("T")


class TelegramChannel:
    """The way to people on Telegram, and to the files they sent."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, address: int, card: Card) -> int | None:
        """Sends or edits; returns the message's id. Raises a DeliveryError."""
        rendered = render(card)
        try:
            if rendered.edits is not None and await self._edit(address, rendered):
                return rendered.edits
            message = await self._send_pieces(address, rendered)
        except TelegramError as exc:
            raise delivery_error(exc) from None
        if rendered.pin is not None:
            await self._send_pin(address, rendered.pin)
        return message

    async def fetch(self, source: str) -> bytes:
        """The file's bytes. Raises a DeliveryError; MessageRefused when it is over 20 MB."""
        try:
            file = await self._bot.get_file(source)
            if (file.file_size or 0) > BIGGEST_ANSWER:
                raise MessageRefused(TOO_BIG)
            return bytes(await file.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))
        except TelegramError as exc:
            raise _fetch_error(exc) from None

    async def _edit(self, address: int, rendered: Rendered) -> bool:
        """Whether the message now shows the card; False when it must be sent anew."""
        try:
            await self._edit_text(address, rendered, rendered.pieces[0], ParseMode.HTML)
        except BadRequest as exc:
            if _not_modified(exc):
                return True
            if _cannot_parse(exc):
                return await self._edit_plain(address, rendered)
            return False  # too old, deleted, or not a text of ours: whatever it is, say it anew
        return True

    async def _edit_plain(self, address: int, rendered: Rendered) -> bool:
        _warn_of_html()
        try:
            await self._edit_text(address, rendered, plain(rendered.pieces[0]), None)
        except BadRequest as exc:
            return _not_modified(exc)
        return True

    async def _edit_text(
        self, address: int, rendered: Rendered, text: str, parse_mode: str | None
    ) -> None:
        await self._bot.edit_message_text(
            text,
            chat_id=address,
            message_id=rendered.edits,
            parse_mode=parse_mode,
            link_preview_options=NO_PREVIEW,
            reply_markup=rendered.inline,
        )

    async def _send_pieces(self, address: int, rendered: Rendered) -> int:
        """Sends every piece; the markup hangs below the last."""
        message, last = 0, len(rendered.pieces) - 1
        for number, piece in enumerate(rendered.pieces):
            send = partial(
                self._send_text, address, piece, rendered.markup if number == last else None
            )
            message = await (_insist(send) if number else send())
        return message

    async def _send_text(self, address: int, text: str, markup: Markup) -> int:
        try:
            return await self._send_once(address, text, markup, ParseMode.HTML)
        except BadRequest as exc:
            if not _cannot_parse(exc):
                raise
        _warn_of_html()
        return await self._send_once(address, plain(text), markup, None)

    async def _send_once(
        self, address: int, text: str, markup: Markup, parse_mode: str | None
    ) -> int:
        message = await self._bot.send_message(
            address,
            text,
            parse_mode=parse_mode,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup,
        )
        return message.message_id

    async def _send_pin(self, address: int, pin: Pin) -> None:
        """Shows the place on a map; without it the text above still says where it is.

        Failing here must not fail the card: it would be sent a second time.
        """
        send = partial(
            self._bot.send_venue,
            address,
            pin.latitude,
            pin.longitude,
            pin.title,
            pin.address or pin.title,
            disable_notification=True,
        )
        try:
            await _insist(send)
        except TelegramError as exc:
            log.warning("pin.not_sent", problem=type(delivery_error(exc)).__name__)


async def _insist(send: Callable[[], Awaitable[T]]) -> T:
    """Sends what follows a piece already sent: giving up would send that one again."""
    for _ in range(INSIST_TIMES - 1):
        try:
            return await send()
        except TelegramError as exc:
            problem = delivery_error(exc)
            if not isinstance(problem, TryLater) or problem.seconds > INSIST_SECONDS:
                raise
            await asyncio.sleep(problem.seconds)
    return await send()


def _fetch_error(exc: TelegramError) -> DeliveryError:
    """Fetching twice does no harm, so nothing about it is uncertain."""
    problem = delivery_error(exc)
    if isinstance(problem, Uncertain) or "temporarily unavailable" in exc.message:
        return TryLater(SERVER_TROUBLE, "the file did not come")
    return problem


def _not_modified(exc: BadRequest) -> bool:
    return "message is not modified" in exc.message.lower()


def _cannot_parse(exc: BadRequest) -> bool:
    return "can't parse entities" in exc.message.lower()


def _warn_of_html() -> None:
    # The text is not logged: a caseworker may have written it.
    log.error("card.bad_html", now="sent as plain text")
