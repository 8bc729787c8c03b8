"""One message straight through, on both databases, with an understanding that is taught."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import func, select

from bot.cases.tables import CaseRow, FileRow, MessageRow
from bot.conversation.incoming import Arrival, Incoming
from bot.conversation.service import Conversation
from bot.conversation.tables import ConversationRow
from bot.conversation.turn import Content
from bot.delivery import inbox
from bot.delivery.card import Card, Kind, unpack
from bot.delivery.tables import InboxRow, OutboxRow
from bot.errors import StorageUnavailable
from bot.insight.tables import CountRow
from bot.languages import Language
from bot.opening import load_content
from bot.people import store as people
from bot.people.tables import PersonRow
from bot.settings import Settings
from bot.staff import store as staff
from bot.staff.model import Role
from bot.storage.base import Base
from bot.storage.database import Database
from bot.understanding.model import Danger
from tests.conftest import WORKER, HandClock
from tests.fakes import FakeChannel, FakeUnderstander, meaning
from tests.unit.cases.scenery import PASSWORD
from tests.unit.conversation.conftest import NOW

KNOWN = {
    "паспорт жоголду": meaning("lost-passport"),
    "ал мени уруп жатат": meaning("domestic-violence", danger=Danger.VIOLENCE),
}


@pytest.fixture(scope="module")
def content() -> Content:
    """What the bot may say."""
    return load_content(Settings(), HandClock(NOW))


class Road:
    """A parent's updates through inbox and service, and what lies in the outbox after."""

    def __init__(self, database: Database, clock: HandClock, content: Content) -> None:
        self.database = database
        self.clock = clock
        self.content = content
        self.understander = FakeUnderstander(dict(KNOWN))
        self.conversation = Conversation(
            database,
            self.understander,  # type: ignore[arg-type]  # a fake with the same two methods
            lambda: content,
            clock,
        )
        self._updates = itertools.count(1)
        self._cards_seen = 0

    async def sends(
        self, text: str, arrival: Arrival = Arrival.TEXT, update: int | None = None
    ) -> list[Card]:
        update = next(self._updates) if update is None else update
        incoming = Incoming(update, arrival, 77, "ky", text, message=update)
        async with self.database.transaction() as session:
            lane = people.lane_of(77)
            await inbox.put(session, update, lane, text, self.clock.now())
        await self.conversation.handle(incoming)
        return await self.said()

    async def said(self) -> list[Card]:
        async with self.database.reading() as session:
            rows = await session.scalars(
                select(OutboxRow).where(OutboxRow.id > self._cards_seen).order_by(OutboxRow.id)
            )
            found = rows.all()
        self._cards_seen = max([self._cards_seen, *(row.id for row in found)])
        return [unpack(row.card or "") for row in found]

    async def opens_a_case(self) -> None:
        for text, arrival in (
            ("lang:ky", Arrival.TAP),
            ("person", Arrival.TAP),
            ("consent:yes", Arrival.TAP),
            ("Шымкент", Arrival.TEXT),
            ("Мен", Arrival.TEXT),
            ("Айлык бербейт", Arrival.TEXT),
            ("done", Arrival.TAP),
            ("Кечинде", Arrival.TEXT),
        ):
            await self.sends(text, arrival)


@pytest.fixture
async def road(database: Database, clock: HandClock, content: Content) -> Road:
    """The road with one organisation at its end."""
    async with database.transaction() as session:
        await staff.add_organisation(session, "Sana", clock.now())
        await staff.add_member(
            session, "Sana", WORKER, "Aigul", Role.CASEWORKER, PASSWORD, "ru", clock.now()
        )
    return Road(database, clock, content)


async def count(database: Database, table: type[Base]) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_an_update_that_comes_twice_is_answered_once(road: Road) -> None:
    assert len(await road.sends("паспорт жоголду", update=9)) == 1
    assert await road.sends("паспорт жоголду", update=9) == []


async def test_what_was_asked_is_not_kept(road: Road) -> None:
    await road.sends("паспорт жоголду")
    async with road.database.reading() as session:
        assert [row.payload for row in await session.scalars(select(InboxRow))] == [None]
        (state,) = [row.state for row in await session.scalars(select(ConversationRow))]
    assert "жоголду" not in state


async def test_taps_and_commands_do_not_ask_rasa(road: Road) -> None:
    await road.sends("lang:ky", Arrival.TAP)
    await road.sends("menu", Arrival.COMMAND)
    await road.sends("topic:overstay", Arrival.TAP)
    assert road.understander.heard == []


async def test_a_failure_while_writing_leaves_the_update_and_nothing_else(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_values: object, **_named: object) -> list[int]:
        raise StorageUnavailable("switched off by a test")

    with monkeypatch.context() as broken:
        broken.setattr("bot.delivery.outbox.put", fails)
        with pytest.raises(StorageUnavailable):
            await road.sends("паспорт жоголду", update=3)
    assert await count(road.database, PersonRow) == 0
    assert await count(road.database, ConversationRow) == 0
    assert len(await road.sends("паспорт жоголду", update=3)) == 1


async def test_a_case_is_opened_and_words_are_added(road: Road) -> None:
    await road.opens_a_case()
    await road.sends("Дагы бир нерсе")
    async with road.database.reading() as session:
        case = await session.scalar(select(CaseRow))
        words = [row.text for row in await session.scalars(select(MessageRow))]
    assert case is not None
    assert (case.number, case.town, case.who, case.contact) == (
        1001,
        "Шымкент",
        "Мен",
        "Кечинде",
    )
    assert words == ["opened", "Айлык бербейт", "Дагы бир нерсе"]


