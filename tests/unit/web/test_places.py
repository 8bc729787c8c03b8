"""The page on which editors see what parents found wrong about places."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.directory.loader import load_directory
from bot.insight import place_reports
from bot.insight.model import Wrong
from bot.settings import ROOT
from bot.staff.tables import AuditRow
from bot.storage.database import Database
from tests.unit.cases.scenery import Scenery
from tests.unit.web.conftest import Browser, HeldTexts

# The page is about the browser; an integration test sees to the databases.
pytestmark = pytest.mark.parametrize("migrated_address", ["sqlite"], indirect=True)

DAY = date(2026, 11, 24)
PAGE = "/places/reports"


@pytest.fixture(autouse=True)
def places(texts: HeldTexts) -> None:
    """The real places stand in the texts."""
    directory = load_directory(ROOT / "content" / "directory")
    texts.current = replace(texts.current, directory=directory)


async def told(database: Database) -> None:
    async with database.transaction() as session:
        for days in range(2):
            day = DAY - timedelta(days=days)
            await place_reports.report(session, "unhcr-almaty", Wrong.PHONE, day)
        await place_reports.report(session, "gone-from-the-files", Wrong.CLOSED, DAY)


async def seen(browser: Browser) -> str:
    answer = await browser.get(PAGE)
    assert answer.status == 200
    return html.unescape(await answer.text())


async def test_an_editor_sees_what_is_wrong_and_settles_it(
    browser: Browser, scenery: Scenery, database: Database
) -> None:
    await told(database)
    await browser.sign_in("editor@example.org")
    page = await seen(browser)
    assert "УВКБ ООН" in page
    assert "The phone number is wrong" in page
    assert "2 reports" in page
    assert "content/directory: unhcr-almaty" in page
    assert "gone-from-the-files" in page
    answer = await browser.post(f"{PAGE}/done", {"place": "unhcr-almaty", "reason": "phone"})
    assert answer.status == 303
    left = await seen(browser)
    assert "УВКБ ООН" not in left
    assert "gone-from-the-files" in left
    again = await browser.post(f"{PAGE}/done", {"place": "unhcr-almaty", "reason": "phone"})
    assert again.status == 303
    async with database.reading() as session:
        details = list(await session.scalars(select(AuditRow.detail)))
    assert details.count("unhcr-almaty: phone") == 1


async def test_nothing_to_do_is_said(browser: Browser, scenery: Scenery) -> None:
    await browser.sign_in("editor@example.org")
    assert "Nothing was reported." in await seen(browser)


async def test_a_made_up_report_is_not_found(browser: Browser, scenery: Scenery) -> None:
    await browser.sign_in("editor@example.org")
    answer = await browser.post(f"{PAGE}/done", {"place": "unhcr-almaty", "reason": "taste"})
    assert answer.status == 404


async def test_caseworkers_have_no_part_in_it(
    browser: Browser, scenery: Scenery, database: Database
) -> None:
    await told(database)
    await browser.sign_in("aliya@example.org")
    assert (await browser.get(PAGE)).status == 403
    fields = {"place": "unhcr-almaty", "reason": "phone"}
    assert (await browser.post(f"{PAGE}/done", fields)).status == 403
    async with database.reading() as session:
        assert len(await place_reports.open_reports(session)) == 2
