"""One Rasa for all tests that need it."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.rasa_server import RasaServer, free_port, train
from bot.settings import ROOT

START_SECONDS = 180.0


@contextmanager
def understanding() -> Iterator[tuple[str, str]]:
    """Trains if need be and serves; yields address and token."""
    model = asyncio.run(train(lambda _line: None, ROOT / "data" / "models"))
    port, token = free_port(), secrets.token_hex(16)
    log = Path(tempfile.mkdtemp(prefix="komek-rasa-")) / "rasa.log"
    loop = asyncio.new_event_loop()
    server = loop.create_task(RasaServer(model, port, token, log).run())

    def keep() -> None:
        asyncio.set_event_loop(loop)
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(server)

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    try:
        _wait(f"http://127.0.0.1:{port}", token, log)
        yield f"http://127.0.0.1:{port}", token
    finally:
        loop.call_soon_threadsafe(server.cancel)
        thread.join(20)


def _wait(address: str, token: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    ask = urllib.request.Request(
        f"{address}/model/parse?token={token}",
        data=b'{"text": "?"}',
        headers={"Content-Type": "application/json"},
    )
    warm = 0
    while warm < 3:
        assert time.monotonic() < deadline, f"Rasa did not start:\n{log.read_text()[-2000:]}"
        try:
            with urllib.request.urlopen(ask, timeout=5) as answer:
                warm += answer.status == 200
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
