"""Many persons at once, each in order; whatever fails waits, and no lane stays shut."""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.clock import SystemClock
from bot.conversation.incoming import Incoming
from bot.delivery import inbox
from bot.delivery.card import Button, Card, Kind
from bot.delivery.sender import Channel
from bot.errors import StorageUnavailable
from bot.people.store import lane_of
from bot.preview.person import Person
from bot.preview.server import PreviewServer
from bot.storage.database import Database
from bot.tasks import end
from bot.tg.bot import KomekBot
from bot.tg.emergency import Emergency
from bot.tg.envelope import lane
from bot.tg.lanes import Lanes
from bot.tg.sending import TelegramChannel
from tests.conftest import HandClock


class Talk:
    """Stands for the conversation: notes what it hears, and fails where a test says so."""

    def __init__(self, database: Database) -> None:
        self.heard: dict[int, list[str]] = defaultdict(list)
        self.apologies: list[int] = []
        self.helped: list[str] = []
        self.trouble: dict[str, list[Exception]] = {}
        self.slow: dict[str, float] = {}
        self.at_work = self.most_at_work = 0
        self._database = database

    async def handle(self, incoming: Incoming) -> None:
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            await asyncio.sleep(self.slow.get(incoming.text, random.random() / 100))
            if self.trouble.get(incoming.text):
                raise self.trouble[incoming.text].pop()
            async with self._database.transaction() as session:
                if await inbox.finish(session, incoming.update_id):
                    self.heard[incoming.address].append(incoming.text)
        finally:
            self.at_work -= 1

    async def apologise(self, incoming: Incoming) -> None:
        self.apologies.append(incoming.update_id)

    async def emergency(self, incoming: Incoming, channel: Channel) -> bool:
        self.helped.append(incoming.text)
        return True


@pytest.fixture
def talk(database: Database) -> Talk:
    return Talk(database)


@asynccontextmanager
async def working(
    database: Database, bot: KomekBot, talk: Talk, clock: HandClock | None = None
) -> AsyncIterator[Lanes]:
    emergency = Emergency(talk.emergency, TelegramChannel(bot))
    lanes = Lanes(
        database, clock or SystemClock(), bot, talk.handle, talk.apologise, emergency, at_once=24
    )
    task = asyncio.create_task(lanes.run())
    try:
        yield lanes
    finally:
        await end(task)
        await lanes.finish()


async def put(database: Database, update: str) -> None:
    async with database.transaction() as session:
        update_id = json.loads(update)["update_id"]
        now = SystemClock().now()
        await inbox.put(session, update_id, lane_of(lane(update)), update, now)
    await database.bell.ring("inbox")


def text_update(update_id: int, person: int, text: str) -> str:
    user = {"id": person, "is_bot": False, "first_name": "A"}
    chat = {"id": person, "type": "private", "first_name": "A"}
    message = {"message_id": update_id, "date": 1, "chat": chat, "from": user, "text": text}
    return json.dumps({"update_id": update_id, "message": message})


async def until_empty(database: Database, clock: HandClock | None = None) -> None:
    """Waits until nothing is left to handle; a hand clock runs ahead meanwhile."""
    for _ in range(600):
        async with database.reading() as session:
            if not await inbox.open_count(session):
                return
        if clock is not None:
            clock.move(seconds=2)
            await database.bell.ring("inbox")
        await asyncio.sleep(0.02)
    raise TimeoutError


async def test_twenty_persons_at_once_each_in_order(
    database: Database, bot: KomekBot, talk: Talk
) -> None:
    people = range(101, 121)
    said = [(person, str(number)) for number in range(6) for person in people]
    async with working(database, bot, talk):
        for update_id, (person, text) in enumerate(said, start=1):
            await put(database, text_update(update_id, person, text))
        await until_empty(database)
    assert talk.heard == {person: list("012345") for person in people}
    assert talk.most_at_work > 1


async def test_a_failed_update_is_tried_again_and_keeps_its_place(
    database: Database, bot: KomekBot, talk: Talk, clock: HandClock
) -> None:
    clock.moment = SystemClock().now()
    talk.trouble["бир"] = [RuntimeError("secret words"), TimeoutError()]
    async with working(database, bot, talk, clock):
        await put(database, text_update(1, 71, "бир"))
        await put(database, text_update(2, 71, "эки"))
        await put(database, text_update(3, 72, "башка"))
        await until_empty(database, clock)
    assert talk.heard == {71: ["бир", "эки"], 72: ["башка"]}
    assert talk.apologies == []
    assert talk.helped == ["бир"]  # danger is not made to wait for the next try


