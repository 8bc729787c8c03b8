"""The client of Rasa against a server that can be switched off, slowed down and broken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import UnderstandingUnavailable
from bot.understanding.rasa import Breaker, RasaClient

ANSWER: dict[str, Any] = {
    "intent_ranking": [
        {"name": "greet", "confidence": 0.2},
        {"name": "overstay", "confidence": 0.7},
    ],
    "language": {"name": "ky", "ranking": [{"name": "ky", "confidence": 0.9}]},
    "urgency": {"score": 0.1},
}


class FakeRasa:
    """Answers as Rasa does unless told otherwise."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status, self.delay, self.answer = 200, 0.0, ANSWER
        self.server = TestServer(web.Application())
        self.server.app.router.add_post("/model/parse", self.parse)

    async def parse(self, request: web.Request) -> web.Response:
        self.asked.append((await request.json())["text"])
        if request.query.get("token") != "secret":
            return web.Response(status=401)
        await asyncio.sleep(self.delay)
        return web.json_response(self.answer, status=self.status)


class HandClock:
    """Seconds that pass when told to."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    fake = FakeRasa()
    await fake.server.start_server()
    yield fake
    await fake.server.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def client(rasa: FakeRasa, clock: HandClock) -> AsyncIterator[RasaClient]:
    made = RasaClient(str(rasa.server.make_url("/")), "secret", deadline=0.15, now=clock)
    yield made
    await made.close()


async def fails(client: RasaClient) -> None:
    with pytest.raises(UnderstandingUnavailable):
        await client.parse("салам")


async def test_the_answer_becomes_values_best_first(client: RasaClient) -> None:
    parse = await client.parse("салам")
    assert [guess.intent for guess in parse.ranking] == ["overstay", "greet"]
    assert parse.languages[0].language == "ky"
    assert parse.urgency == 0.1


async def test_a_slow_rasa_is_given_up_on_in_time(client: RasaClient, rasa: FakeRasa) -> None:
    rasa.delay = 2
    begun = time.monotonic()
    await fails(client)
    assert time.monotonic() - begun < 1


async def test_a_wrong_token_or_shape_is_unavailable(client: RasaClient, rasa: FakeRasa) -> None:
    rasa.answer = {"detail": "starting"}
    await fails(client)
    rasa.answer, rasa.status = ANSWER, 401
    await fails(client)


async def test_while_rasa_is_away_nobody_waits_for_it(
    client: RasaClient, rasa: FakeRasa, clock: HandClock
) -> None:
    rasa.status = 503
    for _ in range(10):
        await fails(client)
    assert len(rasa.asked) == 2


async def test_it_finds_back_by_itself(
    client: RasaClient, rasa: FakeRasa, clock: HandClock
) -> None:
    rasa.status = 503
    for _ in range(3):
        await fails(client)
    rasa.status = 200
    clock.seconds += 60
    assert (await client.parse("салам")).urgency == 0.1
    assert (await client.parse("салам")).urgency == 0.1


async def test_no_server_at_all_is_unavailable() -> None:
    client = RasaClient("http://127.0.0.1:9", "secret")
    await fails(client)
    await client.close()


async def test_a_caller_who_gives_up_does_not_jam_the_recovery(
    client: RasaClient, rasa: FakeRasa, clock: HandClock
) -> None:
    rasa.status = 503
    await fails(client)
    await fails(client)
    clock.seconds += 60
    rasa.status, rasa.delay = 200, 0.1
    probe = asyncio.create_task(client.parse("салам"))
    await asyncio.sleep(0.02)
    probe.cancel()
    await asyncio.gather(probe, return_exceptions=True)
    clock.seconds += 60
    rasa.delay = 0
    assert (await client.parse("салам")).urgency == 0.1


def test_only_one_question_probes_and_pauses_grow() -> None:
    clock = HandClock()
    breaker = Breaker(clock)
    breaker.note(False)
    breaker.note(False)
    assert not breaker.may_try()
    clock.seconds = 0.6
    assert breaker.may_try()
    assert not breaker.may_try()
    breaker.note(False)
    clock.seconds = 1.2
    assert not breaker.may_try()
    clock.seconds = 1.7
    assert breaker.may_try()
    breaker.note(True)
    assert breaker.may_try()
    assert breaker.may_try()
