"""A parent at the chat page, on a phone, with the real bot behind it."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from bot.i18n import Locales
from bot.languages import Language
from bot.preview.server import PreviewServer
from tests.drivers.app_process import AppProcess

PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 20_000.0

# The page is about the browser; the journeys see to the databases.
pytestmark = pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)


class ChatPage:
    """The chat page in the hands of one parent."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def opens(self, address: str, name: str) -> None:
        """Becomes one of the people the page suggests."""
        await self.page.goto(address)
        await self.page.get_by_role("button", name=name).click()
        await self.page.locator("#big-button").wait_for()

    async def says(self, text: str) -> None:
        """Types and sends."""
        await self.page.fill("#text", text)
        await self.page.click("#send")

    async def taps(self, label: str) -> None:
        """Taps the newest button with this label."""
        await self.page.locator(".inline button", has_text=label).last.click()

    def newest(self) -> Locator:
        """The newest message of the bot."""
        return self.page.locator("#history .message:not(.mine):not(#dots)").last

    async def sees(self, text: str) -> None:
        """Waits until the bot's newest message holds these words."""
        await expect(self.newest()).to_contain_text(text, timeout=PATIENCE)

    async def in_view(self, place: Locator) -> bool:
        """Whether the top of something can be seen without scrolling."""
        box, history = await place.bounding_box(), self.page.locator("#history")
        frame = await history.bounding_box()
        assert box is not None
        assert frame is not None
        return frame["y"] <= box["y"] <= frame["y"] + frame["height"]


@pytest.fixture
async def chat(browser: Browser, telegram: PreviewServer, app: AppProcess) -> ChatPage:
    """The page on a phone, before Start."""
    page = await browser.new_page(viewport=PHONE, has_touch=True, locale="ru")
    parent = ChatPage(page)
    await parent.opens(telegram.chat_url, "Айгүл")
    return parent


async def test_a_parent_asks_on_a_phone_and_finds_a_place(chat: ChatPage, locales: Locales) -> None:
    words, page = locales[Language.KY], chat.page
    await page.click("#big-button")
    await chat.taps("Кыргызча")
    await chat.sees(words("Write your question in your own words, or choose:"))

    await chat.says("балам торолду, куболукту кантип алам")
    await chat.sees(words("Checked on {date}", date="").rstrip())
    question = page.locator(".message.mine").last
    assert await chat.in_view(question), "a long answer is read from its beginning"

    await chat.taps(words("Cost"))
    await chat.sees(words("In short"))
    await expect(chat.newest().locator(".inline")).not_to_contain_text(words("Cost"))

    await chat.taps(words("Menu"))
    await chat.taps(words("Help near me"))
    await page.locator("#keys button", has_text=words("Send my location")).click()
    await page.fill("#sheet input[type=search]", "Шымкент")
    await page.locator(".towns button").click()
    await chat.sees(words("Tap a number to read more about the place."))
    await chat.taps("1")
    await chat.sees(words("Other places"))


async def test_the_page_stands_still_and_shows_its_input_whole(
    chat: ChatPage, locales: Locales
) -> None:
    page = chat.page
    await page.click("#big-button")
    await chat.newest().wait_for(timeout=PATIENCE)
    field, frame = page.locator("#text"), page.locator("#composer")
    inner, outer = await field.bounding_box(), await frame.bounding_box()
    assert inner is not None
    assert outer is not None
    assert inner["height"] >= 40, "the placeholder is cut off"
    assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], "the page can be pushed sideways"
    await chat.taps("Тоҷикӣ")
    await chat.sees(locales[Language.TG]("Rights"))
    await page.click("#back")
    add = await page.locator("#add").bounding_box()
    assert add is not None
    assert add["x"] + add["width"] <= PHONE["width"], "a long last message widens the list"


async def test_danger_is_answered_first_and_stays_when_the_menu_is_opened(
    chat: ChatPage, locales: Locales
) -> None:
    words = locales[Language.KY]
    await chat.page.click("#big-button")
    await chat.taps("Кыргызча")
    await chat.sees(words("Rights"))
    await chat.says("куйоом мени уруп жатат")
    await chat.sees("102")
    card = chat.newest()
    number = await card.get_attribute("data-message-id")
    await expect(card.locator(".inline button").first).to_contain_text(words("Talk to a person"))
    await chat.taps(words("Menu"))
    await chat.sees(words("Rights"))
    kept = chat.page.locator(f'[data-message-id="{number}"]')
    await expect(kept).to_contain_text("102")
