"""The real library against the local Telegram: what arrives, and what each trouble means."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import InputFile, Message
from telegram.error import NetworkError, TimedOut

from bot.delivery.card import Button, Card, Keyboard, Kind, Pin
from bot.errors import (
    DeliveryError,
    MessageRefused,
    RecipientGone,
    RecipientMoved,
    TryLater,
    Uncertain,
)
from bot.preview.person import Person
from bot.preview.server import PreviewServer
from bot.tg.bot import KomekBot, make_bot
from bot.tg.request import NoAnswer, NotSent
from bot.tg.sending import TelegramChannel

TEXT = Card(Kind.ANSWER, "<b>Салам</b> &amp; рахмат", ((Button("OK", "ok"),),))


@pytest.fixture
def channel(bot: KomekBot) -> TelegramChannel:
    return TelegramChannel(bot)


@pytest.fixture
async def aida(telegram: PreviewServer) -> Person:
    person = telegram.person(71, language_code="ky")
    await person.start()
    return person


def sent(telegram: PreviewServer, method: str) -> int:
    return sum(call.method == method for call in telegram.calls)


async def test_a_card_arrives(channel: TelegramChannel, aida: Person) -> None:
    message = await channel.send(71, TEXT)
    [shown] = await aida.heard()
    assert (shown.id, shown.text) == (message, "Салам & рахмат")
    assert shown.content["entities"][0]["type"] == "bold"
    assert shown.content["link_preview_options"] == {"is_disabled": True}
    assert shown.button("OK") is not None


async def test_a_place_is_followed_by_its_pin(
    telegram: PreviewServer, channel: TelegramChannel, aida: Person
) -> None:
    telegram.fail_next("sendVenue", 429, retry_after=1)
    await channel.send(71, Card(Kind.PLACE, "Борбор", pin=Pin(42.3, 69.6, "Борбор", "")))
    text, pin = await aida.heard(2)
    assert (text.kind, pin.kind) == ("text", "venue")


async def test_a_pin_that_fails_does_not_send_the_text_twice(
    telegram: PreviewServer, channel: TelegramChannel, aida: Person
) -> None:
    telegram.fail_next("sendVenue", 400)
    await channel.send(71, Card(Kind.PLACE, "Борбор", pin=Pin(42.3, 69.6, "Борбор", "")))
    assert sent(telegram, "sendMessage") == 1


async def test_long_cards_come_in_pieces_in_order(
    telegram: PreviewServer, channel: TelegramChannel, aida: Person
) -> None:
    text = "\n\n".join(f"{number} " + "сөз " * 300 for number in range(9))
    card = Card(Kind.ANSWER, text, TEXT.buttons)
    message = await channel.send(71, card)
    pieces = [shown for shown in aida.messages if shown.by_bot]
    assert len(pieces) == 3
    assert [bool(piece.buttons) for piece in pieces] == [False, False, True]
    assert message == pieces[-1].id


async def test_trouble_between_pieces_does_not_begin_again(
    telegram: PreviewServer,
    channel: TelegramChannel,
    aida: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send, tries = KomekBot.send_message, 0

    async def fail_second(self: KomekBot, *args: Any, **more: Any) -> Message:
        nonlocal tries
        tries += 1
        if tries == 2:
            telegram.fail_next("sendMessage", 429, retry_after=1)
        return await send(self, *args, **more)

    monkeypatch.setattr(KomekBot, "send_message", fail_second)
    await channel.send(71, Card(Kind.ANSWER, "сөз " * 2000))
    assert tries == 3
    assert len([shown for shown in aida.messages if shown.by_bot]) == 2


async def test_a_keyboard_is_shown(channel: TelegramChannel, aida: Person) -> None:
    await channel.send(71, Card(Kind.ASK, "Кайда?", keyboard=Keyboard("Бул жерде", ("Мен",))))
    assert aida.keyboard == (("Бул жерде",), ("Мен",))


async def test_a_menu_is_edited_in_place(channel: TelegramChannel, aida: Person) -> None:
    first = await channel.send(71, TEXT)
    menu = Card(Kind.MENU, "Меню", TEXT.buttons, replaces=first)
    assert await channel.send(71, menu) == first
    assert await channel.send(71, menu) == first  # "not modified" is fine
    assert [shown.text for shown in aida.messages if shown.by_bot] == ["Меню"]


async def test_what_cannot_be_edited_is_sent_anew(channel: TelegramChannel, aida: Person) -> None:
    asked = await channel.send(71, Card(Kind.ASK, "Кайда?", keyboard=Keyboard("Бул жерде")))
    for replaces in (asked, 999):  # a message with a keyboard, a message that is gone
        sent_id = await channel.send(71, Card(Kind.MENU, "Меню", replaces=replaces))
        assert sent_id not in (asked, 999)


async def test_broken_html_is_sent_as_plain_text(channel: TelegramChannel, aida: Person) -> None:
    first = await channel.send(71, Card(Kind.REPLY, "5 < 6 <b>жана</b> &amp; <u>"))
    [shown] = await aida.heard()
    assert shown.text == "5 < 6 жана &"
    await channel.send(71, Card(Kind.REPLY, "<b>оңдолду", replaces=first))
    assert aida.messages[-1].text == "оңдолду"
    assert aida.messages[-1].id == first


@pytest.mark.parametrize(
    ("status", "error", "seconds"),
    [
        (429, TryLater, 7),
        (500, TryLater, 2),
        (502, TryLater, 2),
        (401, TryLater, 60),
        (403, RecipientGone, None),
        (400, RecipientGone, None),  # the local server says "chat not found"
    ],
)
async def test_every_refusal_says_what_to_do(
    telegram: PreviewServer,
    channel: TelegramChannel,
    aida: Person,
    status: int,
    error: type[DeliveryError],
    seconds: float | None,
) -> None:
    telegram.fail_next("sendMessage", status, retry_after=7 if status == 429 else None)
    with pytest.raises(error) as caught:
        await channel.send(71, TEXT)
    assert getattr(caught.value, "seconds", None) == seconds


async def test_people_who_are_gone(
    telegram: PreviewServer, channel: TelegramChannel, aida: Person
) -> None:
    await aida.block()
    with pytest.raises(RecipientGone):
        await channel.send(71, TEXT)
    await aida.unblock()
    await aida.delete_account()
    with pytest.raises(RecipientGone):
        await channel.send(71, TEXT)
    with pytest.raises(RecipientGone):
        await channel.send(4711, TEXT)


async def test_a_group_that_moved(
    telegram: PreviewServer, channel: TelegramChannel, aida: Person
) -> None:
    group = aida.in_group("Энелер")
    new = await group.become_supergroup()
    with pytest.raises(RecipientMoved) as caught:
        await channel.send(group.chat.id, TEXT)
    assert caught.value.new_id == new


async def test_what_telegram_never_takes_is_refused(channel: TelegramChannel, aida: Person) -> None:
    with pytest.raises(MessageRefused):
        await channel.send(71, Card(Kind.NOTE, "x", ((Button("A", address="nonsense"),),)))


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_that_breaks_leaves_doubt(
    telegram: PreviewServer, channel: TelegramChannel, aida: Person, after: bool
) -> None:
    telegram.fail_next("sendMessage", drop=True, after=after)
    with pytest.raises(Uncertain):
        await channel.send(71, TEXT)


async def test_an_answer_that_does_not_come_leaves_doubt(
    telegram: PreviewServer, bot: KomekBot, aida: Person
) -> None:
    telegram.latency = 1.0
    with pytest.raises(TimedOut) as caught:
        await bot.send_message(71, "x", read_timeout=0.1)
    assert isinstance(caught.value, NoAnswer)


async def test_a_closed_door_is_tried_again(telegram: PreviewServer) -> None:
    await telegram.stop()
    lonely = make_bot(telegram.token, telegram.base_url)
    with pytest.raises(TryLater):  # nothing opened yet
        await TelegramChannel(lonely).send(71, TEXT)
    with pytest.raises(NotSent) as caught:
        await lonely.initialize()
    assert telegram.token not in str(caught.value)
    with pytest.raises(TryLater):
        await TelegramChannel(lonely).send(71, TEXT)
    await lonely.shutdown()


async def test_a_full_pool_counts_as_not_sent(telegram: PreviewServer, aida: Person) -> None:
    narrow = make_bot(telegram.token, telegram.base_url)
    narrow.request._at_once = 1  # type: ignore[attr-defined]  # ours
    await narrow.initialize()
    telegram.latency = 0.6
    first = asyncio.create_task(narrow.send_message(71, "one"))
    await asyncio.sleep(0.1)
    with pytest.raises(NotSent):
        await narrow.send_message(71, "two", connect_timeout=0.1)
    await first
    await narrow.shutdown()


async def test_a_broken_answer_is_not_logged(
    telegram: PreviewServer, bot: KomekBot, aida: Person, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail_next("sendMessage", 502)  # answered with a page, not JSON
    with pytest.raises(NetworkError):
        await bot.send_message(71, "x")
    assert caplog.text == ""


async def test_the_token_is_not_shown_by_accident(bot: KomekBot) -> None:
    assert bot.token not in f"{bot!r} {bot!s}"


async def test_files_go_both_ways(
    telegram: PreviewServer, bot: KomekBot, channel: TelegramChannel, aida: Person
) -> None:
    data = b"%PDF " + bytes(range(256)) * 4000
    await bot.send_document(71, InputFile(data, filename="Өтүнүч.pdf"))
    document = aida.messages[-1].content["document"]
    assert document["file_name"] == "Өтүнүч.pdf"
    assert await channel.fetch(document["file_id"]) == data


async def test_a_file_that_is_too_big_is_refused(channel: TelegramChannel, aida: Person) -> None:
    await aida.send_document(bytes(20 * 1024 * 1024 + 1), "film.mp4")
    with pytest.raises(MessageRefused):
        await channel.fetch(aida.messages[-1].content["document"]["file_id"])


async def test_a_file_is_asked_for_again_after_trouble(
    telegram: PreviewServer, channel: TelegramChannel, aida: Person
) -> None:
    await aida.send_document(b"x", "a.txt")
    source = aida.messages[-1].content["document"]["file_id"]
    for method in ("getFile", "file"):
        telegram.fail_next(method, drop=True, times=2)  # a GET is repeated once by itself
        with pytest.raises(TryLater):
            await channel.fetch(source)
        telegram.heal()
    with pytest.raises(TryLater):
        await channel.fetch("unknown, or temporarily unavailable")
    assert await channel.fetch(source) == b"x"


async def test_the_download_itself_is_limited(
    channel: TelegramChannel, aida: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await aida.send_document(bytes(1000), "a.bin")
    monkeypatch.setattr("bot.tg.request.BIGGEST_ANSWER", 900)
    with pytest.raises(MessageRefused):
        await channel.fetch(aida.messages[-1].content["document"]["file_id"])
