"""Queue and case page: what is on them, what their forms do, and how soon news arrives."""

from __future__ import annotations

import asyncio
import time

import pytest
from aiohttp import StreamReader
from sqlalchemy import func, select

from bot.cases import store
from bot.cases.model import Said
from bot.cases.tables import FileRow, MessageRow
from bot.delivery.tables import OutboxRow
from bot.storage import bell
from bot.storage.database import Database
from tests.conftest import HandClock
from tests.unit.cases.scenery import PASSWORD, Scenery, parent_opens_case
from tests.unit.web.conftest import Browser


@pytest.fixture
async def aliya(browser: Browser, scenery: Scenery) -> Browser:
    """A caseworker, signed in."""
    await browser.sign_in("aliya@example.org")
    return browser


async def page_of(browser: Browser, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status == 200
    return await answer.text()


async def test_a_case_is_worked_with_plain_forms(
    aliya: Browser, scenery: Scenery, database: Database
) -> None:
    path = f"/cases/{scenery.case.id}"
    assert f"№ {scenery.case.number}" in await page_of(aliya, "/")
    page = await page_of(aliya, path)
    assert "Take the case" in page
    assert "Send to the parent" not in page
    assert (await aliya.post(f"{path}/take", {})).status == 303
    assert "Send to the parent" in await page_of(aliya, path)
    fields = {"text": "Саламатсызбы <b>", "request_key": "k1"}
    assert (await aliya.post(f"{path}/reply", fields)).status == 303
    assert (await aliya.post(f"{path}/reply", fields)).status == 303
    note = {"text": "call school", "request_key": "k1"}
    assert (await aliya.post(f"{path}/note", note)).status == 303
    page = await page_of(aliya, path)
    assert page.count("Саламатсызбы &lt;b&gt;") == 1
    assert "the parent does not see this" in page
    assert (await aliya.post(f"{path}/close", {"outcome": "helped"})).status == 303
    assert "This case is closed" in await page_of(aliya, path)
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(OutboxRow)) == 3


async def test_what_cannot_be_sent_is_said(aliya: Browser, scenery: Scenery) -> None:
    path = f"/cases/{scenery.case.id}"
    await aliya.post(f"{path}/take", {})
    answer = await aliya.post(f"{path}/reply", {"text": "  ", "request_key": "k"})
    assert answer.headers["Location"].endswith("?notice=empty")
    answer = await aliya.post(f"{path}/close", {"outcome": "won"})
    assert answer.headers["Location"].endswith("?notice=no-outcome")
    too_much = await aliya.post(f"{path}/note", {"text": "x" * 300_000, "request_key": "k"})
    assert too_much.status == 413


async def test_the_second_to_take_a_case_is_told(browsers: list[Browser], scenery: Scenery) -> None:
    take = f"/cases/{scenery.case.id}/take"
    await browsers[0].sign_in("aliya@example.org")
    await browsers[1].sign_in("berik@example.org")
    assert (await browsers[0].post(take, {})).status == 303
    answer = await browsers[1].post(take, {})
    assert answer.status == 409
    told = await answer.text()
    assert "A colleague was quicker" in told
    assert f'href="/cases/{scenery.case.id}">Open the case' in told
    page = await page_of(browsers[1], f"/cases/{scenery.case.id}")
    assert "Aliya Sergeeva answers this case" in page
    assert "Send to the parent" not in page


async def test_a_page_of_another_role_is_not_said_to_be_a_lost_case(aliya: Browser) -> None:
    answer = await aliya.get("/content")
    assert answer.status == 403
    told = await answer.text()
    assert "This page is not part of your work" in told
    assert "Nothing was changed" not in told


async def test_scripts_get_short_answers(aliya: Browser, scenery: Scenery) -> None:
    path, quiet = f"/cases/{scenery.case.id}", {"X-Quiet": "1"}
    assert (await aliya.post(f"{path}/take", {}, quiet)).status == 204
    fields = {"text": "hello", "request_key": "k"}
    assert (await aliya.post(f"{path}/reply", fields, quiet)).status == 204
    assert (await aliya.post(f"{path}/reply", {**fields, "text": ""}, quiet)).status == 422
    aliya.form_token = "old"
    refused = await aliya.post(f"{path}/reply", fields, quiet)
    assert "<" not in await refused.text()


