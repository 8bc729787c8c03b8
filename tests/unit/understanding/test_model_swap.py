"""A running bot takes a new model without losing a message, and only one the gate accepted."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import UnderstandingUnavailable
from bot.understanding.gate import Level
from bot.understanding.models import (
    Judgement,
    digest_of,
    model_to_serve,
    read_judgement,
    write_judgement,
)
from bot.understanding.rasa import RasaClient
from bot.understanding.swap import ModelSwap

LEVELS = {"ky": Level(0.9, 0.97, 1.0)}


class LoadingRasa:
    """Like Rasa: while it loads a model it answers nobody, and a bad model leaves the old one."""

    def __init__(self) -> None:
        self.model, self.asked_while_loading = "komek-old.tar.gz", 0
        self.loading = self.broken = False
        self.loads = 0
        self.server = TestServer(web.Application())
        self.server.app.router.add_post("/model/parse", self.parse)
        self.server.app.router.add_put("/model", self.put)
        self.server.app.router.add_get("/status", self.status)

    async def status(self, request: web.Request) -> web.Response:
        return web.json_response({"model_file": self.model})

    async def parse(self, request: web.Request) -> web.Response:
        self.asked_while_loading += self.loading
        await asyncio.sleep(0.02)
        if "mute" in self.model:
            return web.Response(status=500)
        guess = {"name": "greet" if "old" in self.model else "thanks", "confidence": 0.9}
        return web.json_response(
            {
                "intent_ranking": [guess],
                "language": {"ranking": [{"name": "ky", "confidence": 1.0}]},
                "urgency": {"score": 0.0},
            }
        )

    async def put(self, request: web.Request) -> web.Response:
        self.loads += 1
        if self.broken:
            return web.Response(status=400)
        self.loading = True
        await asyncio.sleep(1.3)  # longer than a question may take
        self.model = Path((await request.json())["model_file"]).name
        self.loading = False
        return web.Response(status=204)


@pytest.fixture
async def rasa() -> AsyncIterator[LoadingRasa]:
    fake = LoadingRasa()
    await fake.server.start_server()
    yield fake
    await fake.server.close()


@pytest.fixture
async def client(rasa: LoadingRasa) -> AsyncIterator[RasaClient]:
    made = RasaClient(str(rasa.server.make_url("")), "t", deadline=1.0)
    yield made
    await made.close()


def trained(folder: Path, name: str, *, accepted: bool | None = None) -> Path:
    model = folder / f"komek-{name}.tar.gz"
    model.write_bytes(b"model")
    if accepted is not None:
        problems = () if accepted else ("ky: top1 fell from 93.0% to 80.0%",)
        write_judgement(model, Judgement(accepted, problems, LEVELS))
        later = time.time() + 5
        os.utime(folder / f"komek-{name}.json", (later, later))
    return model


async def test_no_question_fails_while_the_model_changes(
    tmp_path: Path, rasa: LoadingRasa, client: RasaClient
) -> None:
    forgotten: list[int] = []
    swap = ModelSwap(tmp_path, client, lambda: forgotten.append(1))
    trained(tmp_path, "new", accepted=True)
    answers: list[str] = []

    async def ask(number: int) -> None:
        await asyncio.sleep(number * 0.01)
        answers.append((await client.parse(f"салам {number}")).ranking[0].intent)

    await asyncio.gather(swap.look(), *(ask(number) for number in range(60)))
    assert len(answers) == 60
    assert set(answers) == {"greet", "thanks"}
    assert (rasa.model, rasa.asked_while_loading, forgotten) == ("komek-new.tar.gz", 0, [1])


async def test_a_refused_model_is_left_alone(
    tmp_path: Path, rasa: LoadingRasa, client: RasaClient
) -> None:
    swap = ModelSwap(tmp_path, client, lambda: None)
    trained(tmp_path, "bad", accepted=False)
    await swap.look()
    await swap.look()
    assert (rasa.model, rasa.loads) == ("komek-old.tar.gz", 0)


async def test_a_model_without_judgement_is_not_taken(
    tmp_path: Path, rasa: LoadingRasa, client: RasaClient
) -> None:
    trained(tmp_path, "unjudged")
    await ModelSwap(tmp_path, client, lambda: None).look()
    assert rasa.loads == 0


async def test_a_model_rasa_cannot_load_leaves_the_old_one(
    tmp_path: Path, rasa: LoadingRasa, client: RasaClient
) -> None:
    swap = ModelSwap(tmp_path, client, lambda: None)
    trained(tmp_path, "new", accepted=True)
    rasa.broken = True
    await swap.look()
    assert (await client.parse("салам")).ranking[0].intent == "greet"


async def test_a_model_that_loads_but_does_not_answer_is_taken_back(
    tmp_path: Path, rasa: LoadingRasa, client: RasaClient
) -> None:
    swap = ModelSwap(tmp_path, client, lambda: None)
    trained(tmp_path, "mute", accepted=True)
    answered = asyncio.create_task(swap.look())
    await asyncio.sleep(0.1)
    waited = await client.parse("салам")  # asked meanwhile: waits, and the old model answers
    await answered
    await swap.look()
    assert waited.ranking[0].intent == "greet"
    assert (rasa.model, rasa.loads) == ("komek-old.tar.gz", 2)


async def test_a_restarted_rasa_gets_the_new_model_again(
    tmp_path: Path, rasa: LoadingRasa, client: RasaClient
) -> None:
    swap = ModelSwap(tmp_path, client, lambda: None)
    trained(tmp_path, "new", accepted=True)
    await swap.look()
    rasa.model = "komek-old.tar.gz"
    await swap.look()
    assert (rasa.model, rasa.loads) == ("komek-new.tar.gz", 2)


async def test_without_rasa_nothing_happens(tmp_path: Path) -> None:
    away = RasaClient("http://127.0.0.1:9", "t", deadline=0.2)
    trained(tmp_path, "new", accepted=True)
    await ModelSwap(tmp_path, away, lambda: None).look()
    assert await away.model_name() is None
    with pytest.raises(UnderstandingUnavailable):
        await away.load(tmp_path / "komek-new.tar.gz", tmp_path / "komek-old.tar.gz")
    await away.close()


def test_a_judgement_is_kept_beside_its_model(tmp_path: Path) -> None:
    model = trained(tmp_path, "abc", accepted=False)
    judgement = read_judgement(model)
    assert judgement is not None
    assert (judgement.accepted, judgement.levels) == (False, LEVELS)
    assert digest_of(model) == "abc"
    (tmp_path / "komek-abc.json").write_text("{", encoding="utf-8")
    assert read_judgement(model) is None


def test_a_refused_model_does_not_start(tmp_path: Path) -> None:
    good, bad = trained(tmp_path, "good", accepted=True), trained(tmp_path, "bad", accepted=False)
    assert model_to_serve(tmp_path, bad) == good
    assert model_to_serve(tmp_path, good) == good
    fresh = trained(tmp_path, "fresh")
    assert model_to_serve(tmp_path, fresh) == fresh
