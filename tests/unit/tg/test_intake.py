"""Updates are in the inbox before Telegram forgets them, whichever way they come."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from telegram.error import InvalidToken

from bot.clock import SystemClock
from bot.conversation.incoming import Arrival, Incoming
from bot.delivery.sender import Channel
from bot.delivery.tables import InboxRow
from bot.errors import BadSetting, StorageUnavailable
from bot.preview.server import PreviewServer
from bot.settings import Settings
from bot.storage.database import Database
from bot.tasks import end
from bot.tg.bot import KomekBot, make_bot
from bot.tg.emergency import Emergency
from bot.tg.intake import Intake
from bot.tg.polling import Polling
from bot.tg.sending import TelegramChannel
from bot.tg.webhook import PATH, SECRET_HEADER, Webhook, choose_delivery, webhook_address

SECRET = "a-secret-of-some-length"


class Guard:
    """Stands for the conversation's emergency: notes whom it was asked to help."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False

    async def __call__(self, incoming: Incoming, channel: Channel) -> bool:
        self.asked.append(incoming.text)
        if self.fails:
            raise OSError
        return "урат" in incoming.text


class Switch:
    """Lets a test turn the database off."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.off = False
        transaction = database.transaction

        @asynccontextmanager
        async def switched() -> AsyncIterator[AsyncSession]:
            if self.off:
                raise StorageUnavailable("switched off")
            async with transaction() as session:
                yield session

        monkeypatch.setattr(database, "transaction", switched)


@pytest.fixture
def switch(database: Database, monkeypatch: pytest.MonkeyPatch) -> Switch:
    return Switch(database, monkeypatch)


@pytest.fixture
def guard() -> Guard:
    return Guard()


@pytest.fixture
def intake(database: Database, bot: KomekBot, guard: Guard) -> Intake:
    return Intake(database, SystemClock(), bot, Emergency(guard, TelegramChannel(bot)))


async def stored(database: Database) -> list[str]:
    async with database.reading() as session:
        rows = await session.scalars(select(InboxRow).order_by(InboxRow.update_id))
        return [json.loads(row.payload or "{}")["message"]["text"] for row in rows]


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Waits until a condition of the database holds; nothing rings when it does."""
    for _ in range(500):
        if await condition():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


async def test_polling_takes_everything_once_and_in_order(
    telegram: PreviewServer, bot: KomekBot, intake: Intake, database: Database
) -> None:
    person = telegram.person(71)
    said = [f"суроо {number}" for number in range(120)]
    for text in said:
        await person.say(text)
    task = asyncio.create_task(Polling(bot, intake, wait=1).run())

    async def all_there() -> bool:
        return len(await stored(database)) == 120

    await until(all_there)
    await end(task)
    assert await stored(database) == said


async def test_dying_before_the_offset_moves_neither_loses_nor_doubles(
    telegram: PreviewServer, bot: KomekBot, intake: Intake, database: Database
) -> None:
    person = telegram.person(71)
    await person.say("биринчи")
    await bot.raw_updates(0, 0)  # taken, and died before storing
    await Polling(bot, intake, wait=0).take_once()  # stored, and died before confirming
    await person.say("экинчи")
    survivor = Polling(bot, intake, wait=0)
    await survivor.take_once()
    await survivor.take_once()  # confirms
    assert await stored(database) == ["биринчи", "экинчи"]
    assert await bot.raw_updates(0, 0) == ()


