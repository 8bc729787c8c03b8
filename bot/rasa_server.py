"""Rasa as a child process: trained when needed, started, restarted, and never left behind.

Used by `bot run` on one machine. At scale Rasa runs in its own container.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.errors import BadSetting, KomekError
from bot.settings import ROOT

log = structlog.get_logger()

PYTHON = ROOT / ".venv-nlu" / "bin" / "python"
LONGEST_PAUSE = 30.0
PR_SET_PDEATHSIG = 1


class TrainingFailed(KomekError):
    """Rasa could not train the model."""


def _die_with_parent() -> None:
    # Should this process be killed outright, Linux ends Rasa too.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _environment() -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    # Nothing secret of ours reaches Rasa, and Rasa reports to nobody.
    return {
        **environment,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "CUDA_VISIBLE_DEVICES": "",
    }


def _need_environment() -> None:
    if not PYTHON.exists():
        raise BadSetting("Rasa's environment is missing: run `make setup` first.")


async def train(tell: Callable[[str], None], models: Path) -> Path:
    """Trains unless a model for exactly this data and pipeline exists; returns the model.

    `tell` gets every line of progress. Raises TrainingFailed with Rasa's last words.
    """
    _need_environment()
    process = await asyncio.create_subprocess_exec(
        str(PYTHON),
        "-m",
        "nlu.train",
        "--out",
        str(models),
        cwd=ROOT,
        env=_environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )
    lines: list[str] = []
    try:
        assert process.stdout is not None
        async for raw in process.stdout:
            lines.append(raw.decode(errors="replace").rstrip())
            tell(lines[-1])
        code = await process.wait()
    finally:
        await _surely_end(process)
    model = next((line[6:] for line in reversed(lines) if line.startswith("model ")), "")
    if code != 0 or not model:
        raise TrainingFailed("training failed:\n" + "\n".join(lines[-12:]))
    return ROOT / model


def free_port() -> int:
    """A loopback port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class RasaServer:
    """Keeps one Rasa server running on loopback until it is stopped."""

    def __init__(self, model: Path, port: int, token: str, log_file: Path) -> None:
        self._model = model
        self._port = port
        self._token = token
        self._log_file = log_file
        self._process: asyncio.subprocess.Process | None = None

    async def run(self) -> None:
        """Starts Rasa again whenever it ends, with growing pauses; ends it when cancelled."""
        pause = 1.0
        try:
            while True:
                self._process = await self._start()
                code = await self._process.wait()
                log.warning("rasa.ended", code=code, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            if self._process is not None:
                await _surely_end(self._process)

    async def _start(self) -> asyncio.subprocess.Process:
        _need_environment()
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        command = (
            *("-m", "rasa", "run", "--enable-api", "--model", str(self._model)),
            *("--interface", "127.0.0.1", "--port", str(self._port)),
            # One word: a token may begin with a hyphen, which would be taken for an option.
            f"--auth-token={self._token}",
        )
        with self._log_file.open("ab") as output:
            return await asyncio.create_subprocess_exec(
                str(PYTHON),
                *command,
                cwd=ROOT,
                env=_environment(),
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )


async def _surely_end(process: asyncio.subprocess.Process) -> None:
    """Ends it however often we are cancelled meanwhile: at most some seconds, no child stays."""
    ending = asyncio.create_task(_end(process))
    while not ending.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(ending)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ends a process and everything it started: kindly, then at once."""
    for wish in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, wish)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(3):
                await process.wait()
