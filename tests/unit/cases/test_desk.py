"""What caseworkers do with cases, and what the parent gets of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.cases import desk, desk_news, desk_view, store
from bot.cases.desk_cards import PIECE, pieces
from bot.cases.desk_view import View
from bot.cases.model import Author, Outcome, Said, Status
from bot.cases.tables import CaseRow, MessageRow
from bot.delivery import outbox
from bot.delivery.card import Card, Kind, unpack
from bot.delivery.tables import OutboxRow
from bot.errors import Conflict, NotAllowed
from bot.people import store as people
from bot.staff.model import Member
from bot.staff.tables import AuditRow
from bot.storage.database import Database
from tests.conftest import HandClock
from tests.unit.cases.scenery import Scenery, parent_opens_case, plain_locales, set_up

LOCALES = plain_locales()


@pytest.fixture
async def scenery(database: Database, clock: HandClock) -> Scenery:
    return await set_up(database, clock.now())


async def take(database: Database, member: Member, case_id: int, clock: HandClock) -> None:
    async with database.transaction() as session:
        await desk.take(session, member, case_id, LOCALES, clock.now())


async def reply(
    database: Database, member: Member, case_id: int, text: str, key: str, clock: HandClock
) -> None:
    async with database.transaction() as session:
        await desk.reply(session, member, case_id, text, key, LOCALES, clock.now())


async def cards(database: Database) -> list[Card]:
    async with database.reading() as session:
        rows = await session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        return [unpack(row.card) for row in rows if row.card]


async def test_a_taken_case_has_one_caseworker_and_the_parent_is_told(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    await take(database, scenery.aliya, scenery.case.id, clock)  # a double click
    with pytest.raises(Conflict):
        await take(database, scenery.berik, scenery.case.id, clock)
    [card] = await cards(database)
    assert card.kind is Kind.NOTE
    assert "Aliya" in card.text
    assert "Sergeeva" not in card.text


async def test_a_reply_is_escaped_headed_and_sent_once(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    for _ in range(2):
        await reply(database, scenery.aliya, scenery.case.id, "1 < 2 & <b>", "k", clock)
    sent = [card for card in await cards(database) if card.kind is Kind.REPLY]
    assert len(sent) == 1
    assert "Reply from Nadezhda" in sent[0].text
    assert sent[0].text.endswith("1 &lt; 2 &amp; &lt;b&gt;")
    async with database.transaction() as session:
        view = await desk_view.case(session, scenery.aliya, scenery.case.id, clock.now())
    assert view.line.waiting_since is None
    assert view.messages[-1].author is Author.WORKER
    assert view.messages[-1].delivery == "waiting"


async def test_the_fate_of_a_reply_is_shown(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    await reply(database, scenery.aliya, scenery.case.id, "Саламатсызбы", "k", clock)
    async with database.transaction() as session:
        row = await session.scalar(select(OutboxRow).where(OutboxRow.keep))
        assert row is not None
        await outbox.failed(session, row.id, "blocked")
    async with database.transaction() as session:
        view = await desk_view.case(session, scenery.aliya, scenery.case.id, clock.now())
        (line,) = await desk_view.queue(session, scenery.aliya, desk_view.View.MINE)
    assert (view.messages[-1].delivery, view.messages[-1].problem) == ("failed", "blocked")
    assert line.delivery == "failed"


async def test_only_whoever_took_the_case_replies(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    with pytest.raises(NotAllowed):
        await reply(database, scenery.aliya, scenery.case.id, "hello", "k", clock)
    await take(database, scenery.aliya, scenery.case.id, clock)
    for member in (scenery.berik, scenery.boss):
        with pytest.raises(NotAllowed):
            await reply(database, member, scenery.case.id, "hello", "k", clock)
    assert [card.kind for card in await cards(database)] == [Kind.NOTE]


async def test_a_note_reaches_no_parent_and_keeps_them_waiting(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    for _ in range(2):
        async with database.transaction() as session:
            await desk.note(
                session, scenery.berik, scenery.case.id, "call the school", "k", clock.now()
            )
    assert await cards(database) == []
    async with database.transaction() as session:
        view = await desk_view.case(session, scenery.berik, scenery.case.id, clock.now())
    assert [entry.text for entry in view.messages if entry.author is Author.NOTE] == [
        "call the school"
    ]
    assert view.line.waiting_since is not None
    assert "school" not in view.line.last_words


async def test_one_key_for_reply_and_note_loses_neither(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    await reply(database, scenery.aliya, scenery.case.id, "reply", "same", clock)
    async with database.transaction() as session:
        await desk.note(session, scenery.aliya, scenery.case.id, "note", "same", clock.now())
        view = await desk_view.case(session, scenery.aliya, scenery.case.id, clock.now())
    assert [entry.text for entry in view.messages[-2:]] == ["reply", "note"]


async def test_a_closed_case_asks_for_a_rating_and_takes_no_reply(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    async with database.transaction() as session:
        with pytest.raises(NotAllowed):
            await desk.close(
                session, scenery.berik, scenery.case.id, Outcome.HELPED, LOCALES, clock.now()
            )
        await desk.close(
            session, scenery.aliya, scenery.case.id, Outcome.HELPED, LOCALES, clock.now()
        )
    number = scenery.case.number
    actions = [button.action for row in (await cards(database))[-1].buttons for button in row]
    assert actions == [*(f"rate:{number}:{star}" for star in range(1, 6)), f"again:{number}"]
    with pytest.raises(NotAllowed):
        await reply(database, scenery.aliya, scenery.case.id, "hello", "k", clock)
    with pytest.raises(Conflict):
        await take(database, scenery.berik, scenery.case.id, clock)


async def test_a_supervisor_hands_back_for_a_colleague_who_is_away(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    async with database.transaction() as session:
        with pytest.raises(NotAllowed):
            await desk.hand_back(session, scenery.berik, scenery.case.id, clock.now())
        await desk.hand_back(session, scenery.boss, scenery.case.id, clock.now())
    await take(database, scenery.berik, scenery.case.id, clock)


async def test_cases_of_somebody_who_left_go_back_into_the_queue(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    async with database.transaction() as session:
        assert await desk.release_cases_of(session, scenery.aliya.id, clock.now()) == 1
        [line] = await desk_view.queue(session, scenery.berik, View.UNASSIGNED)
    assert line.status is Status.NEW


async def test_danger_comes_first_then_who_waits_longest(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    clock.move(minutes=5)
    second = await parent_opens_case(database, clock.now(), scenery.ours, 502)
    clock.move(minutes=5)
    danger = await parent_opens_case(database, clock.now(), scenery.ours, 503, danger="violence")
    async with database.reading() as session:
        lines = await desk_view.queue(session, scenery.aliya, View.UNASSIGNED)
        counts = await desk_view.counts(session, scenery.aliya)
    assert [line.id for line in lines] == [danger.id, scenery.case.id, second.id]
    assert counts == desk_view.Counts(mine=0, unassigned=3, all=3, closed=0)


async def test_a_case_is_unread_until_it_is_opened_and_again_after_new_words(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    for _ in range(2):
        clock.move(seconds=30)
        async with database.transaction() as session:
            assert await desk_news.unread(session, scenery.aliya) == {scenery.case.id}
            clock.move(seconds=1)
            await desk_view.case(session, scenery.aliya, scenery.case.id, clock.now())
            assert await desk_news.unread(session, scenery.aliya) == frozenset()
            assert await desk_news.unread(session, scenery.berik) == {scenery.case.id}
            clock.move(seconds=1)
            await store.add_words(session, scenery.case.id, Said("жана дагы"), clock.now())


async def test_every_reading_is_in_the_audit_trail_and_a_refresh_is_not_another(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    async def readings() -> int:
        async with database.reading() as session:
            query = select(func.count()).select_from(AuditRow).where(AuditRow.action == "read")
            return await session.scalar(query) or 0

    for minutes, expected in ((1, 1), (1, 1), (11, 2)):
        clock.move(minutes=minutes)
        async with database.transaction() as session:
            await desk_view.case(session, scenery.aliya, scenery.case.id, clock.now())
        assert await readings() == expected


async def test_a_reply_to_deleted_data_is_refused(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    async with database.transaction() as session:
        case = await session.get_one(CaseRow, scenery.case.id)
        case.person_id = None
    with pytest.raises(NotAllowed):
        await reply(database, scenery.aliya, scenery.case.id, "hello", "k", clock)


@pytest.mark.parametrize(
    "text",
    ["Сөз " * 3000, "x" * 9000, "Abzas.\n\n" * 1200, "😀" * 4000, "short"],
)
def test_long_replies_are_cut_where_a_reader_would(text: str) -> None:
    found = pieces(text)
    assert all(0 < len(piece.encode("utf-16-le")) // 2 <= PIECE for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())
    if " " in text.strip():
        assert all(piece.endswith("Сөз") for piece in found)


async def test_a_long_reply_is_several_messages_in_order(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    text = "first " + "word " * 1200 + "last"
    await reply(database, scenery.aliya, scenery.case.id, text, "k", clock)
    sent = [card.text for card in await cards(database) if card.kind is Kind.REPLY]
    assert len(sent) == 2
    assert "first" in sent[0]
    assert sent[1].endswith("last")


async def test_nothing_is_sent_for_an_empty_or_endless_text(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    for text in ("  \n", "x" * (desk.LONGEST_TEXT + 1)):
        with pytest.raises(NotAllowed):
            await reply(database, scenery.aliya, scenery.case.id, text, "k", clock)


async def test_waiting_begins_with_the_first_unanswered_word(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    await reply(database, scenery.aliya, scenery.case.id, "hello", "k", clock)
    clock.move(minutes=3)
    first = clock.now()
    for _ in range(2):
        async with database.transaction() as session:
            await store.add_words(session, scenery.case.id, Said("?"), clock.now())
        clock.move(minutes=3)
    async with database.reading() as session:
        [line] = await desk_view.queue(session, scenery.aliya, View.MINE)
    assert line.waiting_since == first
    assert clock.now() - first == timedelta(minutes=6)


async def test_after_its_days_a_case_takes_the_fate_of_its_replies_along(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    await reply(database, scenery.aliya, scenery.case.id, "Саламатсызбы", "k", clock)
    async with database.transaction() as session:
        await desk.close(
            session, scenery.aliya, scenery.case.id, Outcome.HELPED, LOCALES, clock.now()
        )
        for row in await session.scalars(select(OutboxRow)):
            await outbox.sent(session, row.id, 1, clock.now())
    clock.move(days=scenery.ours.keep_days + 1)
    async with database.transaction() as session:
        assert await store.sweep(session, clock.now()) == 1
        await outbox.sweep(session, clock.now())
        assert await session.scalar(select(func.count()).select_from(OutboxRow)) == 0


async def test_a_reply_written_while_the_parent_deletes_is_deleted_too(
    database: Database, scenery: Scenery, clock: HandClock
) -> None:
    await take(database, scenery.aliya, scenery.case.id, clock)
    async with database.reading() as session:
        person = await session.scalar(select(CaseRow.person_id))
    assert person is not None

    async def delete() -> None:
        async with database.transaction() as session:
            await store.forget(session, person, clock.now())
            await people.forget(session, person, clock.now())

    async with database.transaction() as session:
        case, key = scenery.case.id, "k"
        await desk.reply(session, scenery.aliya, case, "Дарегиңиз?", key, LOCALES, clock.now())
        deleting = asyncio.create_task(delete())
        await asyncio.sleep(0.5)
    await deleting
    async with database.reading() as session:
        assert list(await session.scalars(select(MessageRow.text))) == ["deleted"]
