"""The safety card while the database is away, or when an update cannot be handled."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable

import structlog

from bot.conversation.incoming import Arrival, Incoming
from bot.delivery.sender import Channel

log = structlog.get_logger()

WITH_WORDS = frozenset((Arrival.TEXT, Arrival.EDIT, Arrival.FILE))
REMEMBERED = 10_000


class Emergency:
    """Answers somebody in danger straight away, once per update.

    The same update comes again every second until the database is back.
    """

    def __init__(
        self, answer: Callable[[Incoming, Channel], Awaitable[bool]], channel: Channel
    ) -> None:
        self._answer = answer
        self._channel = channel
        self._answered: OrderedDict[int, None] = OrderedDict()

    async def help(self, incoming: Incoming) -> None:
        """Sends the safety card if the words need one; never raises."""
        if incoming.arrival not in WITH_WORDS or incoming.update_id in self._answered:
            return
        self._answered[incoming.update_id] = None  # before sending: two may try at once
        try:
            answered = await self._answer(incoming, self._channel)
        except Exception as exc:  # a fault here must not hide the one that led here
            log.error("emergency.failed", update=incoming.update_id, error=type(exc).__name__)
            answered = False
        if not answered:
            self._answered.pop(incoming.update_id, None)
        while len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
