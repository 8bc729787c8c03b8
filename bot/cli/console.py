"""What all commands share: the console, errors as one sentence, an open database."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, NoReturn, TypeVar

import typer
import uvloop
from rich.console import Console

from bot.clock import SystemClock, day_of
from bot.errors import KomekError
from bot.opening import open_storage
from bot.settings import Settings, load_settings
from bot.storage.database import Database

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

T = TypeVar("T")


def tell(text: str) -> None:
    """A line for the person who waits, beside the output."""
    err.print(text, markup=False, style="dim")


def fail(problem: BaseException | str) -> NoReturn:
    """Ends the command with one clear sentence and exit code 1."""
    err.print("✗ ", problem, style="red", sep="", markup=False)
    raise typer.Exit(1)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a command's work; an error of ours becomes its sentence."""
    try:
        return asyncio.run(work)
    except KomekError as exc:
        fail(exc)


def run_until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Runs a service; Ctrl-C and SIGTERM end it in order."""

    async def stoppable() -> None:
        task = asyncio.ensure_future(work)
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, task.cancel)
        await task

    try:
        uvloop.run(stoppable())
    except asyncio.CancelledError:
        out.print("Stopped.")
    except KomekError as exc:
        fail(exc)


def settings_or_fail() -> Settings:
    """The settings, or one sentence about what is wrong with them."""
    try:
        return load_settings()
    except KomekError as exc:
        fail(exc)


@asynccontextmanager
async def storage() -> AsyncIterator[Database]:
    """The installation's database with its tables up to date."""
    database = await open_storage(load_settings(), migrate=True)
    try:
        yield database
    finally:
        await database.close()


def today() -> date:
    """The day in Kazakhstan."""
    return day_of(SystemClock().now())
