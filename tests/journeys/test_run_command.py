"""`bot run`: the one command that starts everything, and stops it without a trace."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp

from bot.settings import ROOT
from tests.drivers.app_process import LEFT_OUT, free_port


def processes_of(folder: Path) -> list[str]:
    """Command lines of running processes that have to do with this folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has just ended
            continue
        if str(folder) in line:
            found.append(line)
    return found


async def test_one_command_starts_everything_and_ctrl_c_ends_it(
    tmp_path: Path, nlu: tuple[str, str]
) -> None:
    assert nlu, "the model must be there before"
    data, log = tmp_path / "data", tmp_path / "log"
    shutil.copytree(ROOT / "data" / "models", data / "models")
    desk, preview = free_port(), free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)},
        "KOMEK_DATA_DIR": str(data),
        "KOMEK_DESK_PORT": str(desk),
        "KOMEK_PREVIEW_PORT": str(preview),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: ASYNC220  (returns at once)
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        async with asyncio.timeout(240):
            while "The understanding is ready" not in log.read_text():
                assert process.poll() is None, log.read_text()
                await asyncio.sleep(0.2)
        said = log.read_text()
        assert f"http://127.0.0.1:{preview}/chat" in said
        assert re.search(r"Sign in: +\S+@\S+ +password: \S{8,}", said)
        async with aiohttp.ClientSession() as session:
            for address in (f"http://127.0.0.1:{preview}/chat", f"http://127.0.0.1:{desk}/"):
                async with session.get(address) as answer:
                    assert answer.status == 200
            async with session.get(f"http://127.0.0.1:{desk}/health") as answer:
                assert (await answer.json())["nlu"] is True
        assert any("rasa" in line for line in processes_of(tmp_path))
    finally:
        process.send_signal(signal.SIGINT)
        await asyncio.to_thread(process.wait, 30)
    assert "Stopped." in log.read_text()
    assert processes_of(tmp_path) == []
