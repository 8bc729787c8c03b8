"""Wake-ups between the parts, so that nobody has to poll quickly.

Ring a bell after the transaction that made the work. On one machine that is an
event in the process; on PostgreSQL a NOTIFY that reaches every replica. A bell
is only a hint: whoever waits also looks by themselves from time to time.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Protocol

import psycopg
import structlog

from bot.tasks import end

log = structlog.get_logger()

INBOX = "inbox"
OUTBOX = "outbox"
CASES = "cases"
FILES = "files"


class Bell(Protocol):
    """Tells waiting parts that there may be work."""

    async def ring(self, name: str) -> None:
        """Wakes everyone who waits for `name`."""
        ...

    def sound(self, name: str) -> None:
        """The same for this process only, from code that cannot await."""
        ...

    async def wait(self, name: str, timeout: float) -> bool:
        """Waits at most `timeout` seconds; True when rung."""
        ...

    async def close(self) -> None:
        """Frees what the bell holds."""
        ...


class LocalBell:
    """Bells inside one process."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Future[None]]] = defaultdict(set)
        self._missed: set[str] = set()

    async def ring(self, name: str) -> None:
        """Wakes everyone who waits for `name`; remembered once if nobody does."""
        self.sound(name)

    def sound(self, name: str) -> None:
        """The same without awaiting, for callbacks."""
        waiting = self._waiting.pop(name, set())
        if not waiting:
            self._missed.add(name)
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self, name: str, timeout: float) -> bool:
        """Waits at most `timeout` seconds; True when rung."""
        if name in self._missed:
            self._missed.discard(name)
            return True
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[name].add(future)
        try:
            # Not wait_for: that loses a cancellation which comes together with the ring.
            async with asyncio.timeout(timeout):
                await future
        except TimeoutError:
            return False
        finally:
            self._waiting[name].discard(future)
        return True

    async def close(self) -> None:
        """Nothing to free."""


class PostgresBell(LocalBell):
    """Bells that reach every process on the same PostgreSQL database."""

    CHANNEL = "komek"

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._sending: psycopg.AsyncConnection | None = None
        self._send_lock = asyncio.Lock()
        self._listening = asyncio.create_task(self._listen())

    async def ring(self, name: str) -> None:
        """Rings here at once and elsewhere by NOTIFY; a lost connection only costs speed."""
        self.sound(name)
        async with self._send_lock:
            try:
                if self._sending is None or self._sending.closed:
                    self._sending = await psycopg.AsyncConnection.connect(
                        self._address, autocommit=True
                    )
                await self._sending.execute("SELECT pg_notify(%s, %s)", (self.CHANNEL, name))
            except psycopg.Error as exc:
                log.warning("bell.ring_failed", error=type(exc).__name__)
                self._sending = None

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._address, autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {self.CHANNEL}")
                    async for notice in connection.notifies():
                        self.sound(notice.payload)
            except psycopg.Error as exc:
                log.warning("bell.listen_failed", error=type(exc).__name__)
            await asyncio.sleep(2)

    async def close(self) -> None:
        """Stops listening."""
        await end(self._listening)
        if self._sending is not None:
            await self._sending.close()
