"""The sender: works the outbox off, one card at a time per person, several persons at once.

What is retried: what surely did not arrive (refused connections, 429, 5xx), with
growing pauses. What is not: refusals for good, and a card that may have arrived
is sent at most once more, or not again where twice would be worse.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.delivery import outbox
from bot.delivery.card import Card
from bot.delivery.outbox import Leased
from bot.errors import (
    BadSetting,
    DeliveryError,
    MessageRefused,
    RecipientGone,
    RecipientMoved,
    TryLater,
    Uncertain,
)
from bot.people import store as people
from bot.storage import bell
from bot.storage.database import Database

log = structlog.get_logger()

LOOK = 1.0  # seconds between looks when no bell rings
LONGEST_PAUSE = 60.0


class Channel(Protocol):
    """Delivers one card to one address."""

    async def send(self, address: int, card: Card) -> int | None:
        """Sends and returns the message's id. Raises a DeliveryError."""
        ...


class Sender:
    """Sends what is due until it is stopped."""

    def __init__(
        self, database: Database, channel: Channel, clock: Clock, *, at_once: int = 16
    ) -> None:
        self._database = database
        self._channel = channel
        self._clock = clock
        self._slots = asyncio.Semaphore(at_once)
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Works until cancelled; a database that is away only pauses it."""
        while True:
            try:
                if not await self._start_next():
                    await self._database.bell.wait(bell.OUTBOX, LOOK)
            except BadSetting:  # the keys do not fit: nothing can be read until somebody acts
                raise
            except Exception as exc:  # replies must be sent for as long as the bot lives
                log.warning("sender.cannot_lease", error=type(exc).__name__)
                await asyncio.sleep(LOOK)

    async def finish(self) -> None:
        """Waits for the cards that are on their way."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=5)

    async def _start_next(self) -> bool:
        await self._slots.acquire()
        leased = None
        try:
            async with self._database.transaction() as session:
                leased = await outbox.lease_next(session, self._clock.now())
        finally:
            if leased is None:
                self._slots.release()
        if leased is None:
            return False
        task = asyncio.create_task(self._deliver(leased))
        self._under_way.add(task)
        task.add_done_callback(self._done)
        return True

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._slots.release()
        if not task.cancelled() and (exc := task.exception()) is not None:
            # The lease ends by itself and the card is tried again.
            log.error("sender.failed", error=type(exc).__name__)
        self._database.bell.sound(bell.OUTBOX)

    async def _deliver(self, leased: Leased) -> None:
        if leased.is_spent:
            await self._settle_uncertain(leased, "no record of the tries before")
            return
        try:
            message = await self._channel.send(leased.address, leased.card)
        except DeliveryError as exc:
            await self._record_problem(leased, exc)
            return
        async with self._database.transaction() as session:
            await outbox.sent(session, leased.id, message, self._clock.now())
            await people.forget_leaving(session, leased.person_id)
        log.info("card.sent", outbox=leased.id, kind=leased.card.kind.value)
        await self._tell_desk(leased)

    async def _record_problem(self, leased: Leased, problem: DeliveryError) -> None:
        now = self._clock.now()
        log.warning("card.problem", outbox=leased.id, problem=type(problem).__name__)
        if isinstance(problem, Uncertain) and leased.is_last_try:
            await self._settle_uncertain(leased, "no answer from Telegram")
            return
        async with self._database.transaction() as session:
            match problem:
                case RecipientGone():
                    await people.mark_gone(session, leased.person_id, now)
                    await outbox.fail_all(session, leased.person_id, "blocked")
                    await people.forget_leaving(session, leased.person_id)
                case RecipientMoved(new_id=address):
                    await people.move(session, leased.person_id, address)
                    await outbox.later(session, leased, now, "moved")
                case MessageRefused():
                    await outbox.failed(session, leased.id, "refused")
                    await people.forget_leaving(session, leased.person_id)
                case _ if now - leased.created_at > outbox.GIVE_UP:
                    await outbox.failed(session, leased.id, outbox.UNREACHABLE)
                    await people.forget_leaving(session, leased.person_id)
                case _:
                    until = now + _pause(problem, leased.attempts)
                    name = type(problem).__name__
                    doubtful = isinstance(problem, Uncertain)
                    await outbox.later(session, leased, until, name, doubtful=doubtful)
        await self._tell_desk(leased)

    async def _settle_uncertain(self, leased: Leased, why: str) -> None:
        async with self._database.transaction() as session:
            await outbox.uncertain(session, leased.id, why)
            await people.forget_leaving(session, leased.person_id)
        log.warning("card.uncertain", outbox=leased.id)
        await self._tell_desk(leased)

    async def _tell_desk(self, leased: Leased) -> None:
        # Only a caseworker's reply is shown with its fate.
        if leased.card.kind.value == "reply":
            await self._database.bell.ring(bell.CASES)


def _pause(problem: DeliveryError, attempts: int) -> timedelta:
    wanted = problem.seconds if isinstance(problem, TryLater) else 0.0
    return timedelta(seconds=max(wanted, min(0.5 * 2**attempts, LONGEST_PAUSE)))
