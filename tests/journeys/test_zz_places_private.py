"""From a typed town to a door, and from a wrong number to the editors' page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.clock import SystemClock
from bot.i18n import Locales
from bot.languages import Language
from bot.preview.server import PreviewServer
from bot.staff import store as staff
from bot.staff.model import Role
from tests.drivers.app_process import AppProcess
from tests.drivers.desk import PASSWORD
from tests.drivers.parent import Parent
from tests.journeys.conftest import WORKER

EDITOR = "editor@ngo.example"
WHERE = (
    "Where are you? Send your location with the button below, or write the town, for example "
    "“Shymkent”. I do not store your location."
)
THANKS = (
    "Thank you. An editor will look into it. I pass on the place and what is wrong, not who you "
    "are."
)


@pytest.fixture
async def bot(
    tmp_path: Path, telegram: PreviewServer, database_address: str
) -> AsyncIterator[AppProcess]:
    """The app without Rasa, with an editor: towns are found without it."""
    is_sqlite = database_address.startswith("sqlite")
    process = AppProcess(tmp_path, telegram, database="" if is_sqlite else database_address, content=Path("/tmp/pl/content"))
    await process.prepare("Sana", WORKER, "Aigul T.")
    async with process.storage() as database, database.transaction() as session:
        now = SystemClock().now()
        await staff.add_member(
            session, "Sana", EDITOR, "Dilshod K.", Role.EDITOR, PASSWORD, "ru", now
        )
    await process.start()
    yield process
    await process.stop()


async def test_a_parent_finds_a_door_and_tells_that_its_number_is_wrong(
    telegram: PreviewServer, bot: AppProcess, browser: Browser, locales: Locales
) -> None:
    parent = Parent(telegram.person(601, "Parent", "en"), locales, Language.TG)
    await parent.begins()
    await parent.taps("near")
    await parent.hears(parent.words(WHERE))
    await parent.says("дар Чимкент")
    listed = await parent.hears("services:shymkent")
    see = listed.buttons[0][0].data
    assert see is not None
    assert see.startswith("see:")
    await parent.hears("keep-town:shymkent")
    await parent.taps("keep-town:shymkent")

    place = see.split(":")[1]
    await parent.taps(see)
    await parent.hears(f"wrong:{place}")
    await parent.taps(f"wrong:{place}")
    await parent.hears(f"wrong:{place}:phone")
    await parent.taps(f"wrong:{place}:phone")
    await parent.hears(parent.words(THANKS))
    await parent.taps("near")
    await parent.hears("near:ask")

    page = await browser.new_page(viewport={"width": 390, "height": 800})
    await page.goto(f"{bot.address}/places/reports")
    await page.fill("#email", EDITOR)
    await page.fill("#password", PASSWORD)
    await page.click("button.wide")
    report = page.locator("li.report", has_text=place)
    await expect(report).to_contain_text("Неверный номер телефона")
    await report.locator("button").click()
    await expect(page.locator("li.report")).to_have_count(0)
    assert "Чимкент" not in bot.log.read_text()
