"""Rasa is never left behind."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from bot import rasa_server, tasks

DEAF = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path({ready!r}).touch()
time.sleep(60)
"""


async def test_a_rasa_that_does_not_listen_is_ended_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, program = tmp_path / "ready", tmp_path / "deaf"
    program.write_text(f"#!{sys.executable}\n{DEAF.format(ready=str(ready))}")
    program.chmod(0o700)
    monkeypatch.setattr(rasa_server, "PYTHON", program)
    server = rasa_server.RasaServer(tmp_path / "model", 1, "token", tmp_path / "rasa.log")
    keeper = asyncio.create_task(server.run())
    async with asyncio.timeout(20):
        while not ready.exists():
            await asyncio.sleep(0.02)
        await tasks.end(keeper)  # cancels again and again until it is over
    assert keeper.cancelled()
    assert server._process is not None
    assert server._process.returncode == -9