async def test_danger_marks_an_open_case(road: Road) -> None:
    await road.opens_a_case()
    await road.said()
    cards = await road.sends("ал мени уруп жатат")
    assert cards[0].kind is Kind.SAFETY
    async with road.database.reading() as session:
        assert await session.scalar(select(CaseRow.danger)) == "violence"


async def test_deleting_leaves_only_counts(road: Road) -> None:
    await road.opens_a_case()
    await road.sends("delete:yes", Arrival.TAP)
    async with road.database.reading() as session:
        case = await session.scalar(select(CaseRow))
        assert case is not None
        assert case.person_id is None
        assert {case.town, case.who, case.contact} == {"—"}
        left = [row.text for row in await session.scalars(select(MessageRow))]
        people_left = (await session.scalars(select(PersonRow))).all()
    assert left == ["deleted"]
    assert [row.leaving for row in people_left] == [True]
    for table in (ConversationRow, FileRow):
        assert await count(road.database, table) == 0
    assert await count(road.database, CountRow) > 0


async def test_after_deleting_one_starts_anew(road: Road) -> None:
    await road.opens_a_case()
    await road.sends("delete:yes", Arrival.TAP)
    await road.said()
    cards = await road.sends("start", Arrival.COMMAND)
    assert [button.action for row in cards[0].buttons for button in row] == [
        f"lang:{language}" for language in (*Language, "uz-Cyrl")
    ]


async def test_with_the_database_away_danger_is_still_answered(road: Road) -> None:
    channel = FakeChannel()
    danger = Incoming(50, Arrival.TEXT, 77, "tg", "ал мени уруп жатат")
    assert await road.conversation.emergency(danger, channel)
    ((address, card),) = channel.sent
    assert address == 77
    assert card.kind is Kind.SAFETY
    calm = Incoming(51, Arrival.TEXT, 77, "tg", "салом")
    assert not await road.conversation.emergency(calm, channel)


async def test_an_update_that_always_fails_ends_with_an_apology(road: Road) -> None:
    await road.conversation.apologise(Incoming(60, Arrival.TEXT, 77, "ky", "…"))
    (card,) = await road.said()
    assert "111" in card.text


async def test_blocking_the_bot_after_deleting_leaves_nothing(road: Road) -> None:
    await road.sends("lang:ky", Arrival.TAP)
    await road.sends("delete:yes", Arrival.TAP)
    await road.sends("", Arrival.BLOCKED)
    async with road.database.reading() as session:
        left = [row.leaving for row in await session.scalars(select(PersonRow))]
    assert left == [True]
    assert await count(road.database, ConversationRow) == 0


async def test_words_written_after_the_wish_to_delete_are_still_heard(road: Road) -> None:
    await road.sends("lang:ky", Arrival.TAP)
    async with road.database.transaction() as session:
        await inbox.put(session, 90, people.lane_of(77), "жардам", road.clock.now())
    await road.sends("delete:yes", Arrival.TAP)
    async with road.database.transaction() as session:
        received = await inbox.lease_next(session, road.clock.now())
        done = await session.scalars(select(InboxRow.lane).where(InboxRow.status == "done"))
        assert set(done) == {""}
    assert received is not None
    assert (received.update_id, received.payload) == (90, "жардам")


async def test_deleting_also_empties_the_memory(road: Road) -> None:
    await road.sends("lang:ky", Arrival.TAP)
    await road.sends("delete:yes", Arrival.TAP)
    channel = FakeChannel()
    danger = Incoming(50, Arrival.TEXT, 77, "tg", "ал мени уруп жатат")
    await road.conversation.emergency(danger, channel)
    [(_, card)] = channel.sent
    assert card.text == road.content.library.safety("violence", "tg").replace(" · ", "\n")


async def test_words_sent_while_the_case_is_being_closed_are_answered(road: Road) -> None:
    await road.opens_a_case()
    await road.said()

    async def close() -> None:
        async with road.database.transaction() as session:
            case = await session.scalar(select(CaseRow))
            assert case is not None
            case.status, case.closed_at = "closed", road.clock.now()

    road.understander.meanwhile = close
    cards = await road.sends("паспорт жоголду")
    assert [card.kind for card in cards] == [Kind.ANSWER]
    async with road.database.reading() as session:
        words = [row.text for row in await session.scalars(select(MessageRow))]
    assert "паспорт жоголду" not in words


async def test_an_edited_answer_of_the_questions_reaches_the_case(road: Road) -> None:
    await road.opens_a_case()
    await road.sends("Кечинде жазбаңыз!", Arrival.EDIT)
    async with road.database.reading() as session:
        words = [row.text for row in await session.scalars(select(MessageRow))]
    assert words[-1] == "Кечинде жазбаңыз!"


async def test_nothing_is_handed_to_an_organisation_where_nobody_works(road: Road) -> None:
    for text in ("lang:ky", "person", "consent:yes", "skip:town", "skip:who", "skip:story"):
        await road.sends(text, Arrival.TAP)
    async with road.database.transaction() as session:
        await staff.deactivate(session, WORKER)
    (card,) = await road.sends("Кечинде")
    assert road.content.phone("hotline-111") in card.text
    assert await count(road.database, CaseRow) == 0
    assert [card.kind for card in await road.sends("паспорт жоголду")] == [Kind.ANSWER]
    (card,) = await road.sends("person", Arrival.TAP)
    assert "consent:yes" not in [button.action for row in card.buttons for button in row]
