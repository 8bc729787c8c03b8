"""The bot hears people: long polling, webhook, and what is dropped, repeated or refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, ChatMigrated, Conflict
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.errors import BadSetting, NotFound
from bot.errors import Conflict as Refusal
from bot.preview.heard import CallbackAnswer
from bot.preview.server import PreviewServer
from bot.preview.spec import load_spec

type_of_app = Application[Any, Any, Any, Any, Any, Any]


async def started(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    keyboard = [[InlineKeyboardButton("Кыргызча", callback_data="lang:ky")]]
    assert update.message is not None
    await update.message.reply_text(
        f"Салам {context.args}", reply_markup=InlineKeyboardMarkup(keyboard)
    )


async def tapped(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("Жакшы", show_alert=True)
    await update.callback_query.edit_message_text(f"Got {update.callback_query.data}")


async def spoke(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"Echo {update.effective_message.text}")


@pytest.fixture
async def application(server: PreviewServer) -> AsyncIterator[type_of_app]:
    builder = ApplicationBuilder().token(server.token)
    app = builder.base_url(server.api_url).base_file_url(server.file_url).build()
    app.add_handler(CommandHandler("start", started))
    app.add_handler(CallbackQueryHandler(tapped))
    app.add_handler(MessageHandler(filters.TEXT, spoke))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        yield app
        await app.updater.stop()
        await app.stop()


async def test_a_conversation_by_long_polling(
    server: PreviewServer, application: type_of_app
) -> None:
    parent = server.person(7001, "Айгүл", "ky")
    await parent.start("from-poster")
    [greeting] = await parent.heard()
    assert greeting.text == "Салам ['from-poster']"

    tap = await parent.tap("Кыргызча")
    assert await tap.answered() == CallbackAnswer("Жакшы", alert=True)
    [edited] = await parent.heard()
    assert (edited.text, edited.edited) == ("Got lang:ky", True)

    message_id = await parent.say("балам мектепке")
    assert (await parent.heard(lambda m: "мектепке" in m.text)).text == "Echo балам мектепке"
    await parent.edit(message_id, "балам бакчага")
    assert (await parent.heard())[0].text == "Echo балам бакчага"
    with pytest.raises(NotFound):
        await parent.tap("No such button")
    with pytest.raises(TimeoutError, match="heard only"):
        await parent.heard(timeout=0.05)


async def test_every_kind_of_update_is_what_the_specification_says(
    bot: Bot, server: PreviewServer
) -> None:
    parent = server.person(7001, "Айгүл", "ky")
    await parent.start()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("b", callback_data="c")]])
    sent = await bot.send_message(7001, "a", reply_markup=keyboard)
    await parent.tap("b")
    await parent.say("x" * 5000, reply_to=sent.message_id)
    await parent.send_location(43.2, 76.9)
    await parent.send_contact()
    await parent.send_photo(b"not a picture goes as a file")
    await parent.send_voice(b"OggS", 4)
    await parent.send_document(b"%PDF", "passport.pdf", "application/pdf", "паспорт")
    await parent.send_sticker("🙏")
    await parent.edit(parent.messages[-2].id, "виза")
    await parent.block()
    await parent.unblock()
    group = parent.in_group("Parents")
    await group.say("hello @komek_local_bot")
    new_id = await group.become_supergroup()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.chat.id, "hello")
    assert moved.value.new_chat_id == new_id
    await parent.channel_post("News", "post")

    updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    for update in updates:
        load_spec().check_object("Update", _undated(update))
    kinds = [next(kind for kind in update.to_dict() if kind != "update_id") for update in updates]
    assert kinds.count("message") == 12
    assert kinds.count("my_chat_member") == 3
    assert set(kinds) == {
        "message", "edited_message", "callback_query", "my_chat_member", "channel_post",
    }  # fmt: skip
    await parent.block()
    with pytest.raises(Refusal):
        await parent.say("nobody hears this")


def _undated(update: Update) -> dict[str, Any]:
    """PTB's own reading of the update, written back."""
    return update.to_dict()


async def test_offsets_confirm_and_seen_ticks_follow(bot: Bot, server: PreviewServer) -> None:
    parent = server.person(7001)
    for text in ("a", "b", "c"):
        await parent.say(text)
    first, *_ = await bot.get_updates(limit=1)
    assert first.message is not None
    assert first.message.text == "a"
    again = await bot.get_updates()
    assert [u.update_id for u in again] == [first.update_id + n for n in range(3)]
    left = await bot.get_updates(offset=first.update_id + 1)
    assert [u.message.text for u in left if u.message] == ["b", "c"]
    assert [m.seen for m in parent.chat.messages.values()] == [True, False, False]
    [last] = await bot.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "c"
    assert await bot.get_updates(offset=last.update_id + 1) == ()


