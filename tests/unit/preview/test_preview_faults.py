"""Trouble made on purpose looks to the bot like Telegram's own."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.preview.server import PreviewServer


async def test_statuses_drops_and_healing(bot: Bot, server: PreviewServer) -> None:
    parent = server.person(7001)
    await parent.start()
    server.fail_next("sendMessage", 429, retry_after=7, chat=7001)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(7001, "a")
    assert refused.value._retry_after.total_seconds() == 7
    for status, kind in ((500, NetworkError), (502, NetworkError), (403, Forbidden)):
        server.fail_next("sendMessage", status)
        with pytest.raises(kind):
            await bot.send_message(7001, "a")
    server.fail_next("sendMessage", drop=True, times=2)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(7001, "a")
    assert not await parent.heard(0)
    server.fail_next("*", drop=True, after=True)
    with pytest.raises(NetworkError):
        await bot.send_message(7001, "arrived all the same")
    assert [shown.text for shown in await parent.heard()] == ["arrived all the same"]
    server.fail_next("sendMessage", 400, chat=9)
    await bot.send_message(7001, "another chat's fault")
    server.fail_next("sendMessage", 400, times=5)
    server.heal()
    await bot.send_message(7001, "healed")


async def test_every_call_is_on_record(bot: Bot, server: PreviewServer) -> None:
    await server.person(7001).start()
    await bot.send_message(7001, "a")
    with pytest.raises(BadRequest):
        await bot.send_message(7001, "")
    record = [(c.method, c.params.get("text"), c.status) for c in server.calls]
    assert record[-2:] == [("sendMessage", "a", 200), ("sendMessage", "", 400)]


async def test_files_fail_too(bot: Bot, server: PreviewServer) -> None:
    await server.person(7001).start()
    sent = await bot.send_document(7001, b"abc", filename="a.txt")
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    server.fail_next("file", 500)
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    server.fail_next("file", drop=True)
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert bytes(await file.download_as_bytearray()) == b"abc"
