"""Every kind of update has an outcome."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.cases.model import FileKind, FileRef
from bot.conversation.incoming import Arrival, Incoming, Point
from bot.tg.bot import KomekBot, make_bot
from bot.tg.envelope import lane, read_envelope
from bot.tg.reading import read

PERSON = {"id": 71, "is_bot": False, "first_name": "Aida", "language_code": "ky"}
BOT = {"id": 99, "is_bot": True, "first_name": "Komek", "username": "komek_bot"}
PRIVATE = {"id": 71, "type": "private", "first_name": "Aida"}
GROUP = {"id": -500, "type": "group", "title": "Mothers"}
CHANNEL = {"id": -100500, "type": "channel", "title": "News"}
FILE = {"file_id": "f1", "file_unique_id": "u1", "file_size": 10}
MEMBER = {"status": "member", "user": BOT}
KICKED = {"status": "kicked", "user": BOT, "until_date": 0}
LEFT = {"status": "left", "user": BOT}


class NamedBot(KomekBot):
    """A bot that has met Telegram: its name is known."""

    username = "Komek_Bot"


@pytest.fixture
def bot() -> KomekBot:
    return NamedBot("99:secret-secret")


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_700_000_000, "chat": chat, "from": PERSON, **content}


def update(kind: str, body: dict[str, Any]) -> str:
    return json.dumps({"update_id": 1, kind: body})


def heard(bot: KomekBot, **content: Any) -> Incoming:
    return read(update("message", message(**content)), bot)


def test_a_text_keeps_every_word_and_says_whose_it_is(bot: KomekBot) -> None:
    text = "мага жардам керек " * 220 + "!"
    incoming = heard(bot, text=text)
    assert incoming == Incoming(1, Arrival.TEXT, 71, "ky", text, 5)


@pytest.mark.parametrize(
    ("text", "arrival", "read_as"),
    [
        ("/start", Arrival.COMMAND, "start"),
        ("/start fromflyer-2", Arrival.COMMAND, "start fromflyer-2"),
        ("/Menu@komek_bot ", Arrival.COMMAND, "Menu"),
        ("/help муж бьёт меня", Arrival.TEXT, "/help муж бьёт меня"),
        ("/help nasilie", Arrival.TEXT, "/help nasilie"),
        ("/ муж бьёт", Arrival.TEXT, "/ муж бьёт"),
        ("/помощь", Arrival.TEXT, "/помощь"),
    ],
)
def test_commands_and_words_that_look_like_one(
    bot: KomekBot, text: str, arrival: Arrival, read_as: str
) -> None:
    incoming = heard(bot, text=text)
    assert (incoming.arrival, incoming.text) == (arrival, read_as)


def test_a_forwarded_text_is_a_text(bot: KomekBot) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "X"}
    assert heard(bot, text="салам", forward_origin=origin).arrival is Arrival.TEXT


SIZES = [
    {**FILE, "file_id": "small", "width": 90, "height": 90},
    {**FILE, "file_id": "large", "width": 1280, "height": 960, "file_size": 99},
    {**FILE, "file_id": "middle", "width": 320, "height": 240},
]
MOVING = {**FILE, "width": 1, "height": 1, "duration": 2, "mime_type": "video/mp4"}


@pytest.mark.parametrize(
    ("content", "file"),
    [
        ({"photo": SIZES}, FileRef("large", FileKind.PHOTO, "", "image/jpeg", 99)),
        (
            {"document": {**FILE, "file_name": "паспорт.pdf", "mime_type": "application/pdf"}},
            FileRef("f1", FileKind.DOCUMENT, "паспорт.pdf", "application/pdf", 10),
        ),
        ({"voice": {**FILE, "duration": 3}}, FileRef("f1", FileKind.VOICE, "", "audio/ogg", 10)),
        (
            {"audio": {**FILE, "duration": 3, "file_name": "a.mp3", "mime_type": "audio/mpeg"}},
            FileRef("f1", FileKind.AUDIO, "a.mp3", "audio/mpeg", 10),
        ),
        ({"video": MOVING}, FileRef("f1", FileKind.VIDEO, "", "video/mp4", 10)),
        (
            {"animation": MOVING, "document": FILE},
            FileRef("f1", FileKind.VIDEO, "", "video/mp4", 10),
        ),
        (
            {"video_note": {**FILE, "length": 240, "duration": 3}},
            FileRef("f1", FileKind.VIDEO, "", "video/mp4", 10),
        ),
    ],
)
def test_files_come_with_their_caption(
    bot: KomekBot, content: dict[str, Any], file: FileRef
) -> None:
    incoming = heard(bot, caption="мына", **content)
    assert (incoming.arrival, incoming.text, incoming.file) == (Arrival.FILE, "мына", file)
    assert heard(bot, **content).text == ""


def test_places(bot: KomekBot) -> None:
    place = {"latitude": 42.3, "longitude": 69.6}
    venue = {"location": place, "title": "T", "address": "A"}
    for content in (
        {"location": place},
        {"location": {**place, "live_period": 900}},
        {"venue": venue, "location": place},
    ):
        incoming = heard(bot, **content)
        assert (incoming.arrival, incoming.point) == (Arrival.LOCATION, Point(42.3, 69.6))


def test_a_contact_gives_its_number(bot: KomekBot) -> None:
    incoming = heard(bot, contact={"phone_number": "+77010000000", "first_name": "A"})
    assert (incoming.arrival, incoming.text) == (Arrival.CONTACT, "+77010000000")


STICKER = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False}


@pytest.mark.parametrize(
    ("content", "arrival"),
    [
        ({"sticker": {**STICKER, "is_video": False}}, Arrival.OTHER),
        ({"dice": {"emoji": "🎲", "value": 3}}, Arrival.OTHER),
        ({"hologram": {"file_id": "x"}}, Arrival.OTHER),
        ({"message_auto_delete_timer_changed": {"message_auto_delete_time": 9}}, Arrival.IGNORED),
        ({"sticker": {"broken": True}}, Arrival.OTHER),
    ],
)
def test_what_is_neither_words_nor_file(
    bot: KomekBot, content: dict[str, Any], arrival: Arrival
) -> None:
    assert heard(bot, **content).arrival is arrival


def test_a_poll_is_something_the_bot_cannot_use(bot: KomekBot) -> None:
    poll = {
        "id": "1",
        "question": "?",
        "options": [{"persistent_id": "a", "text": "a", "voter_count": 0}],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
    }
    assert heard(bot, poll=poll).arrival is Arrival.OTHER


def test_words_are_heard_even_when_the_rest_of_the_message_cannot_be_read(bot: KomekBot) -> None:
    incoming = heard(bot, text="мени урат", entities=[{"kind": "of a later age"}])
    assert (incoming.arrival, incoming.text, incoming.address) == (Arrival.TEXT, "мени урат", 71)


def test_a_caption_is_heard_even_when_the_file_cannot_be_read(bot: KomekBot) -> None:
    incoming = heard(bot, photo=[{"broken": True}], caption="мени урат")
    assert (incoming.arrival, incoming.text) == (Arrival.TEXT, "мени урат")


def test_an_impossible_time_does_not_hide_the_words(bot: KomekBot) -> None:
    raw = update("message", {**message(text="мени урат"), "date": 10**20})
    assert read(raw, bot).text == "мени урат"


def test_an_edit_is_heard_even_when_it_cannot_be_read(bot: KomekBot) -> None:
    body = message(text="мени урат", entities=[{"kind": "of a later age"}])
    incoming = read(update("edited_message", body), bot)
    assert (incoming.arrival, incoming.text) == (Arrival.EDIT, "мени урат")


def test_half_characters_do_not_reach_the_database(bot: KomekBot) -> None:
    raw = update("message", message(text="PLACE")).replace("PLACE", "a\\ud83d")
    read(raw, bot).text.encode()


@pytest.mark.parametrize(
    ("body", "arrival", "text"),
    [
        (message(edit_date=1, text="жаңы"), Arrival.EDIT, "жаңы"),
        (message(edit_date=1, photo=SIZES, caption="жаңы"), Arrival.EDIT, "жаңы"),
        (message(edit_date=1, location={"latitude": 1, "longitude": 1}), Arrival.IGNORED, ""),
        (message(GROUP, edit_date=1, text="жаңы"), Arrival.IGNORED, ""),
    ],
)
def test_edits(bot: KomekBot, body: dict[str, Any], arrival: Arrival, text: str) -> None:
    incoming = read(update("edited_message", body), bot)
    assert (incoming.arrival, incoming.text, incoming.message) == (arrival, text, 5)


def test_taps(bot: KomekBot) -> None:
    query = {"id": "77", "from": PERSON, "chat_instance": "1", "data": "topic:overstay"}
    ours = {**message(text="x"), "from": BOT}
    tapped = Incoming(1, Arrival.TAP, 71, "ky", "topic:overstay", 5)
    assert read(update("callback_query", {**query, "message": ours}), bot) == tapped
    gone = {"chat": PRIVATE, "message_id": 5, "date": 0}
    assert read(update("callback_query", {**query, "message": gone}), bot) == tapped
    old = read(update("callback_query", query), bot)
    assert (old.arrival, old.address, old.message) == (Arrival.TAP, 71, None)
    in_group = {**message(GROUP, text="x"), "from": BOT}
    other = read(update("callback_query", {**query, "message": in_group}), bot)
    assert other.arrival is Arrival.IGNORED
    assert read_envelope(update("callback_query", query)).callback_query == "77"


@pytest.mark.parametrize(
    ("chat", "old", "new", "arrival"),
    [
        (PRIVATE, MEMBER, KICKED, Arrival.BLOCKED),
        (PRIVATE, KICKED, MEMBER, Arrival.UNBLOCKED),
        (GROUP, LEFT, MEMBER, Arrival.GROUP),
        (GROUP, MEMBER, LEFT, Arrival.IGNORED),
        (GROUP, MEMBER, MEMBER, Arrival.IGNORED),
        (CHANNEL, LEFT, MEMBER, Arrival.IGNORED),
    ],
)
def test_membership(
    bot: KomekBot,
    chat: dict[str, Any],
    old: dict[str, Any],
    new: dict[str, Any],
    arrival: Arrival,
) -> None:
    body = {"chat": chat, "from": PERSON, "date": 1, "old_chat_member": old}
    incoming = read(update("my_chat_member", {**body, "new_chat_member": new}), bot)
    assert (incoming.arrival, incoming.address) == (arrival, chat["id"])


@pytest.mark.parametrize(
    ("text", "arrival"),
    [
        ("/help", Arrival.GROUP),
        ("/help@KOMEK_bot please", Arrival.GROUP),
        ("/help@another_bot", Arrival.IGNORED),
        ("сурачы @komek_bot", Arrival.GROUP),
        ("@komek_bot_2 салам", Arrival.IGNORED),
        ("жөн эле сүйлөшүү", Arrival.IGNORED),
    ],
)
def test_groups(bot: KomekBot, text: str, arrival: Arrival) -> None:
    incoming = heard(bot, chat=GROUP, text=text)
    assert (incoming.arrival, incoming.address, incoming.text) == (arrival, -500, "")


def test_an_answer_to_the_bot_in_a_group_is_for_the_bot(bot: KomekBot) -> None:
    ours = {**message(GROUP, text="x"), "from": BOT}
    assert heard(bot, chat=GROUP, text="рахмат", reply_to_message=ours).arrival is Arrival.GROUP


def test_a_bot_that_never_met_telegram_reads_all_the_same() -> None:
    stranger = make_bot("99:secret-secret", "http://127.0.0.1:9")
    assert heard(stranger, chat=GROUP, text="@komek_bot").arrival is Arrival.IGNORED
    assert heard(stranger, text="салам").arrival is Arrival.TEXT


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("channel_post", {**message(CHANNEL, text="x"), "from": None}),
        ("inline_query", {"id": "1", "from": PERSON, "query": "x", "offset": ""}),
        ("message_reaction", {"chat": PRIVATE, "message_id": 5, "date": 1}),
        ("thought", {"from": PERSON}),
        ("message", {**message(text="x"), "from": BOT}),
        ("message", {**message(GROUP, text="/help"), "from": BOT}),
    ],
)
def test_the_rest_is_ignored(bot: KomekBot, kind: str, body: dict[str, Any]) -> None:
    assert read(update(kind, body), bot).arrival is Arrival.IGNORED


def test_lanes_and_what_is_no_update() -> None:
    assert lane(update("message", message(text="x"))) == 71
    assert lane(update("message", message(GROUP, text="x"))) == -500
    assert lane(update("inline_query", {"id": "1", "from": PERSON})) == 71
    assert lane('{"update_id": 3}') == 0
    for wrong in ("[]", "nonsense", "{}", '{"update_id": true}', '{"update_id": -1}', "[" * 10**5):
        with pytest.raises(ValueError, match=r"."):
            lane(wrong)
