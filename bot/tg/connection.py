"""The bot's connection to Telegram: checked at start, otherwise made in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.errors import BadSetting
from bot.i18n import Locales
from bot.tg.bot import KomekBot
from bot.tg.problems import refused_token, seconds_to_wait
from bot.tg.profile import publish
from bot.tg.webhook import WebhookAddress, choose_delivery

log = structlog.get_logger()

START_SECONDS = 3.0
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0


class Connection:
    """Makes the bot known to Telegram; Telegram being away never prevents the start."""

    def __init__(
        self, bot: KomekBot, webhook: WebhookAddress | None, locales: Callable[[], Locales]
    ) -> None:
        self._bot = bot
        self._webhook = webhook
        self._locales = locales

    async def open(self) -> bool:
        """Whether Telegram knows the bot; False when it cannot be reached now.

        Raises BadSetting when it refuses the token.
        """
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._greet()
        except (TelegramError, TimeoutError) as exc:
            log.warning("telegram.unreachable", problem=type(exc).__name__)
            return False
        return True

    async def run(self) -> None:
        """Greets Telegram, orders the updates, publishes the profile: each until it worked.

        Raises BadSetting when Telegram refuses the token or the webhook's address.
        """
        await _until_done(self._greet)
        await _until_done(self._choose_delivery)
        await _until_done(self._publish)
        log.info("telegram.ready", bot=self._bot.username, webhook=self._webhook is not None)

    async def close(self) -> None:
        """Ends all connections."""
        await self._bot.shutdown()

    async def _greet(self) -> None:
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise refused_token() from None

    async def _choose_delivery(self) -> None:
        try:
            await choose_delivery(self._bot, self._webhook)
        except BadRequest as exc:
            raise BadSetting(f"KOMEK_WEBHOOK_URL is refused by Telegram: {exc.message}") from None

    async def _publish(self) -> None:
        await publish(self._bot, self._locales())


async def _until_done(step: Callable[[], Awaitable[None]]) -> None:
    pause = FIRST_PAUSE
    while True:
        try:
            await step()
            return
        except TelegramError as exc:
            wait = seconds_to_wait(exc) if isinstance(exc, RetryAfter) else pause
            log.warning("telegram.problem", problem=type(exc).__name__, wait=wait)
        await asyncio.sleep(wait)
        pause = min(pause * 2, LONGEST_PAUSE)
