"""The bell inside one process."""

from __future__ import annotations

import asyncio

import pytest

from bot.storage.bell import LocalBell


async def test_a_ring_wakes_and_silence_ends_by_itself() -> None:
    bell = LocalBell()
    waiting = asyncio.create_task(bell.wait("x", 5))
    await asyncio.sleep(0)
    bell.sound("x")
    assert await waiting is True
    assert await bell.wait("x", 0.01) is False


async def test_a_ring_that_nobody_heard_is_remembered_once() -> None:
    bell = LocalBell()
    bell.sound("x")
    assert await bell.wait("x", 0.01) is True
    assert await bell.wait("x", 0.01) is False


async def test_a_cancellation_that_comes_with_the_ring_is_not_lost() -> None:
    bell = LocalBell()
    waiting = asyncio.create_task(bell.wait("x", 5))
    await asyncio.sleep(0.01)
    bell.sound("x")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
