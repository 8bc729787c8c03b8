"""Reminders from the wish to the card, on both databases: once, in time, whatever breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from bot.clock import KAZAKHSTAN
from bot.conversation.incoming import Arrival, Incoming
from bot.conversation.steps.reminders import reminder_card
from bot.conversation.turn import Content, Scene
from bot.delivery import outbox
from bot.delivery.card import Card, Kind
from bot.delivery.sender import Sender
from bot.delivery.tables import OutboxRow
from bot.errors import DeliveryError, RecipientGone, TryLater, Uncertain
from bot.opening import load_content
from bot.people import store as people
from bot.people.tables import PersonRow
from bot.reminders import store
from bot.reminders.due import Reminding
from bot.reminders.model import MOST, DueReminder, Fate, Refusal, Reminder
from bot.reminders.tables import ReminderRow
from bot.settings import Settings
from bot.storage.database import Database
from bot.tasks import end
from tests.conftest import HandClock
from tests.fakes import FakeChannel
from tests.integration.test_service import Road, count
from tests.unit.conversation.conftest import NOW
from tests.unit.reminders.rules import DOUBTFUL, RULE, with_rules

DAY = date(2026, 12, 18)  # a Friday
AGAIN = f"reminders:again:{RULE}:{DAY.isoformat()}"
WEEK_BEFORE = datetime(2026, 12, 11, 10, 0, tzinfo=KAZAKHSTAN)
THREE_DAYS_BEFORE = datetime(2026, 12, 15, 10, 0, tzinfo=KAZAKHSTAN)


@pytest.fixture(scope="module")
def content() -> Content:
    """What the bot may say, with a rule of our own."""
    return with_rules(load_content(Settings(), HandClock(NOW)))


@pytest.fixture
async def road(database: Database, clock: HandClock, content: Content) -> Road:
    """Somebody who speaks Kyrgyz and has asked to be reminded."""
    road = Road(database, clock, content)
    await tap(road, "lang:ky")
    await tap(road, AGAIN)
    return road


async def tap(road: Road, action: str) -> list[Card]:
    return await road.sends(action, Arrival.TAP)


def reminding(road: Road) -> Reminding:
    def card(due: DueReminder, now: datetime) -> Card:
        return reminder_card(road.content, due, now)

    return Reminding(road.database, card, road.clock)


async def stored(road: Road) -> Sequence[ReminderRow]:
    async with road.database.reading() as session:
        return (await session.scalars(select(ReminderRow).order_by(ReminderRow.id))).all()


async def fates(road: Road) -> list[str]:
    return [row.state for row in await stored(road)]


async def deliver(road: Road, *problems: DeliveryError) -> list[Card]:
    """Lets the sender work until nothing waits that is due; returns the reminders that arrived."""
    channel = FakeChannel()
    channel.problems = list(problems)
    sender = Sender(road.database, channel, road.clock)
    task = asyncio.create_task(sender.run())
    async with asyncio.timeout(10):
        while await due_cards(road):
            await asyncio.sleep(0.01)
    await end(task)
    await sender.finish()
    async with road.database.reading() as session:
        road._cards_seen = await session.scalar(select(func.max(OutboxRow.id))) or 0
    return [card for _, card in channel.sent if card.kind is Kind.REMINDER]


async def due_cards(road: Road) -> int:
    async with road.database.reading() as session:
        rows = await session.scalars(
            select(OutboxRow.id).where(
                OutboxRow.status == "waiting", OutboxRow.not_before <= road.clock.now()
            )
        )
        return len(rows.all())


async def test_the_wish_is_confirmed_with_day_and_hour(road: Road) -> None:
    (card,) = await tap(road, AGAIN)  # asking twice changes nothing
    assert road.content.locales["ky"].moment(WEEK_BEFORE) in card.text
    (row,) = await stored(road)
    assert (row.rule, row.deadline, row.send_at) == (RULE, DAY, WEEK_BEFORE)


async def test_when_the_office_is_closed_the_day_before_counts(road: Road) -> None:
    for sunday, rule in ((date(2026, 12, 20), RULE), (date(2026, 12, 27), DOUBTFUL)):
        await tap(road, f"reminders:again:{rule}:{sunday.isoformat()}")
    # The first was Friday's already; at home a Sunday is as good as any day.
    assert [row.deadline for row in await stored(road)] == [DAY, date(2026, 12, 27)]


async def test_it_comes_once_in_the_language_of_that_day(road: Road) -> None:
    await deliver(road)
    await reminding(road).look()
    assert await fates(road) == ["waiting"]
    await tap(road, "lang:uz")
    road.clock.moment = WEEK_BEFORE
    job = reminding(road)
    await job.look()
    await job.look()
    (card,) = await deliver(road)
    assert f"do {RULE} uz" in card.text
    await job.look()
    assert await fates(road) == ["sent"]
    road.clock.move(days=1)
    await job.look()
    assert await deliver(road) == []


async def test_a_guessed_language_lasts_until_the_reminder(
    database: Database, clock: HandClock, content: Content
) -> None:
    road = Road(database, clock, content)
    await road.sends("салам")  # Telegram says the phone speaks Kyrgyz
    await tap(road, AGAIN)
    async with database.reading() as session:
        assert await session.scalar(select(PersonRow.language)) == "ky"


async def test_killed_before_handing_over_it_still_waits(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    road.clock.moment = WEEK_BEFORE

    async def killed(*_values: object, **_named: object) -> list[int]:
        raise RuntimeError("killed here")

    with monkeypatch.context() as broken:
        broken.setattr("bot.delivery.outbox.put", killed)
        await reminding(road).look()
    assert await fates(road) == ["waiting"]
    await reminding(road).look()
    assert len(await deliver(road)) == 1


async def test_killed_while_sending_it_is_recorded_and_not_sent_twice(road: Road) -> None:
    await deliver(road)
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    async with road.database.transaction() as session:
        leased = await outbox.lease_next(session, road.clock.now())
    assert leased is not None
    assert leased.once
    # … Telegram may have it or not, and here the process is killed.
    road.clock.move(seconds=46)
    assert await deliver(road) == []
    await reminding(road).look()
    assert await fates(road) == ["uncertain"]
    (card,) = await road.sends("reminders", Arrival.COMMAND)
    assert "⚠️" in card.text


async def test_killed_after_sending_it_is_not_sent_again(road: Road) -> None:
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    assert len(await deliver(road)) == 1
    # … killed before the reminder learnt of it; another process goes on.
    assert await fates(road) == ["queued"]
    await reminding(road).look()
    assert await deliver(road) == []
    assert await fates(road) == ["sent"]


async def test_a_broken_connection_is_recorded_as_doubt(road: Road) -> None:
    await deliver(road)
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    assert await deliver(road, Uncertain("no answer")) == []
    await reminding(road).look()
    assert await fates(road) == ["uncertain"]


async def test_trouble_that_surely_delivered_nothing_is_overcome(road: Road) -> None:
    await deliver(road)
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    assert await deliver(road, TryLater(5), TryLater(5)) == []
    road.clock.move(seconds=70)
    assert len(await deliver(road)) == 1
    await reminding(road).look()
    assert await fates(road) == ["sent"]


async def test_telegram_away_for_a_day_costs_no_reminder(road: Road) -> None:
    await deliver(road)
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    road.clock.move(hours=25)
    assert await deliver(road, TryLater(5)) == []
    await reminding(road).look()
    (row,) = await stored(road)
    assert (row.state, row.send_at) == ("waiting", THREE_DAYS_BEFORE)
    road.clock.moment = THREE_DAYS_BEFORE
    await reminding(road).look()
    assert len(await deliver(road)) == 1


async def test_whoever_blocked_the_bot_gets_nothing_and_it_is_recorded(road: Road) -> None:
    await road.sends("", Arrival.BLOCKED)
    await deliver(road)
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    assert await due_cards(road) == 0
    assert await fates(road) == ["failed"]


async def test_whoever_blocked_it_unnoticed_is_found_out(road: Road) -> None:
    await deliver(road)
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    assert await deliver(road, RecipientGone()) == []
    await reminding(road).look()
    assert await fates(road) == ["failed"]


async def test_two_replicas_hand_over_once(road: Road) -> None:
    await deliver(road)
    async with road.database.transaction() as session:
        for address in range(100, 130):
            person = await people.find_or_make(session, address, road.clock.now())
            await store.remind(session, person.id, RULE, DAY, road.clock.now())
    road.clock.moment = WEEK_BEFORE
    replicas = [reminding(road), reminding(road), reminding(road)]
    await asyncio.gather(*(one.look() for one in replicas))
    assert len(await deliver(road)) == 31
    assert await fates(road) == ["queued"] * 31


async def test_nobody_is_woken_by_what_was_held_up(road: Road) -> None:
    road.clock.moment = WEEK_BEFORE.replace(hour=23)
    await reminding(road).look()
    assert await fates(road) == ["waiting"]
    road.clock.move(hours=9)
    await reminding(road).look()
    assert await fates(road) == ["queued"]


async def test_after_the_day_the_truth_is_told(road: Road) -> None:
    await deliver(road)
    road.clock.moment = datetime(2026, 12, 22, 12, 0, tzinfo=KAZAKHSTAN)
    await reminding(road).look()
    (card,) = await deliver(road)
    assert f"late {RULE} ky" in card.text


async def test_one_that_cannot_be_made_holds_no_other_up(road: Road) -> None:
    async with road.database.transaction() as session:
        person = await people.find_or_make(session, 88, road.clock.now())
        await store.remind(session, person.id, "other", DAY, road.clock.now())
    road.clock.moment = WEEK_BEFORE

    def card(due: DueReminder, now: datetime) -> Card:
        if due.rule == RULE:
            raise KeyError(due.rule)
        return reminder_card(road.content, due, now)

    await Reminding(road.database, card, road.clock).look()
    assert await fates(road) == ["waiting", "queued"]


async def test_cancelling_in_the_list(road: Road) -> None:
    (row,) = await stored(road)
    (card,) = await tap(road, f"reminders:cancel:{row.id}")
    assert road.content.locales["ky"].day(DAY) in card.text
    assert await stored(road) == []
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    assert await fates(road) == []


async def test_nobody_cancels_another_ones_reminder(road: Road) -> None:
    (row,) = await stored(road)
    async with road.database.transaction() as session:
        stranger = await people.find_or_make(session, 99, road.clock.now())
        assert not await store.cancel(session, stranger.id, row.id)
        await store.remove(session, stranger.id, row.id)
    assert await fates(road) == ["waiting"]


async def test_cancelling_what_is_sent_meanwhile_says_so(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = await stored(road)
    set_scene = road.conversation._set_scene

    async def then_it_is_due(incoming: Incoming) -> Scene:
        scene = await set_scene(incoming)
        road.clock.moment = WEEK_BEFORE
        await reminding(road).look()
        return scene

    monkeypatch.setattr(road.conversation, "_set_scene", then_it_is_due)
    cards = await tap(road, f"reminders:cancel:{row.id}")
    assert road.content.locales["ky"]("That reminder is gone.") in cards[-1].text
    assert await fates(road) == ["queued"]


async def test_done_removes_it_and_once_more_sets_it_nearer(road: Road) -> None:
    await deliver(road)
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    await deliver(road)
    await reminding(road).look()
    (row,) = await stored(road)
    (card,) = await tap(road, AGAIN)
    assert road.content.locales["ky"].moment(THREE_DAYS_BEFORE) in card.text
    assert await fates(road) == ["waiting"]
    await tap(road, f"reminders:done:{row.id}")
    assert await stored(road) == []


async def test_done_at_once_leaves_no_record_of_the_card_for_ever(road: Road) -> None:
    await deliver(road)
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    await deliver(road)
    (row,) = await stored(road)
    assert row.state == "queued", "what became of the card was not looked at yet"
    await tap(road, f"reminders:done:{row.id}")
    async with road.database.reading() as session:
        assert not (await session.scalars(select(OutboxRow.keep).where(OutboxRow.keep))).all()


async def test_deleting_my_data_removes_reminders_too(road: Road) -> None:
    road.clock.moment = WEEK_BEFORE
    await tap(road, "delete:yes")
    assert await count(road.database, ReminderRow) == 0
    await reminding(road).look()
    assert await deliver(road) == []


async def test_deleting_while_it_is_handed_over_leaves_nothing(road: Road) -> None:
    await deliver(road)
    road.clock.moment = WEEK_BEFORE
    await asyncio.gather(reminding(road).look(), tap(road, "delete:yes"), reminding(road).look())
    assert await count(road.database, ReminderRow) == 0
    assert await deliver(road) == []


async def test_what_is_stored_is_shown(road: Road) -> None:
    (card,) = await road.sends("mydata", Arrival.COMMAND)
    assert road.content.locales["ky"].day(DAY) in card.text


async def test_there_are_limits(road: Road, clock: HandClock) -> None:
    async with road.database.transaction() as session:
        person = await people.find_or_make(session, 77, clock.now())
        for number in range(MOST - 1):
            result = await store.remind(session, person.id, f"rule-{number}", DAY, clock.now())
            assert isinstance(result, Reminder)
        assert await store.remind(session, person.id, "more", DAY, clock.now()) is Refusal.TOO_MANY
        late = date(2026, 11, 23)
        assert await store.remind(session, person.id, "x", late, clock.now()) is Refusal.TOO_LATE
        mine = await store.of_person(session, person.id)
    assert len(mine) == MOST
    assert {one.fate for one in mine} == {Fate.WAITING}


async def test_the_same_wish_at_the_same_moment_is_one_reminder(road: Road) -> None:
    day = date(2026, 12, 30)

    async def wish() -> None:
        async with road.database.transaction() as session:
            person = await people.find_or_make(session, 77, road.clock.now())
            await store.remind(session, person.id, RULE, day, road.clock.now())

    await asyncio.gather(*(wish() for _ in range(8)))
    assert [row.deadline for row in await stored(road)] == [DAY, day]


async def test_what_is_over_is_forgotten(road: Road) -> None:
    road.clock.moment = WEEK_BEFORE
    await reminding(road).look()
    await deliver(road)
    await reminding(road).look()
    for days, left in ((13, 1), (2, 0)):
        road.clock.move(days=days)
        async with road.database.transaction() as session:
            await store.sweep(session, road.clock.now())
        assert await count(road.database, ReminderRow) == left
    async with road.database.reading() as session:
        assert not (await session.scalars(select(OutboxRow.keep).where(OutboxRow.keep))).all()
