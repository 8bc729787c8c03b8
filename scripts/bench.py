"""How long one message takes, step by step: local Bot API, warm, one message at a time.

Everything is real: Rasa as a child, the app in this process over SQLite, the local
Telegram over HTTP. Each message is another training phrase, so that no cache answers.
"""

from __future__ import annotations

import asyncio
import functools
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
import uvloop
import yaml
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot import app as assembly
from bot.conversation import service
from bot.local_run import prepared_rasa
from bot.preview.server import PreviewServer
from bot.settings import ROOT, Settings
from bot.tasks import end
from bot.tg.intake import Intake
from bot.tg.sending import TelegramChannel
from bot.understanding.rasa import RasaClient
from scripts import bench_places

MESSAGES = 200
TOPICS = ("birth-registration", "overstay", "school-enrolment", "unpaid-wages", "police-check")
STEPS: dict[str, list[float]] = defaultdict(list)


def timed(owner: Any, name: str, step: str) -> None:
    """Wraps a function so that its times are kept under `step`."""
    plain: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(plain)
    async def wrapped(*values: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return await plain(*values, **named)
        finally:
            STEPS[step].append(time.perf_counter() - started)

    @functools.wraps(plain)
    def wrapped_plain(*values: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return plain(*values, **named)
        finally:
            STEPS[step].append(time.perf_counter() - started)

    is_async = asyncio.iscoroutinefunction(plain)
    setattr(owner, name, wrapped if is_async else wrapped_plain)


def phrases() -> list[str]:
    """Different messages in five languages, always the same ones."""
    found = []
    for path in sorted((ROOT / "nlu" / "training").glob("*/*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if block["intent"] in TOPICS and not block.get("metadata"):
                found += [line[2:] for line in block["examples"].splitlines()]
    random.Random(7).shuffle(found)
    return list(dict.fromkeys(found))[: MESSAGES + 20]


async def main() -> None:
    """Measures and prints."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    assembly.set_up_logging = lambda _form: None  # the table is all that is to be read
    timed(Intake, "receive", "1 update into the inbox")
    timed(service.Conversation, "_set_scene", "2 person, state, case read")
    timed(RasaClient, "parse", "3 Rasa")
    timed(service, "decide", "4 decision")
    timed(service.Conversation, "handle", "5 whole handling, 2 to 4 and the write")
    timed(TelegramChannel, "send", "6 sending")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), desk_port=0)
        telegram = PreviewServer()
        await telegram.start()
        settings = settings.model_copy(
            update={
                "telegram_token": SecretStr(telegram.token),
                "telegram_api": telegram.base_url,
            }
        )
        models = ROOT / "data" / "models"
        async with prepared_rasa(settings, models, lambda _line: None) as settings:
            await measure(settings, telegram)
        await telegram.stop()


async def measure(settings: Settings, telegram: PreviewServer) -> None:
    """One message after the other through the running app."""
    ready = asyncio.Event()
    running = asyncio.create_task(assembly.serve(settings, on_ready=ready.set))
    await ready.wait()
    person = telegram.person(1, "Bench", "ru")
    totals = []
    texts = phrases()
    for number, text in enumerate(texts):
        if number == len(texts) - MESSAGES:  # the first ones only warm up
            STEPS.clear()
            totals.clear()
        started = time.perf_counter()
        await person.say(text)
        await person.heard(1, 30)
        totals.append(time.perf_counter() - started)
    await end(running)
    show(totals)


def show(totals: list[float]) -> None:
    """The table of medians and worse."""
    table = Table("step", "median ms", "p95 ms", "times", title=f"{len(totals)} messages")
    for step, times in [*sorted(STEPS.items()), ("message in to reply out", totals)]:
        ordered = sorted(times)
        table.add_row(
            step,
            f"{statistics.median(ordered) * 1000:.1f}",
            f"{ordered[int(len(ordered) * 0.95)] * 1000:.1f}",
            str(len(ordered)),
        )
    Console().print(table)


if __name__ == "__main__":
    too_slow = bench_places.main()
    uvloop.run(main())
    sys.exit(too_slow)
