"""A local Telegram, and the project's own bot on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.preview.server import PreviewServer
from bot.tg.bot import KomekBot, make_bot


@pytest.fixture
async def telegram() -> AsyncIterator[PreviewServer]:
    server = PreviewServer(webhook_pauses=(0.0, 0.05, 0.05, 0.05, 0.05), messages_per_second=1000)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(telegram: PreviewServer) -> AsyncIterator[KomekBot]:
    made = make_bot(telegram.token, telegram.base_url)
    await made.initialize()
    yield made
    await made.shutdown()