async def test_a_long_poll_ends_as_soon_as_someone_speaks(bot: Bot, server: PreviewServer) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    await server.person(7001).say("Салом")
    async with asyncio.timeout(2):
        [update] = await poll
    assert update.message is not None
    assert update.message.text == "Салом"


async def test_a_second_poller_ends_the_first(bot: Bot, server: PreviewServer) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    async with Bot(server.token, base_url=server.api_url) as another_instance:
        second = asyncio.create_task(another_instance.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await server.person(7001).say("Салом")
        assert len(await second) == 1
    await bot.set_webhook(f"{server.base_url}/nowhere")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()


async def test_only_allowed_kinds_are_queued(bot: Bot, server: PreviewServer) -> None:
    parent = server.person(7001)
    await bot.get_updates(allowed_updates=["my_chat_member"])
    await parent.say("a")
    await parent.block()
    [update] = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_old_taps_and_old_updates_are_gone(
    bot: Bot, server: PreviewServer, move_clock: Callable[..., None]
) -> None:
    parent = server.person(7001)
    await parent.start()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    await bot.send_message(7001, "a", reply_markup=keyboard)
    tap = await parent.tap("Go")
    assert len(await bot.get_updates()) == 2
    move_clock(seconds=151)
    assert len(await bot.get_updates()) == 1
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(tap.id)
    move_clock(hours=24)
    assert await bot.get_updates() == ()


class Receiver:
    """A webhook that answers as it is told."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.headers: list[str | None] = []
        self.bodies: list[dict[str, Any]] = []
        self.reply: dict[str, Any] | None = None
        self.in_flight: dict[int, int] = {}
        self.most_in_flight = 0
        self.slow = 0.0

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.bodies.append(body)
        chat = body["message"]["chat"]["id"] if "message" in body else 0
        self.in_flight[chat] = self.in_flight.get(chat, 0) + 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight[chat])
        await asyncio.sleep(self.slow)
        self.in_flight[chat] -= 1
        status = self.answers.pop(0) if self.answers else 200
        if self.reply and status == 200:
            return web.json_response(self.reply)
        return web.Response(status=status)

    def texts(self) -> list[str]:
        return [body["message"]["text"] for body in self.bodies]


@pytest.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield made, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


async def test_a_webhook_gets_everything_in_order_until_it_says_200(
    bot: Bot, server: PreviewServer, receiver: tuple[Receiver, str]
) -> None:
    hook, url = receiver
    hook.answers = [500, 503]
    await bot.set_webhook(url, secret_token="s3cret", max_connections=5)
    parent, other = server.person(7001), server.person(7002)
    for text in ("a", "b"):
        await parent.say(text)
    await until(lambda: len(hook.bodies) == 4)
    assert hook.texts() == ["a", "a", "a", "b"]
    assert set(hook.headers) == {"s3cret"}
    ids = [body["update_id"] for body in hook.bodies]
    assert ids[0] == ids[1] == ids[2] == ids[3] - 1
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == (url, 5, 0)
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"

    hook.slow = 0.05
    for text in ("c", "d"):
        await parent.say(text)
        await other.say(text)
    await until(lambda: len(hook.bodies) == 8)
    await until(lambda: server.pending_updates == 0)
    assert hook.most_in_flight == 1
    assert sorted(hook.texts()[4:6]) == ["c", "c"]  # two people at the same time

    await bot.delete_webhook()
    await parent.say("e")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "e"


async def test_a_webhook_may_answer_with_a_call(
    bot: Bot, server: PreviewServer, receiver: tuple[Receiver, str]
) -> None:
    hook, url = receiver
    hook.reply = {"method": "sendMessage", "chat_id": 7001, "text": "at once"}
    await bot.set_webhook(url)
    parent = server.person(7001)
    await parent.say("a")
    assert (await parent.heard())[0].text == "at once"


async def test_webhook_addresses_elsewhere_are_refused(bot: Bot) -> None:
    for url in ("https://example.com/hook", "ftp://127.0.0.1/", "http://10.0.0.1/hook"):
        with pytest.raises(BadRequest, match="Bad webhook"):
            await bot.set_webhook(url)
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="не тайна")


async def test_only_loopback_and_one_clear_sentence_about_a_taken_port(
    server: PreviewServer,
) -> None:
    with pytest.raises(BadSetting, match="this machine only"):
        await PreviewServer().start("0.0.0.0")
    port = int(server.base_url.rpartition(":")[2])
    with pytest.raises(BadSetting, match=f"port {port}"):
        await PreviewServer().start(port=port)
    with pytest.raises(BadSetting, match="token looks like"):
        PreviewServer("nonsense")
