"""Signing in: who gets in, for how long, and how slowly a guesser gets on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import Conflict, NotAllowed, NotFound
from bot.staff import sessions, store, throttle
from bot.staff.model import Role
from bot.staff.passwords import Weakness, check_password, hash_password, weakness
from bot.staff.sign_in import Entered, Refused, SignIn
from bot.staff.tables import MemberRow, SessionRow, SignInAttemptRow
from bot.storage.database import Database
from tests.conftest import HandClock
from tests.unit.cases.scenery import PASSWORD, set_up

HERE = "192.0.2.1"


async def _enter(door: SignIn, email: str, password: str, address: str = HERE) -> str | None:
    result = await door.enter(email, password, address)
    return result.token if isinstance(result, Entered) else None


async def test_the_right_password_signs_in_and_only_a_hash_of_the_token_is_stored(
    database: Database, clock: HandClock
) -> None:
    await set_up(database, clock.now())
    token = await _enter(SignIn(database, clock), " Aliya@Example.org ", PASSWORD)
    assert token
    async with database.reading() as session:
        found = await sessions.find(session, token, clock.now())
        stored = await session.scalar(select(SessionRow.token_hash))
    assert found is not None
    assert found.member.name == "Aliya Sergeeva"
    assert stored is not None
    assert token not in stored


async def test_wrong_unknown_and_deactivated_get_the_same_answer(
    database: Database, clock: HandClock
) -> None:
    await set_up(database, clock.now())
    door = SignIn(database, clock)
    for email, password in (
        ("aliya@example.org", "wrong password"),
        ("nobody@example.org", PASSWORD),
        ("gone@example.org", PASSWORD),
    ):
        assert await door.enter(email, password, HERE) == Refused()


async def test_pauses_grow_per_account_also_for_accounts_that_do_not_exist(
    database: Database, clock: HandClock
) -> None:
    await set_up(database, clock.now())
    door = SignIn(database, clock)
    for email in ("aliya@example.org", "nobody@example.org"):
        for number in range(5):
            assert await door.enter(email, "wrong password", f"192.0.2.{number}") == Refused()
        waits = []
        for _ in range(3):
            refused = await door.enter(email, PASSWORD, HERE)
            assert isinstance(refused, Refused)
            waits.append(refused.wait)
            clock.move(seconds=refused.wait.total_seconds())
            assert await door.enter(email, "wrong again", HERE) == Refused()
        assert waits == sorted(waits)
        assert waits[0] == timedelta(seconds=15)
        assert waits[2] == timedelta(seconds=60)


async def test_one_address_cannot_try_many_accounts(database: Database, clock: HandClock) -> None:
    await set_up(database, clock.now())
    door = SignIn(database, clock)
    async with database.transaction() as session:
        for _ in range(25):
            await throttle.count_try(session, [throttle.address_key(HERE)], clock.now())
    refused = await door.enter("aliya@example.org", PASSWORD, HERE)
    assert isinstance(refused, Refused)
    assert refused.wait > timedelta(0)
    assert await _enter(door, "aliya@example.org", PASSWORD, "192.0.2.99")


async def test_success_forgets_the_failures_and_no_address_is_stored_in_clear(
    database: Database, clock: HandClock
) -> None:
    await set_up(database, clock.now())
    door = SignIn(database, clock)
    for _ in range(4):
        await door.enter("aliya@example.org", "wrong password", HERE)
    async with database.reading() as session:
        keys = set(await session.scalars(select(SignInAttemptRow.key)))
    assert len(keys) == 2
    assert not any(HERE in key or "aliya" in key for key in keys)
    assert await _enter(door, "aliya@example.org", PASSWORD)
    for _ in range(4):
        assert await door.enter("aliya@example.org", "wrong password", HERE) == Refused()


async def test_sessions_end_by_idleness_by_age_and_by_deactivation(
    database: Database, clock: HandClock
) -> None:
    await set_up(database, clock.now())
    door = SignIn(database, clock)

    async def is_in(token: str) -> bool:
        async with database.reading() as session:
            return await sessions.find(session, token, clock.now()) is not None

    idle = await _enter(door, "aliya@example.org", PASSWORD)
    assert idle
    clock.move(minutes=59)
    assert await is_in(idle)
    clock.move(minutes=1)
    assert not await is_in(idle)

    busy = await _enter(door, "aliya@example.org", PASSWORD)
    assert busy
    for _ in range(23):
        clock.move(minutes=31)
        async with database.transaction() as session:
            await sessions.seen(session, busy, clock.now())
    assert await is_in(busy)
    clock.move(minutes=10)
    assert not await is_in(busy)

    fired = await _enter(door, "aliya@example.org", PASSWORD)
    assert fired
    async with database.transaction() as session:
        await session.execute(
            update(MemberRow).where(MemberRow.email == "aliya@example.org").values(active=False)
        )
    assert not await is_in(fired)


async def test_a_new_password_signs_out_everywhere_else(
    database: Database, clock: HandClock
) -> None:
    scenery = await set_up(database, clock.now())
    door = SignIn(database, clock)
    other = await _enter(door, "aliya@example.org", PASSWORD)
    assert other
    assert await door.change_password(scenery.aliya, "wrong one", "a new password", HERE) == (
        Refused()
    )
    changed = await door.change_password(scenery.aliya, PASSWORD, "a new password", HERE)
    assert isinstance(changed, Entered)
    async with database.reading() as session:
        assert await sessions.find(session, other, clock.now()) is None
        assert await sessions.find(session, changed.token, clock.now()) is not None
    assert await _enter(door, "aliya@example.org", PASSWORD) is None
    assert await _enter(door, "aliya@example.org", "a new password")


async def test_old_hashes_are_renewed_at_sign_in(database: Database, clock: HandClock) -> None:
    await set_up(database, clock.now())  # with cheap hashes
    query = select(MemberRow.password_hash).where(MemberRow.email == "aliya@example.org")
    async with database.reading() as session:
        before = await session.scalar(query)
    assert await _enter(SignIn(database, clock), "aliya@example.org", PASSWORD)
    async with database.reading() as session:
        after = await session.scalar(query)
    assert before != after
    assert (await check_password(after, PASSWORD)).new_hash is None


async def test_the_command_line_is_told_what_is_wrong(database: Database, clock: HandClock) -> None:
    await set_up(database, clock.now())
    now = clock.now()

    async def add(email: str, password: str = PASSWORD, place: str = "Umit") -> None:
        async with database.transaction() as session:
            await store.add_member(
                session, place, email, "New Person", Role.CASEWORKER, password, "kk", now
            )

    for expected, attempt in (
        (Conflict, add("ALIYA@example.org")),
        (NotFound, add("new@example.org", place="Nobody")),
        (NotAllowed, add("no address")),
        (NotAllowed, add("new@example.org", "short")),
    ):
        with pytest.raises(expected):
            await attempt
    await add("new@example.org")
    async with database.transaction() as session:
        with pytest.raises(NotAllowed):
            await store.add_organisation(session, "Third", now, hours="always")
        with pytest.raises(Conflict):
            await store.add_organisation(session, "Umit", now)
        receiving = await store.receiving(session)
        listed = await store.members(session)
    assert receiving is not None
    assert receiving.name == "Nadezhda"
    assert [entry.member.name for entry in listed if not entry.active] == ["Gone Person"]


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("short", Weakness.TOO_SHORT),
        ("1234567890", Weakness.EASY),
        ("ЙЦУКЕНГШЩЗ", Weakness.EASY),
        ("aaaaaaaaaaaa", Weakness.EASY),
        ("somebody@example.org", Weakness.EASY),
        ("x1" * 101, Weakness.TOO_LONG),
        ("four words in a row", None),
    ],
)
def test_weak_passwords_are_named(password: str, expected: Weakness | None) -> None:
    assert weakness(password, "somebody@example.org") is expected


async def test_an_unknown_account_is_checked_against_a_real_hash() -> None:
    assert not (await check_password(None, "nobody has this password")).fits
    assert (await check_password(await hash_password(PASSWORD), PASSWORD)).fits
