"""A parent counts the days that matter on the local Telegram, and is promised a reminder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock, day_of
from bot.i18n import Locales
from bot.languages import Language
from bot.preview.server import PreviewServer
from bot.stay.calculator import deadlines
from bot.stay.model import Occasion
from tests.conftest import WORKER
from tests.drivers.app_process import AppProcess
from tests.drivers.parent import Parent
from tests.unit.stay.real_rules import real_rules


@pytest.fixture
async def app(tmp_path: Path, telegram: PreviewServer) -> AsyncIterator[AppProcess]:
    """The app without Rasa."""
    process = AppProcess(tmp_path, telegram)
    await process.prepare("Sana", WORKER, "Aigul T.")
    await process.start()
    yield process
    await process.stop()


async def test_from_the_menu_to_a_reminder(
    app: AppProcess, telegram: PreviewServer, locales: Locales
) -> None:
    parent = Parent(telegram.person(511, "Parent", "tg"), locales, Language.TG)
    await parent.begins()
    now = day_of(SystemClock().now())
    entered = now - timedelta(days=2)
    await parent.taps("days:here")
    await parent.hears("days:for:entry")
    await parent.taps("days:for:entry")
    await parent.hears("days:of:entry:TJ")
    count = len(parent.person.messages)
    await parent.taps("days:of:entry:TJ")
    await parent.hears(f"days:on:day:entry:TJ:{now:%Y%m%d}")
    month = entered.replace(day=1)
    if month.month != now.month:
        await parent.taps(f"days:at:day:entry:TJ:{month:%Y%m%d}")
        await parent.hears(f"days:on:day:entry:TJ:{entered:%Y%m%d}")
    await parent.taps(f"days:on:day:entry:TJ:{entered:%Y%m%d}")
    answer = await parent.hears("days:remind")
    assert len(parent.person.messages) == count, "questions are edited into the answer"
    found = deadlines(real_rules(), Occasion.ENTRY, "TJ", entered, now)
    (limit,) = (one for one in found if one.rule.is_limit)
    assert limit.day == entered + timedelta(days=29)
    assert parent.words.weekday_and_date(limit.day) in answer.text
    await parent.taps("days:remind")
    wish = f"days:keep:stay-30-tj:{limit.day:%Y%m%d}"
    await parent.hears(wish)
    await parent.taps(wish)
    promise = await parent.hears("reminders")
    assert parent.words.day(limit.day) in promise.text