async def test_polling_survives_what_the_network_does(
    telegram: PreviewServer,
    bot: KomekBot,
    intake: Intake,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.tg.polling.OTHER_POLLER_PAUSE", 0.1)
    telegram.fail_next("getUpdates", 502)
    telegram.fail_next("getUpdates", drop=True)
    telegram.fail_next("getUpdates", 409)
    telegram.fail_next("getUpdates", 429, retry_after=1)
    await telegram.person(71).say("салам")
    task = asyncio.create_task(Polling(bot, intake, wait=1).run())

    async def there() -> bool:
        return await stored(database) == ["салам"]

    await until(there)
    task.cancel()


async def test_polling_waits_for_the_database(
    telegram: PreviewServer,
    bot: KomekBot,
    intake: Intake,
    database: Database,
    switch: Switch,
    guard: Guard,
) -> None:
    switch.off = True
    person = telegram.person(71)
    await person.say("мени урат")
    await person.say("мектеп")
    task = asyncio.create_task(Polling(bot, intake, wait=1).run())
    await asyncio.sleep(1.3)
    assert guard.asked.count("мени урат") == 1  # answered once, though it came again
    switch.off = False

    async def both() -> bool:
        return await stored(database) == ["мени урат", "мектеп"]

    await until(both)
    task.cancel()


async def test_polling_with_a_refused_token_tells_the_operator(
    telegram: PreviewServer, bot: KomekBot, intake: Intake
) -> None:
    stranger = make_bot("1:refused-refused", telegram.base_url)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    with pytest.raises(BadSetting, match="TELEGRAM_BOT_TOKEN is refused"):
        await Polling(stranger, intake, wait=0).run()
    await stranger.shutdown()


@asynccontextmanager
async def web_server(intake: Intake) -> AsyncIterator[TestServer]:
    app = web.Application(client_max_size=50 * 1024 * 1024)
    app.add_routes(Webhook(intake, SECRET).routes())
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


UPDATE = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 71, "type": "private", "first_name": "A"},
        "from": {"id": 71, "is_bot": False, "first_name": "A"},
        "text": "мени урат",
    },
}


async def test_the_webhook_answers_as_telegram_expects(
    intake: Intake, database: Database, switch: Switch, guard: Guard
) -> None:
    right = {SECRET_HEADER: SECRET}
    async with web_server(intake) as server, ClientSession() as client:
        url = server.make_url(PATH)

        async def status(data: bytes, headers: dict[str, str]) -> int:
            async with client.post(url, data=data, headers=headers) as response:
                return response.status

        update = json.dumps(UPDATE).encode()
        assert await status(update, {}) == 403
        assert await status(update, {SECRET_HEADER: "a-secret-of-some-other"}) == 403
        assert await status(b"{", right) == 400
        assert await status(b"\xff", right) == 400
        assert await status(b"[]", right) == 400
        assert await status(b" " * (1024 * 1024 + 1), right) == 413
        assert await stored(database) == []
        switch.off = True
        async with client.post(url, data=update, headers=right) as response:
            assert (response.status, response.headers["Retry-After"]) == (503, "1")
        assert await status(update, right) == 503
        assert guard.asked == ["мени урат"]
        switch.off = False
        assert await status(update, right) == 200
        assert await status(update, right) == 200  # the same again
        assert await stored(database) == ["мени урат"]


async def test_telegram_delivers_again_what_was_not_stored(
    telegram: PreviewServer, bot: KomekBot, intake: Intake, database: Database, switch: Switch
) -> None:
    async with web_server(intake) as server:
        base = str(server.make_url("")).rstrip("/")
        settings = Settings(webhook_url=base, webhook_secret=SecretStr(SECRET))
        await choose_delivery(bot, webhook_address(settings))
        switch.off = True
        await telegram.person(71).say("салам")
        await telegram.person(72).say("кош")
        await asyncio.sleep(0.3)
        switch.off = False

        async def both() -> bool:
            return sorted(await stored(database)) == ["кош", "салам"]

        await until(both)
        await choose_delivery(bot, None)
        assert (await bot.get_webhook_info()).url == ""


def test_a_webhook_needs_a_secret() -> None:
    assert webhook_address(Settings(webhook_url="")) is None
    with pytest.raises(BadSetting, match="KOMEK_WEBHOOK_SECRET"):
        webhook_address(Settings(webhook_url="https://komek.example"))
    made = webhook_address(
        Settings(webhook_url="https://komek.example/", webhook_secret=SecretStr(SECRET))
    )
    assert made is not None
    assert made.url == "https://komek.example/telegram"
    assert SECRET not in repr(made)


async def test_an_emergency_that_fails_is_tried_again(bot: KomekBot, guard: Guard) -> None:
    emergency = Emergency(guard, TelegramChannel(bot))
    incoming = Incoming(1, Arrival.TEXT, 71, text="мени урат")
    guard.fails = True
    await emergency.help(incoming)
    guard.fails = False
    await emergency.help(incoming)
    await emergency.help(incoming)
    assert len(guard.asked) == 2
    await emergency.help(Incoming(2, Arrival.GROUP, -5, text="мени урат"))
    assert len(guard.asked) == 2
