"""Content follows its files, and a broken edit changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.answers.library import Library
from bot.answers.live import LiveContent
from bot.errors import BadContent
from bot.tasks import end
from tests.conftest import HandClock
from tests.unit.answers.small_content import change, load

WAGES = "answers/rights/unpaid-wages/ru.md"


async def until(true: Callable[[], bool]) -> None:
    """Waits as long as an editor may have to wait."""
    async with asyncio.timeout(2):
        while not true():
            await asyncio.sleep(0.02)


@pytest.fixture
async def live(folder: Path, clock: HandClock) -> AsyncIterator[LiveContent[Library]]:
    content = LiveContent("answers", lambda: load(folder), [folder], clock)
    watching = asyncio.create_task(content.watch())
    await asyncio.sleep(0.3)  # until the watcher is in place
    yield content
    await end(watching)


def title(content: LiveContent[Library]) -> str:
    return content.current.title("unpaid-wages", "ru")


async def test_a_good_edit_is_taken_up_within_two_seconds(
    folder: Path, live: LiveContent[Library]
) -> None:
    change(folder / WAGES, "Не платят зарплату", "Зарплату не дают")
    await until(lambda: title(live) == "Зарплату не дают")
    assert live.problem is None


async def test_a_broken_edit_is_refused_and_a_good_one_recovers(
    folder: Path, live: LiveContent[Library]
) -> None:
    change(folder / WAGES, "## short", "## shrt")
    await until(lambda: live.problem is not None)
    assert "unpaid-wages/ru.md:5: “shrt” is not a part" in (live.problem or "")
    assert title(live) == "Не платят зарплату"

    change(folder / WAGES, "## shrt", "## short")
    await until(lambda: live.problem is None)
    assert title(live) == "Не платят зарплату"


async def test_a_slip_in_a_loader_keeps_the_last_good_value(clock: HandClock) -> None:
    values: list[int] = [1]
    live = LiveContent("numbers", values.pop, [], clock)
    assert not await live.reload()
    assert live.current == 1
    assert live.problem == "the files could not be read (IndexError)"
    values.append(2)
    assert await live.reload()
    assert live.current == 2
    assert live.problem is None


def test_nothing_good_to_begin_with_is_an_error(folder: Path, clock: HandClock) -> None:
    change(folder / WAGES, "## short", "## shrt")
    with pytest.raises(BadContent):
        LiveContent("answers", lambda: load(folder), [folder], clock)
