"""Works the inbox: one person's updates in order, many persons at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import timedelta

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.conversation.incoming import Arrival, Incoming
from bot.delivery import inbox
from bot.delivery.inbox import MAX_ATTEMPTS, Received
from bot.errors import BadSetting, StorageUnavailable
from bot.storage import bell
from bot.storage.database import Database
from bot.tg.emergency import Emergency
from bot.tg.envelope import read_envelope
from bot.tg.gestures import Gestures
from bot.tg.reading import read

log = structlog.get_logger()

LOOK = 1.0  # seconds between looks when no bell rings
AT_ONCE = 32
# Shorter than the lease: a stuck update is given up before somebody else may take it.
HANDLE_SECONDS = 45.0
LONGEST_STORAGE_PAUSE = 8.0
FINISH_SECONDS = 4.0

FROM_PEOPLE = frozenset(Arrival) - {
    Arrival.BLOCKED,
    Arrival.UNBLOCKED,
    Arrival.GROUP,
    Arrival.IGNORED,
}

Handle = Callable[[Incoming], Awaitable[None]]


class Lanes:
    """Hands stored updates to the conversation until it is stopped.

    `handle` takes an update out of the inbox in the same transaction that writes what
    follows from it; whatever goes wrong before leaves it there, to be tried again.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bot: Bot,
        handle: Handle,
        apologise: Handle,
        emergency: Emergency,
        *,
        at_once: int = AT_ONCE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._bot = bot
        self._handle = handle
        self._apologise = apologise
        self._emergency = emergency
        self._gestures = Gestures(bot)
        self._slots = asyncio.Semaphore(at_once)
        self._busy: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Works until cancelled; a database that is away only pauses it."""
        while True:
            try:
                if not await self._start_next():
                    await self._database.bell.wait(bell.INBOX, LOOK)
            except BadSetting:  # the keys do not fit: nothing can be read until somebody acts
                raise
            except Exception as exc:  # the inbox must be worked for as long as the bot lives
                log.warning("lanes.cannot_lease", error=type(exc).__name__)
                await asyncio.sleep(LOOK)

    async def finish(self) -> None:
        """Waits for the updates in hand; one that takes too long is left to the next start."""
        if not self._busy:
            return
        _, late = await asyncio.wait(self._busy.values(), timeout=FINISH_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _start_next(self) -> bool:
        await self._slots.acquire()
        received = None
        try:
            async with self._database.transaction() as session:
                received = await inbox.lease_next(session, self._clock.now(), self._busy.keys())
        finally:
            if received is None:
                self._slots.release()
        if received is None:
            return False
        task = asyncio.create_task(self._work(received))
        self._busy[received.lane] = task
        task.add_done_callback(lambda done: self._done(received.lane, done))
        return True

    def _done(self, lane: str, task: asyncio.Task[None]) -> None:
        self._busy.pop(lane, None)
        self._slots.release()
        if not task.cancelled() and (exc := task.exception()) is not None:
            # The lease ends by itself and the update is tried again.
            log.error("lanes.failed", error=type(exc).__name__)
        self._database.bell.sound(bell.INBOX)

    async def _work(self, received: Received) -> None:
        """One update, as often as the database comes and goes meanwhile."""
        incoming = read(received.payload, self._bot)
        query = read_envelope(received.payload).callback_query
        if query:
            self._gestures.stop_spinner(query)
        pause = 0.5
        while True:
            try:
                await self._try(received, incoming)
                return
            except StorageUnavailable:
                log.warning("lanes.storage_unavailable", update=received.update_id)
            await self._emergency.help(incoming)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_STORAGE_PAUSE)

    async def _try(self, received: Received, incoming: Incoming) -> None:
        if received.attempts >= MAX_ATTEMPTS:  # the process died over it every time
            await self._emergency.help(incoming)
            await self._give_up(received, incoming)
            return
        typing = self._gestures.typing(incoming.address)
        try:
            async with (
                asyncio.timeout(HANDLE_SECONDS),
                typing if incoming.arrival is Arrival.TEXT else nullcontext(),
            ):
                await self._handle(incoming)
        except StorageUnavailable:
            raise
        except Exception as exc:  # whatever it is: this person's other words must not wait
            log.error(
                "update.failed",
                update=received.update_id,
                attempt=received.attempts + 1,
                error=type(exc).__name__,
            )
            await self._emergency.help(incoming)
            await self._put_back(received, incoming)

    async def _put_back(self, received: Received, incoming: Incoming) -> None:
        if received.attempts + 1 >= MAX_ATTEMPTS:  # earlier tries, and this one
            await self._give_up(received, incoming)
            return
        until = self._clock.now() + timedelta(seconds=2**received.attempts)
        async with self._database.transaction() as session:
            await inbox.release(session, received.update_id, until)

    async def _give_up(self, received: Received, incoming: Incoming) -> None:
        """The lane goes on without this update, and the person is told."""
        if incoming.arrival in FROM_PEOPLE:
            try:
                await self._apologise(incoming)
            except StorageUnavailable:
                raise
            except Exception as exc:  # an apology that fails must not block the lane
                log.error("apology.failed", error=type(exc).__name__)
        async with self._database.transaction() as session:
            await inbox.bury(session, received.update_id)
        log.error("update.buried", update=received.update_id)
