"""Nobody but the active caseworkers of the organisation sees a case, through any function."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.cases import desk, desk_news, desk_view
from bot.cases.desk_view import View
from bot.cases.model import Outcome
from bot.cases.tables import CaseRow, MessageRow
from bot.errors import NotFound
from bot.staff.model import Member
from bot.staff.store import deactivate
from bot.storage.database import Database
from tests.conftest import HandClock
from tests.unit.cases.scenery import plain_locales, set_up


async def test_outsiders_see_nothing_and_change_nothing(
    database: Database, clock: HandClock
) -> None:
    scenery = await set_up(database, clock.now())
    for member in scenery.outsiders:
        await _sees_nothing(database, member, clock)
        await _does_nothing(database, member, scenery.case.id, clock)
        async with database.transaction() as session:
            with pytest.raises(NotFound):
                await desk_view.file(session, member, scenery.file_id, clock.now())
    async with database.reading() as session:
        case = await session.get_one(CaseRow, scenery.case.id)
        assert (case.status, case.assignee_id) == ("new", None)
        assert await session.scalar(select(func.count()).select_from(MessageRow)) == 3


async def _sees_nothing(database: Database, member: Member, clock: HandClock) -> None:
    async with database.transaction() as session:
        for view in View:
            assert await desk_view.queue(session, member, view) == []
        assert await desk_view.counts(session, member) == desk_view.Counts(0, 0, 0, 0)
        assert await desk_news.unread(session, member) == frozenset()


async def _does_nothing(database: Database, member: Member, case_id: int, clock: HandClock) -> None:
    now, locales = clock.now(), plain_locales()
    async with database.transaction() as session:
        for attempt in (
            desk_view.case(session, member, case_id, now),
            desk.take(session, member, case_id, locales, now),
            desk.hand_back(session, member, case_id, now),
            desk.reply(session, member, case_id, "hello", "key", locales, now),
            desk.note(session, member, case_id, "hello", "key", now),
            desk.close(session, member, case_id, Outcome.HELPED, locales, now),
        ):
            with pytest.raises(NotFound):
                await attempt


async def test_a_member_taken_off_cases_loses_them_at_once(
    database: Database, clock: HandClock
) -> None:
    # The value of the member is older than the change: the database has the last word.
    scenery = await set_up(database, clock.now())
    async with database.reading() as session:
        assert await desk_view.queue(session, scenery.aliya, View.ALL)
    async with database.transaction() as session:
        await deactivate(session, scenery.aliya.email)
    async with database.reading() as session:
        assert await desk_view.queue(session, scenery.aliya, View.ALL) == []


async def test_another_organisations_cases_do_not_even_change_the_pulse(
    database: Database, clock: HandClock
) -> None:
    scenery = await set_up(database, clock.now())
    async with database.reading() as session:
        before = await desk_news.pulse(session, scenery.stranger)
        ours_before = await desk_news.pulse(session, scenery.aliya)
    async with database.transaction() as session:
        await desk.take(session, scenery.aliya, scenery.case.id, plain_locales(), clock.now())
    async with database.reading() as session:
        assert await desk_news.pulse(session, scenery.stranger) == before
        assert await desk_news.pulse(session, scenery.aliya) != ours_before
