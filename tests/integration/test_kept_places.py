"""What is kept of the help near somebody: with their yes, encrypted, and gone on request."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.conversation.incoming import Arrival
from bot.conversation.turn import Content
from bot.insight import place_reports
from bot.insight.model import PlaceReport, Wrong
from bot.people import store as people
from bot.people.model import NOTHING_KEPT, Kept
from bot.storage.database import Database
from tests.conftest import HandClock
from tests.integration.test_service import Road, content

__all__ = ["content"]


@pytest.fixture
def road(database: Database, clock: HandClock, content: Content) -> Road:
    return Road(database, clock, content)


async def kept(database: Database) -> Kept:
    async with database.reading() as session:
        person = await people.find(session, 77)
    return person.kept if person is not None else NOTHING_KEPT


async def test_town_and_places_are_kept_on_yes_and_deleted_with_everything(
    road: Road, database: Database
) -> None:
    await road.sends("lang:ky", Arrival.TAP)
    await road.sends("near", Arrival.TAP)
    await road.sends("Шымкент")
    assert await kept(database) == Kept(asked=True), "asked, but nothing kept yet"
    await road.sends("keep-town:shymkent", Arrival.TAP)
    await road.sends("save:sana-sezim-shymkent", Arrival.TAP)
    assert await kept(database) == Kept("shymkent", True, ("sana-sezim-shymkent",))
    async with database.reading() as session:
        stored = (await session.execute(text("SELECT kept FROM people"))).scalar_one()
    assert b"shymkent" not in bytes(stored)

    cards = await road.sends("near", Arrival.TAP)
    assert any("see:" in button.action for row in cards[-1].buttons for button in row)

    await road.sends("keep-town:forget", Arrival.TAP)
    assert (await kept(database)).town is None
    await road.sends("delete:yes", Arrival.TAP)
    assert await kept(database) == NOTHING_KEPT
    async with database.reading() as session:
        left = (await session.execute(text("SELECT kept FROM people"))).scalars().all()
    assert [one for one in left if one is not None] == []


async def test_a_report_reaches_the_editors_without_the_person(
    road: Road, database: Database, clock: HandClock
) -> None:
    await road.sends("lang:tg", Arrival.TAP)
    for _ in range(2):
        await road.sends("wrong:unhcr-almaty:phone", Arrival.TAP)
    async with database.reading() as session:
        found = await place_reports.open_reports(session)
        columns = (await session.execute(text("SELECT * FROM place_reports"))).keys()
    assert found == (PlaceReport("unhcr-almaty", Wrong.PHONE, 2, clock.now().date()),)
    assert set(columns) == {"id", "place", "reason", "day", "done_on"}
    async with database.transaction() as session:
        day = clock.now().date()
        assert await place_reports.settle(session, "unhcr-almaty", Wrong.PHONE, day)
        assert not await place_reports.settle(session, "unhcr-almaty", Wrong.PHONE, day)
        assert await place_reports.open_reports(session) == ()
