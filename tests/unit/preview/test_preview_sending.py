"""The real python-telegram-bot sends; the person sees it; Telegram's refusals come back."""

from __future__ import annotations

import zlib
from struct import pack
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.preview.person import Person
from bot.preview.server import PreviewServer
from bot.preview.spec import load_spec

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup


def png(width: int = 4, height: int = 3) -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
async def parent(server: PreviewServer) -> Person:
    person = server.person(7001, "Айгүл", "ky")
    await person.start()
    return person


async def raw(server: PreviewServer, method: str, **params: Any) -> dict[str, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.api_url}{server.token}/{method}", json=params) as response,
    ):
        body: dict[str, Any] = await response.json()
        assert response.status == (200 if body["ok"] else body["error_code"])
        return body


async def test_a_card_with_buttons_arrives_and_is_edited(bot: Bot, parent: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Steps", callback_data="steps")]])
    sent = await bot.send_message(7001, "<b>School</b> &amp; you", "HTML", reply_markup=keyboard)
    assert sent.text_html == "<b>School</b> &amp; you"
    assert sent.reply_markup == keyboard

    [shown] = await parent.heard()
    assert (shown.text, shown.buttons[0][0].data, shown.kind) == ("School & you", "steps", "text")

    edited = await bot.edit_message_text("Steps: …", 7001, sent.message_id)
    assert edited.edit_date is not None  # type: ignore[union-attr]
    [shown] = await parent.heard()
    assert (shown.text, shown.buttons, shown.edited) == ("Steps: …", (), True)

    with pytest.raises(BadRequest, match="Message is not modified: specified new message"):
        await bot.edit_message_text("Steps: …", 7001, sent.message_id)
    await bot.delete_message(7001, sent.message_id)
    assert all(message.id != sent.message_id for message in parent.messages)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("again", 7001, sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(7001, sent.message_id)


async def test_every_kind_of_send_is_what_the_specification_says(
    bot: Bot, server: PreviewServer, parent: Person
) -> None:
    sent = [
        await bot.send_photo(7001, png(), caption="<i>map</i>", parse_mode="HTML"),
        await bot.send_document(7001, b"%PDF-1.4", filename="list.pdf", caption="List"),
        await bot.send_voice(7001, b"OggS", duration=2),
        await bot.send_audio(7001, b"ID3", title="Song", filename="a.mp3"),
        await bot.send_video(7001, b"mp4", filename="a.mp4"),
        await bot.send_location(7001, 43.238, 76.945),
        await bot.send_venue(7001, 43.238, 76.945, "Centre", "Abay 10"),
        await bot.send_contact(7001, "+77271234567", "Hotline"),
        await bot.send_message(7001, "b", reply_parameters=ReplyParameters(parent.messages[0].id)),
    ]
    kinds = [shown.kind for shown in await parent.heard(len(sent))]
    assert kinds == [
        "photo", "document", "voice", "audio", "video", "location", "venue", "contact", "text",
    ]  # fmt: skip
    assert sent[0].caption_html == "<i>map</i>"
    assert (sent[0].photo[-1].width, sent[0].photo[-1].height) == (4, 3)
    assert sent[8].reply_to_message is not None
    for message in parent.chat.messages.values():
        load_spec().check_object("Message", message.as_json())
    again = await bot.send_photo(7001, sent[0].photo[-1].file_id)
    assert again.photo == sent[0].photo
    for method in ("getMe", "getWebhookInfo", "getMyCommands"):
        assert (await raw(server, method))["ok"]
    chat = await raw(server, "getChat", chat_id=7001)
    load_spec().check_object("ChatFullInfo", chat["result"])
    assert (await bot.get_chat(7001)).first_name == "Айгүл"


async def test_files_come_down_as_they_went_up(bot: Bot, parent: Person) -> None:
    data = bytes(range(256)) * 1000
    sent = await bot.send_document(7001, data, filename="бала.bin")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("бала.bin", len(data))
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == data
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("no-such-file")


async def test_big_files_are_refused_both_ways(
    bot: Bot, server: PreviewServer, parent: Person
) -> None:
    sent = await bot.send_document(7001, bytes(20 * 1024 * 1024 + 1), filename="big.bin")
    assert sent.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(sent.document.file_id)
    form = aiohttp.FormData({"chat_id": "7001"})
    form.add_field("document", bytes(52 * 1024 * 1024), filename="huge.bin")
    address = f"{server.api_url}{server.token}/sendDocument"
    async with aiohttp.ClientSession() as session, session.post(address, data=form) as response:
        assert response.status == 413


async def test_keyboards_under_the_composer(bot: Bot, parent: Person) -> None:
    rows = [[KeyboardButton("Share place", request_location=True), KeyboardButton("Menu")]]
    sent = await bot.send_message(7001, "Where?", reply_markup=ReplyKeyboardMarkup(rows))
    assert parent.keyboard == (("Share place", "Menu"),)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("Where are you?", 7001, sent.message_id)
    await parent.tap("Menu")
    assert parent.messages[-1].text == "Menu"
    await bot.send_message(7001, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert not parent.keyboard


def inline(**button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", **button)]])


@pytest.mark.parametrize(
    ("text", "extra", "complaint"),
    [
        ("", {}, "Message text is empty"),
        (" \n ", {}, "Text must be non-empty"),
        ("<b></b>", {"parse_mode": "HTML"}, "Text must be non-empty"),
        ("ү" * 4097, {}, "Message is too long"),
        ("<b>a", {"parse_mode": "HTML"}, "Can't parse entities: Can't find end tag"),
        ("a", {"parse_mode": "XML"}, "Unsupported parse_mode"),
        ("a", {"reply_markup": inline(callback_data="ү" * 33)}, "Button_data_invalid"),
        ("a", {"reply_markup": inline(url="tel:+77271234567")}, "URL 'tel:.*' is invalid"),
        ("a", {"reply_markup": inline(url="ftp://gov.kz")}, "Unsupported URL protocol"),
        ("a", {"reply_markup": inline()}, "Text buttons are unallowed"),
        ("a", {"reply_markup": inline(url="https://gov.kz", callback_data="b")}, "exactly one"),
        ("a", {"reply_parameters": ReplyParameters(1)}, "Message to be replied not found"),
        ("a", {"api_kwargs": {"colour": "red"}}, 'has no parameter or field "colour"'),
        ("a", {"api_kwargs": {"reply_markup": "{"}}, "can't parse sendMessage.reply_markup"),
        ("a", {"message_thread_id": 5}, "Message thread not found"),
    ],
)
async def test_what_telegram_refuses(
    bot: Bot, parent: Person, text: str, extra: dict[str, Any], complaint: str
) -> None:
    before = parent.messages
    with pytest.raises(BadRequest, match=f"(?i){complaint}"):
        await bot.send_message(7001, text, **extra)
    assert parent.messages == before


async def test_wrong_types_missing_fields_and_unknown_methods(
    server: PreviewServer, parent: Person
) -> None:
    wrong = await raw(server, "sendMessage", chat_id=7001, text=5)
    assert wrong["description"] == "Bad Request: sendMessage.text must be of type String"
    wrong = await raw(server, "sendMessage", text="a")
    assert wrong["description"] == "Bad Request: chat_id is empty"
    wrong = await raw(server, "sendLocation", chat_id=7001, latitude=43.2)
    assert wrong["error_code"] == 400
    wrong = await raw(server, "sendPoll", chat_id=7001, question="a", options=[])
    assert wrong["description"].endswith("method sendPoll is not offered by the local server")
    wrong = await raw(server, "sendPigeon")
    assert (wrong["error_code"], wrong["description"]) == (404, "Not Found: method not found")
    assert (await raw(server, "SENDMESSAGE", chat_id="7001", text="a"))["ok"]


async def test_captions_pictures_and_actions(bot: Bot, parent: Person) -> None:
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(7001, png(), caption="a" * 1025)
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(7001, b"no picture")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_photo(7001, "nobody-knows-this")
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await bot.send_chat_action(7001, "dancing")
    assert await bot.send_chat_action(7001, "typing")
    sent = await bot.send_message(
        7001, "https://gov.kz", link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    assert sent.link_preview_options == LinkPreviewOptions(is_disabled=True)


async def test_people_who_cannot_be_reached(
    bot: Bot, server: PreviewServer, parent: Person
) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(4242, "a")
    server.person(7002)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(7002, "a")
    await parent.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7001, "a")
    await parent.unblock()
    await bot.send_message(7001, "a")
    await parent.delete_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(7001, "a")


async def test_too_many_messages_in_one_chat(
    bot: Bot, server: PreviewServer, parent: Person
) -> None:
    server.flood.per_second = 3
    for number in range(3):
        await bot.send_message(7001, str(number))
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(7001, "one too many")
    assert refused.value._retry_after.total_seconds() == 1
    await server.person(7002).start()
    await bot.send_message(7002, "another chat is not affected")


async def test_a_wrong_token_opens_nothing(server: PreviewServer) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("123:wrong", base_url=server.api_url):
            pass


async def test_names_commands_and_menu(bot: Bot, server: PreviewServer, parent: Person) -> None:
    await bot.set_my_name("Көмөк", language_code="ky")
    await bot.set_my_description("Help in five languages")
    await bot.set_my_short_description("Help")
    assert (await bot.get_my_name("ky")).name == "Көмөк"
    assert (await bot.get_my_name("de")).name == "Komek"
    assert (await bot.get_my_description()).description == "Help in five languages"
    await bot.set_my_commands([BotCommand("menu", "Menu")])
    ky = [BotCommand("menu", "Меню"), BotCommand("help", "Жардам")]
    await bot.set_my_commands(ky, BotCommandScopeAllPrivateChats(), "ky")
    assert list(await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "ky")) == ky
    shown = server.world.profile.commands_for(7001, "ky")
    assert [command["description"] for command in shown] == ["Меню", "Жардам"]
    await bot.set_my_commands([BotCommand("menu", "Own")], BotCommandScopeChat(7001))
    assert server.world.profile.commands_for(7001, "ky")[0]["description"] == "Own"
    await bot.delete_my_commands(BotCommandScopeAllPrivateChats(), "ky")
    assert await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "ky") == ()
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("help-me", "Help")])
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.get_chat_menu_button(7001) == MenuButtonCommands()
