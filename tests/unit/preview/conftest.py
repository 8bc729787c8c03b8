"""A local Telegram and a bot on it, both real, on this machine only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot

from bot.preview.server import PreviewServer


class MovableClock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def move_clock(clock: MovableClock) -> Callable[..., None]:
    return clock.move


@pytest.fixture
async def server(clock: MovableClock) -> AsyncIterator[PreviewServer]:
    running = PreviewServer(clock=clock, webhook_pauses=(0.0, 0.02, 0.02, 0.02, 0.02))
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def bot(server: PreviewServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, base_url=server.api_url, base_file_url=server.file_url) as made:
        yield made
