"""Ending asyncio tasks so that nothing waits for ever."""

from __future__ import annotations

import asyncio
from typing import Any

AGAIN_AFTER = 1.0  # seconds


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancels the tasks and returns when all are over; what they raised is not raised here.

    A single cancellation is not enough: a library may swallow it (Python 3.11's
    `asyncio.wait_for` does when its future is done at that very moment), and whoever
    awaits such a task would wait for ever. So it is repeated.
    """
    while waiting := [task for task in tasks if not task.done()]:
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting, timeout=AGAIN_AFTER)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # read, or asyncio would complain that nobody did
