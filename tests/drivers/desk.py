"""A caseworker at the desk, in a real browser."""

from __future__ import annotations

import shutil

from playwright.async_api import Browser, Page, Playwright, expect

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "a-long-word-nobody-guesses"  # of people made for a test


async def open_browser(playwright: Playwright) -> Browser:
    """Debian's Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    assert program, "Chromium is missing: `make test` installs it"
    return await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)


class Caseworker:
    """Somebody with a browser at the desk."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    async def signs_in(self, email: str, password: str = PASSWORD) -> None:
        """Opens the desk and signs in; the queue follows."""
        await self.page.goto(f"{self.address}/")
        await self.page.fill("#email", email)
        await self.page.fill("#password", password)
        await self.page.click("button.wide")
        await self.page.wait_for_selector("#lines", state="attached")

    async def sees_a_case(self, timeout: float = 20.0) -> str:
        """Waits, without reloading, until a case is in the queue; its first words."""
        line = self.page.locator("#lines .line").first
        await line.wait_for(timeout=timeout * 1000)
        return await line.inner_text()

    async def opens_the_oldest_case(self) -> None:
        """From the queue into the case."""
        await self.page.locator("#lines .line a").first.click()
        await self.page.wait_for_selector("#conversation")
        await self.page.wait_for_load_state("load")

    async def takes_it(self) -> None:
        """The case is theirs now."""
        await self.page.click("#take")
        await self.page.wait_for_selector("#reply")
        # Nobody types faster than the page's scripts load; a test does.
        await self.page.wait_for_load_state("load")

    async def replies(self, text: str) -> None:
        """Writes to the parent; the reply stands in the conversation."""
        await self.page.fill("#reply", text)
        await self.page.press("#reply", "Control+Enter")
        await expect(self.page.locator(".entry.worker", has_text=text)).to_be_visible(
            timeout=20_000
        )

    async def sees(self, text: str, timeout: float = 20.0) -> None:
        """Waits, without reloading, until the conversation shows these words."""
        entry = self.page.locator("#conversation li", has_text=text).first
        await entry.wait_for(timeout=timeout * 1000)

    async def sees_delivered(self, text: str, timeout: float = 30.0) -> None:
        """Waits until the reply is marked as delivered."""
        entry = self.page.locator(".entry.worker", has_text=text)
        await expect(entry.locator(".delivery.ok")).to_be_visible(timeout=timeout * 1000)

    async def closes_it(self, outcome: str = "helped") -> None:
        """Closes the case with an outcome."""
        await self.page.click("#closing-open")
        await self.page.select_option("#outcome", outcome)
        await self.page.locator("#closing form button").click()
        await expect(self.page.locator("#take, #reply")).to_have_count(0, timeout=20_000)