async def test_an_update_that_always_fails_is_buried_with_an_apology(
    database: Database, bot: KomekBot, talk: Talk, clock: HandClock
) -> None:
    clock.moment = SystemClock().now()
    talk.trouble["уу"] = [ValueError() for _ in range(20)]
    async with working(database, bot, talk, clock):
        await put(database, text_update(1, 71, "уу"))
        await put(database, text_update(2, 71, "эки"))
        await until_empty(database, clock)
    assert talk.heard == {71: ["эки"]}
    assert talk.apologies == [1]
    assert len(talk.trouble["уу"]) == 20 - inbox.MAX_ATTEMPTS


async def test_an_update_that_kills_the_process_every_time_is_buried(
    database: Database, bot: KomekBot, talk: Talk, clock: HandClock
) -> None:
    clock.moment = SystemClock().now()
    await put(database, text_update(1, 71, "өлүм"))
    for _ in range(inbox.MAX_ATTEMPTS):
        async with database.transaction() as session:
            assert await inbox.lease_next(session, clock.now()) is not None
        clock.move(minutes=2)
    async with working(database, bot, talk, clock):
        await until_empty(database, clock)
    assert talk.heard == {}
    assert talk.apologies == [1]
    assert talk.helped == ["өлүм"]  # danger is answered even by what cannot be handled


async def test_a_database_that_goes_away_costs_no_attempts(
    database: Database, bot: KomekBot, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.tg.lanes.LONGEST_STORAGE_PAUSE", 0.01)
    talk.trouble["мени урат"] = [StorageUnavailable() for _ in range(8)]
    async with working(database, bot, talk):
        await put(database, text_update(1, 71, "мени урат"))
        await until_empty(database)
    assert talk.heard == {71: ["мени урат"]}
    assert talk.helped == ["мени урат"]
    assert talk.apologies == []


async def test_what_is_in_hand_is_finished_before_stopping(
    database: Database, bot: KomekBot, talk: Talk
) -> None:
    talk.slow["жай"] = 0.5
    async with working(database, bot, talk):
        await put(database, text_update(1, 71, "жай"))
        while not talk.at_work:
            await asyncio.sleep(0.01)
    assert talk.heard == {71: ["жай"]}


async def tapped(telegram: PreviewServer, bot: KomekBot) -> tuple[Person, str, str]:
    """A person who tapped a button; the callback query and the update."""
    person = telegram.person(71)
    await person.start()
    await TelegramChannel(bot).send(71, Card(Kind.MENU, "Меню", ((Button("A", "a"),),)))
    tap = await person.tap("A")
    return person, tap.id, (await bot.raw_updates(0, 0))[-1]


@pytest.mark.parametrize("status", [200, 400, 500])
async def test_a_tap_is_answered_whatever_becomes_of_the_answer(
    telegram: PreviewServer, database: Database, bot: KomekBot, talk: Talk, status: int
) -> None:
    _, query, update = await tapped(telegram, bot)
    if status != 200:
        telegram.fail_next("answerCallbackQuery", status)
    async with working(database, bot, talk):
        await put(database, update)
        await until_empty(database)
        await asyncio.sleep(0.05)
    assert talk.heard == {71: ["a"]}
    [call] = [call for call in telegram.calls if call.method == "answerCallbackQuery"]
    assert (call.params["callback_query_id"], call.status) == (query, status)


async def test_a_slow_telegram_does_not_hold_up_a_tap(
    telegram: PreviewServer, database: Database, bot: KomekBot, talk: Talk
) -> None:
    _, _, update = await tapped(telegram, bot)
    telegram.latency = 3.0
    async with working(database, bot, talk):
        await put(database, update)
        async with asyncio.timeout(1.5):
            await until_empty(database)


async def test_typing_is_shown_only_to_those_who_wait(
    telegram: PreviewServer, database: Database, bot: KomekBot, talk: Talk
) -> None:
    for person in (71, 72):
        await telegram.person(person).start()
    talk.slow["узун"] = 1.0
    async with working(database, bot, talk):
        await put(database, text_update(1, 71, "кыска"))
        await put(database, text_update(2, 72, "узун"))
        await until_empty(database)
    typing = [call.params for call in telegram.calls if call.method == "sendChatAction"]
    assert [int(params["chat_id"]) for params in typing] == [72]
