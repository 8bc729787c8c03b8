"""python-telegram-bot's Bot as this project uses it."""

from __future__ import annotations

import ipaddress
import json
import logging
import os
from typing import cast
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken

from bot.errors import BadSetting
from bot.tg.request import READ_SECONDS, AiohttpRequest

# What `reading` makes something of; Telegram keeps the rest to itself.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

AT_ONCE = 128  # connections: more than persons worked for at once, senders and fetchers together
POLLING_AT_ONCE = 4  # a poll cut off by the network may keep its connection for a while


class KomekBot(Bot):
    """A Bot that can also hand over updates as they came."""

    def __repr__(self) -> str:
        """A name for logs; the library's own shows the token."""
        return f"KomekBot({self.token.partition(':')[0]})"

    async def raw_updates(self, offset: int, wait: int) -> tuple[str, ...]:
        """Waits for updates from `offset` on; each as its JSON text.

        `get_updates` would build objects first: one update the library cannot read would
        then block all others for good, and be logged with what somebody wrote.
        """
        found = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": wait, "allowed_updates": ALLOWED_UPDATES},
            read_timeout=wait + READ_SECONDS,
        )
        return tuple(json.dumps(update) for update in cast("list[object]", found))


def make_bot(token: str, api: str) -> KomekBot:
    """A bot for the Bot API at `api`, not yet connected. Raises BadSetting without a token."""
    # At its most talkative the library logs whole messages.
    logging.getLogger("telegram").setLevel(logging.WARNING)
    # Its coming way to tell pauses; the old one warns at every 429.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    api = api.rstrip("/")
    proxies = not _is_loopback(api)
    try:
        number, _, secret = token.partition(":")
        if not (number.isascii() and number.isdigit() and secret):
            raise InvalidToken
        return KomekBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=AiohttpRequest(AT_ONCE, proxies_from_environment=proxies),
            get_updates_request=AiohttpRequest(POLLING_AT_ONCE, proxies_from_environment=proxies),
        )
    except InvalidToken:
        raise BadSetting(
            "TELEGRAM_BOT_TOKEN is not a bot token: copy the whole line BotFather gave, "
            "which looks like 123456789:letters-and-digits"
        ) from None


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
