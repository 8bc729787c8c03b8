"""The webhook: Telegram's requests on our own aiohttp server."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from telegram import Bot

from bot.errors import BadSetting, StorageUnavailable
from bot.settings import Settings
from bot.tg.bot import ALLOWED_UPDATES
from bot.tg.intake import Intake

log = structlog.get_logger()

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (a name)
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
BIGGEST_BODY = 1024 * 1024
MAX_CONNECTIONS = 40


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """Where Telegram delivers, and the secret by which its requests are known."""

    url: str
    secret: str = field(repr=False)


def webhook_address(settings: Settings) -> WebhookAddress | None:
    """The webhook of the settings; None for long polling. Raises BadSetting."""
    if not settings.webhook_url:
        return None
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    if not SECRET.fullmatch(secret):
        raise BadSetting(
            "KOMEK_WEBHOOK_SECRET must be set together with KOMEK_WEBHOOK_URL: "
            "16 to 256 letters, digits, _ or -"
        )
    return WebhookAddress(settings.webhook_url.rstrip("/") + PATH, secret)


async def choose_delivery(bot: Bot, webhook: WebhookAddress | None) -> None:
    """Tells Telegram where updates go; what people wrote meanwhile is never dropped."""
    if webhook is None:
        await bot.delete_webhook(drop_pending_updates=False)
        return
    await bot.set_webhook(
        webhook.url,
        secret_token=webhook.secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=MAX_CONNECTIONS,
        drop_pending_updates=False,
    )


class Webhook:
    """Takes Telegram's requests; an update is in the inbox before 200 is said."""

    def __init__(self, intake: Intake, secret: str) -> None:
        self._intake = intake
        self._secret = secret.encode()

    def routes(self) -> list[web.RouteDef]:
        """What to add to the server's routes."""
        return [web.post(PATH, self.handle)]

    async def handle(self, request: web.Request) -> web.Response:
        """200 once stored; 503 when Telegram is to deliver the same again in a second."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        try:
            await self._intake.receive(body.decode("utf-8"))
        except ValueError:
            log.warning("webhook.not_an_update")
            return web.Response(status=400)
        except StorageUnavailable:
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response()


async def _body(request: web.Request) -> bytes | None:
    """The request's body; None when it is too big to be Telegram's."""
    whole = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        whole += chunk
        if len(whole) > BIGGEST_BODY:
            return None
    return bytes(whole)
