"""An editor without a mouse: from signing in to the bot's changed answer."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.clock import SystemClock
from bot.i18n import Locales
from bot.languages import Language
from bot.preview.server import PreviewServer
from bot.settings import ROOT
from bot.staff import store as staff
from bot.staff.model import Role
from bot.workshop.sheet import take_apart
from tests.conftest import WORKER
from tests.drivers.app_process import AppProcess
from tests.drivers.desk import PASSWORD
from tests.drivers.parent import Parent
from tests.unit.workshop.bench import git, start_history

EDITOR = "editor@ngo.example"
TOPIC = "school-enrolment"
TAJIK = f"answers/rights/{TOPIC}/tg.md"
NEW_WORDS = "Диққат."
MOST_TABS = 400
SECONDS = 2.0


@dataclass
class Keyboard:
    """A page that is worked with keys alone."""

    page: Page

    async def goes_to(self, selector: str) -> None:
        """Presses Tab until the focus is there, and sees that it shows."""
        for _ in range(MOST_TABS):
            await self.page.keyboard.press("Tab")
            if await self._is_at(selector):
                break
        assert await self._is_at(selector), f"{selector} is out of reach"
        outline = await self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", f"nobody sees that {selector} has the focus"

    async def follows(self, selector: str) -> None:
        """Goes to a link or button and presses Enter; the next page is there afterwards."""
        await self.goes_to(selector)
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def types(self, text: str) -> None:
        await self.page.keyboard.type(text)

    async def presses(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def _is_at(self, selector: str) -> bool:
        return bool(await self.page.evaluate("(s) => document.activeElement.matches(s)", selector))


@pytest.fixture
async def texts(tmp_path: Path) -> Path:
    """The real texts in a repository of their own."""
    content = tmp_path / "texts" / "content"
    shutil.copytree(ROOT / "content", content)
    start_history(content)
    return content


@pytest.fixture
async def edited(tmp_path: Path, telegram: PreviewServer, texts: Path) -> AsyncIterator[AppProcess]:
    """The app on these texts, with an editor."""
    app = AppProcess(tmp_path, telegram, content=texts)
    await app.prepare("Sana", WORKER, "Aigul T.")
    async with app.storage() as database, database.transaction() as session:
        now = SystemClock().now()
        await staff.add_member(
            session, "Sana", EDITOR, "Dinara S.", Role.EDITOR, PASSWORD, "ru", now
        )
    await app.start()
    yield app
    await app.stop()


async def signs_in(page: Page, app: AppProcess, wanted: str) -> None:
    """Goes to a page by way of the door; its scripts have run when this ends."""
    await page.goto(f"{app.address}{wanted}")
    await page.fill("#email", EDITOR)
    await page.fill("#password", PASSWORD)
    async with page.expect_navigation(url=f"**{wanted}"):
        await page.click("button.wide")


async def test_an_edit_by_keyboard_changes_the_bots_next_answer_within_two_seconds(
    edited: AppProcess, telegram: PreviewServer, texts: Path, browser: Browser, locales: Locales
) -> None:
    parent = Parent(telegram.person(501, "Parent", "ru"), locales, Language.TG)
    await parent.begins()
    await parent.says(take_apart((texts / TAJIK).read_bytes(), Language.TG).title)
    await parent.hears(f"topic:{TOPIC}")  # found by its words: menus and search need no Rasa
    await parent.taps(f"topic:{TOPIC}")
    assert NEW_WORDS not in (await parent.hears(f"part:{TOPIC}:steps")).text

    page = await browser.new_page()
    hands = Keyboard(page)
    await page.goto(edited.address)
    await hands.goes_to("#email")
    await hands.types(EDITOR)
    await hands.goes_to("#password")
    await hands.types(PASSWORD)
    async with page.expect_navigation(url="**/content"):
        await hands.presses("Enter")
    await hands.follows(f'a[href="/content/{TOPIC}"]')
    await hands.follows(f'a[href="/content/{TOPIC}/tg/edit"]')

    await hands.goes_to("#body")
    await hands.presses("Control+Home", "ArrowDown")
    await hands.types(f"{NEW_WORDS} ")
    await expect(page.locator("#preview .speech").first).to_contain_text(NEW_WORDS)
    await hands.goes_to("#remark")
    await hands.types("Аввал диққат")
    async with page.expect_navigation():
        await hands.presses("Control+Enter")
    saved = time.monotonic()
    await expect(page.locator("#saved")).to_be_visible()

    while True:  # asks again until the answer has changed
        await parent.taps(f"topic:{TOPIC}")
        if NEW_WORDS in (await parent.hears(f"part:{TOPIC}:steps")).text:
            break
        assert time.monotonic() - saved < SECONDS
        await asyncio.sleep(0.1)
    assert git(texts, "log", "-1", "--format=%an: %B").startswith(
        f"Dinara S.: {TOPIC}/tg: edited\n\nАввал диққат"
    )


async def test_words_that_were_not_saved_are_there_again_after_signing_in(
    edited: AppProcess, browser: Browser
) -> None:
    page = await browser.new_page()
    await signs_in(page, edited, f"/content/{TOPIC}/tg/edit")
    await page.locator("#body").press("Control+Home")
    await page.keyboard.type(NEW_WORDS)
    await page.context.clear_cookies()  # the session has ended meanwhile
    async with page.expect_navigation(url=re.compile("/sign-in")):
        await page.keyboard.press("Control+Enter")
    await page.fill("#email", EDITOR)
    await page.fill("#password", PASSWORD)
    async with page.expect_navigation(url=f"**/content/{TOPIC}/tg/edit"):
        await page.click("button.wide")
    await expect(page.locator("#kept")).to_be_visible()
    assert (await page.locator("#body").input_value()).startswith(NEW_WORDS)
    await page.click("#forget")
    assert not (await page.locator("#body").input_value()).startswith(NEW_WORDS)


async def test_kept_words_do_not_replace_what_somebody_saved_meanwhile(
    edited: AppProcess, browser: Browser
) -> None:
    mine, theirs = await browser.new_page(), await browser.new_page()
    for page in (mine, theirs):
        await signs_in(page, edited, f"/content/{TOPIC}/tg/edit")
        page.on("dialog", lambda dialog: dialog.accept())  # leaves the page all the same
    await mine.locator("#remark").fill("Менинг сўзим")
    await theirs.locator("#body").press("Control+Home")
    await theirs.keyboard.press("ArrowDown")
    await theirs.keyboard.type(NEW_WORDS)
    async with theirs.expect_navigation():
        await theirs.keyboard.press("Control+Enter")
    await expect(theirs.locator("#saved")).to_be_visible()

    await mine.reload()
    await expect(mine.locator("#kept")).to_be_visible()
    async with mine.expect_navigation():
        await mine.locator("#body").press("Control+Enter")
    await expect(mine.locator(".notice.bad[role=alert]")).to_contain_text("Dinara S.")

    # What is typed after saving is not taken for saved when the page is opened again.
    await theirs.locator("#remark").fill("Яна")
    await theirs.reload()
    await expect(theirs.locator("#kept")).to_be_visible()
    await expect(theirs.locator("#remark")).to_have_value("Яна")


async def test_the_pages_fit_a_phone(edited: AppProcess, browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    await signs_in(page, edited, "/content")
    for path in ("", f"/{TOPIC}", f"/{TOPIC}/tg/edit", f"/{TOPIC}/history"):
        await page.goto(f"{edited.address}/content{path}")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, path
    await page.goto(f"{edited.address}/content/{TOPIC}")
    await page.locator("label[for=tongue-tg]").click()
    await expect(page.locator(".column.tg")).to_be_visible()
    await expect(page.locator(".column.ru")).to_be_hidden()
