"""What the chat page and other processes do over HTTP, and who is kept out."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.preview import server as server_module
from bot.preview.server import PreviewServer
from bot.preview.spec import load_spec

STATIC = Path(server_module.__file__).parent / "static"


class Page:
    """Asks as the page asks."""

    def __init__(self, session: aiohttp.ClientSession, server: PreviewServer) -> None:
        self.session = session
        self.address = f"{server.chat_url}/api"

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.address}/{path}") as response:
            return await response.json()

    async def post(self, path: str, body: dict[str, Any], status: int = 200) -> Any:
        async with self.session.post(f"{self.address}/{path}", json=body) as response:
            assert response.status == status
            return await response.json()


@pytest.fixture
async def page(server: PreviewServer) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, server)


async def test_a_person_is_added_starts_and_is_heard(
    page: Page, bot: Bot, server: PreviewServer
) -> None:
    person = await page.post("people", {"first_name": "Фирӯза", "language_code": "tg"})
    user = person["id"]
    await page.post(f"{user}/start", {})
    await page.post(f"{user}/say", {"text": "Салом"})
    await page.post(f"{user}/location", {"latitude": 43.2, "longitude": 76.9})
    await page.post(f"{user}/contact", {})
    await page.post(f"{user}/sticker", {"emoji": "<b>"})
    form = aiohttp.FormData({"duration": "4"})
    form.add_field("file", b"OggS", filename="a.ogg", content_type="audio/ogg")
    async with page.session.post(f"{page.address}/{user}/voice", data=form) as response:
        assert response.status == 200
    updates = await bot.get_updates()
    assert updates[0].message is not None
    assert updates[0].message.from_user is not None
    assert updates[0].message.from_user.language_code == "tg"
    assert [u.message.text for u in updates[:2] if u.message] == ["/start", "Салом"]
    voice = updates[-1].message.voice if updates[-1].message else None
    assert voice is not None
    assert voice.duration == 4
    state = await page.get(str(user))
    assert [m["message_id"] for m in state["messages"]] == sorted(server.person(user).chat.messages)
    address = f"{page.address}/files/{voice.file_unique_id}"
    async with page.session.get(address) as response:
        assert await response.read() == b"OggS"
        assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_taps_edits_and_blocking(page: Page, bot: Bot, server: PreviewServer) -> None:
    await page.post("people", {"id": 7001, "first_name": "Aida", "started": True})
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    sent = await bot.send_message(7001, "a", reply_markup=markup)
    await page.post("7001/tap", {"message_id": sent.message_id, "data": "go"})
    said = await page.post("7001/say", {"text": "b", "reply_to": sent.message_id})
    await page.post("7001/edit", {"message_id": said["result"], "text": "c"})
    tap, message, edit = await bot.get_updates()
    assert tap.callback_query is not None
    assert tap.callback_query.data == "go"
    assert message.message is not None
    assert message.message.reply_to_message is not None
    assert edit.edited_message is not None
    assert edit.edited_message.text == "c"
    await page.post("7001/block", {})
    refused = await page.post("7001/say", {"text": "d"}, 409)
    assert "unblock" in refused["reason"]
    await page.post("7001/say", {}, 400)
    await page.post("7001/fly", {}, 404)
    await page.post("7002/say", {"text": "a"}, 404)
    await page.post("people", {"first_name": " "}, 400)


async def test_events_tell_the_page_at_once(page: Page, bot: Bot, server: PreviewServer) -> None:
    await server.person(7001).start()
    async with page.session.get(f"{page.address}/7001/events") as stream:
        async with asyncio.timeout(3):
            await stream.content.readuntil(b"data: {}\n\n")
            await bot.send_chat_action(7001, "typing")
            await bot.send_message(7001, "Салом")
            kinds: list[str] = []
            while len(kinds) < 2:
                line = (await stream.content.readline()).decode()
                if line.startswith("data:"):
                    event = json.loads(line.removeprefix("data:"))
                    assert event["person"] == 7001
                    kinds.append(event["kind"])
    assert kinds == ["action", "message"]


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
async def test_other_sites_are_kept_out(page: Page, headers: dict[str, str]) -> None:
    async with page.session.get(f"{page.address}/people", headers=headers) as response:
        assert response.status == 403


async def test_the_page_loads_nothing_from_elsewhere(page: Page, server: PreviewServer) -> None:
    async with page.session.get(server.base_url) as response:
        text = await response.text()
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    named = set(re.findall(r'(?:src|href)="/chat/static/([\w.]+)"', text))
    assert {"app.js", "layout.css", "messages.css", "icon.svg"} <= named
    for name in ("app.js", "labels.json", "towns.json", "people.json"):
        async with page.session.get(f"{server.chat_url}/static/{name}") as response:
            assert response.status == 200
    for name in ("..%2Fserver.py", "nothing.js"):
        async with page.session.get(f"{server.chat_url}/static/{name}") as response:
            assert response.status == 404


def test_labels_are_the_same_in_both_languages_and_none_is_missing() -> None:
    labels = json.loads((STATIC / "labels.json").read_text(encoding="utf-8"))
    assert labels["en"].keys() == labels["ru"].keys()
    sources = [*STATIC.glob("*.js"), STATIC / "index.html"]
    assert len(sources) > 5
    for source in sources:
        text = source.read_text(encoding="utf-8")
        used = re.findall(r'\bt\("(\w+)"|data-t(?:-\w+)?="(\w+)"', text)
        assert {a or b for a, b in used} <= labels["en"].keys(), source.name


def test_the_table_knows_the_api_the_library_speaks() -> None:
    spec = load_spec()
    assert len(spec.methods) > 150
    assert {"sendMessage", "getUpdates", "setWebhook"} <= spec.methods.keys()
    size = (STATIC.parent / "bot_api.json").stat().st_size
    assert size < 120_000


async def test_it_runs_alone_and_stops_when_asked() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.preview", "--port", "0", "--token", "5:abc",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(20):
        first = (await process.stdout.readline()).decode()
        assert re.search(r"http://127\.0\.0\.1:\d+/chat", first)
        process.terminate()
        assert await process.wait() == 0