async def test_news_reaches_an_open_page_within_a_second(
    aliya: Browser, scenery: Scenery, database: Database, clock: HandClock
) -> None:
    stream = await aliya.client.get("/events")
    assert stream.headers["Content-Type"] == "text/event-stream"
    await _event(stream.content, b"event: news")  # the page was made before anything was known
    await asyncio.sleep(0.05)
    before = time.monotonic()
    await parent_opens_case(database, clock.now(), scenery.ours, 777, danger="violence")
    await database.bell.ring(bell.CASES)
    await _event(stream.content, b"event: news")
    assert time.monotonic() - before < 1
    stream.close()
    assert "Violence" in await page_of(aliya, "/")


async def test_the_stream_ends_with_the_session(
    aliya: Browser, scenery: Scenery, database: Database, clock: HandClock
) -> None:
    stream = await aliya.client.get("/events")
    clock.move(minutes=61)
    await database.bell.ring(bell.CASES)
    await _event(stream.content, b"event: over")
    assert await asyncio.wait_for(stream.content.read(), 2) is not None


async def _event(stream: StreamReader, wanted: bytes) -> None:
    async with asyncio.timeout(3):
        while (await stream.readline()).strip() != wanted:
            pass


async def test_a_file_is_shown_downloaded_and_cut_into_ranges(
    aliya: Browser, scenery: Scenery, database: Database
) -> None:
    path = f"/files/{scenery.file_id}"
    answer = await aliya.get(path)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    part = await aliya.get(path, Range="bytes=0-2")
    assert (part.status, await part.read()) == (206, b"\xff\xd8\xff")
    assert (await aliya.get(path, Range="bytes=999-")).status == 416
    async with database.transaction() as session:
        file = await session.get_one(FileRow, scenery.file_id)
        file.content, file.name = b"<html><script>", "Қағаз.html"
    answer = await aliya.get(path)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D2")
    async with database.transaction() as session:
        file = await session.get_one(FileRow, scenery.file_id)
        file.content, file.status = None, "waiting"
    assert (await aliya.get(path)).status == 404


async def test_new_words_mark_the_case_as_unread(
    aliya: Browser, scenery: Scenery, database: Database, clock: HandClock
) -> None:
    await page_of(aliya, f"/cases/{scenery.case.id}")
    assert "unread" not in await page_of(aliya, "/?view=all")
    clock.move(minutes=1)
    async with database.transaction() as session:
        await store.add_words(session, scenery.case.id, Said("жаңы сөз"), clock.now())
    page = await page_of(aliya, "/?view=all")
    assert "unread" in page
    assert "жаңы сөз" in page


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "Никто не взял"), ("kk", "Ешкім алмаған"), ("en", "Mine")]
)
async def test_the_desk_speaks_the_members_language(
    aliya: Browser, scenery: Scenery, language: str, words: str
) -> None:
    assert (await aliya.post("/account/language", {"language": language})).status == 303
    assert words in await page_of(aliya, "/")
    await page_of(aliya, f"/cases/{scenery.case.id}")
    assert (await aliya.post("/account/language", {"language": "xx"})).status == 403


async def test_a_member_changes_the_password(aliya: Browser, scenery: Scenery) -> None:
    def fields(old: str, new: str, again: str) -> dict[str, str]:
        return {"old": old, "new": new, "again": again}

    new = "quite another one"
    for wrong in (
        fields("wrong", new, new),
        fields(PASSWORD, new, "different"),
        fields(PASSWORD, "short", "short"),
        fields(PASSWORD, "1234567890", "1234567890"),
    ):
        assert (await aliya.post("/account/password", wrong)).status == 422
    assert (await aliya.post("/account/password", fields(PASSWORD, new, new))).status == 303
    assert (await aliya.get("/")).status == 200  # this browser stays signed in
    assert (await aliya.sign_in("aliya@example.org", new)).status == 303


async def test_a_failed_delivery_is_visible(
    aliya: Browser, scenery: Scenery, database: Database
) -> None:
    path = f"/cases/{scenery.case.id}"
    await aliya.post(f"{path}/take", {})
    await aliya.post(f"{path}/reply", {"text": "hello", "request_key": "k"})
    async with database.transaction() as session:
        message = await session.scalar(select(MessageRow).where(MessageRow.author == "worker"))
        assert message is not None
        row = await session.get_one(OutboxRow, message.outbox_id)
        row.status, row.problem = "failed", "blocked"
    assert "Not delivered: the parent blocked the bot" in await page_of(aliya, path)
    queue = await page_of(aliya, "/?view=mine")
    assert "Not delivered" in queue
    assert "answered" not in queue
