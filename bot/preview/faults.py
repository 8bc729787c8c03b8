"""Trouble made on purpose, the flood limit, and a record of every call."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from bot.preview.wire import Json, Refused, too_many_requests

LONGEST_RECORD = 200_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API as it came, and the status it was answered with."""

    method: str
    params: Json
    at: datetime
    status: int


@dataclass(slots=True)
class Fault:
    """What goes wrong, for which calls, and how many times more."""

    method: str
    status: int
    times: int
    retry_after: int | None
    drop: bool
    after: bool
    chat: int | None

    def fits(self, method: str, chat: object) -> bool:
        """Whether this call is one to spoil."""
        return (
            self.times > 0
            and self.method in (method, "*")
            and (self.chat is None or str(self.chat) == str(chat))
        )


class Faults:
    """The faults a test has asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """From now on, `fault.times` fitting calls go wrong."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Everything works again."""
        self._faults.clear()

    def next(self, method: str, chat: object) -> Fault | None:
        """The fault this call meets, used up once."""
        for fault in self._faults:
            if fault.fits(method, chat):
                fault.times -= 1
                return fault
        return None


def refusal_of(fault: Fault) -> Refused:
    """The answer Telegram gives with this status."""
    if fault.status == 429:
        return too_many_requests(fault.retry_after if fault.retry_after is not None else 1)
    words = {
        400: "Bad Request: chat not found",
        401: "Unauthorized",
        403: "Forbidden: bot was blocked by the user",
        409: "Conflict: terminated by other getUpdates request",
        500: "Internal Server Error",
        502: "Bad Gateway",
    }
    return Refused(fault.status, words.get(fault.status, "Internal Server Error"))


class Flood:
    """So many messages a second in one chat, then 429 until a second has passed."""

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second
        self._sent: dict[int, deque[float]] = {}

    def count(self, chat: int) -> None:
        """Counts one message. Raises Refused with retry_after when it is one too many."""
        now = time.monotonic()
        sent = self._sent.setdefault(chat, deque())
        while sent and now - sent[0] >= 1.0:
            sent.popleft()
        if len(sent) >= self.per_second:
            raise too_many_requests(max(1, math.ceil(1.0 - (now - sent[0]))))
        sent.append(now)
