"""Updates waiting for the bot, and long polling for them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from bot.clock import Clock
from bot.preview.spec import load_spec
from bot.preview.wire import Json, Refused

LIFETIME = timedelta(hours=24)
NOT_BY_DEFAULT = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
LONGEST_POLL = 50.0

SECOND_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass(frozen=True, slots=True)
class Update:
    """One update: its place in the order, and the lane whose order it must keep."""

    id: int
    kind: str
    lane: str
    body: Json
    until: datetime

    def as_json(self) -> Json:
        """The Update object of the Bot API."""
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """The bot's queue. An update leaves it when the bot confirms it, or when it is too old."""

    def __init__(self, clock: Clock, callback_lifetime: timedelta) -> None:
        self.clock = clock
        self.callback_lifetime = callback_lifetime
        self.allowed: frozenset[str] | None = None
        self.on_new: Callable[[Update], None] = lambda _: None
        self.on_taken: Callable[[Update], None] = lambda _: None
        self._waiting: dict[int, Update] = {}
        self._lanes: dict[str, dict[int, Update]] = {}
        self._swept = clock.now()
        # A bot remembers ids it has handled: after a restart they must not come again.
        self._last_id = 100_000_000 + secrets.randbelow(800_000_000)

    def put(self, kind: str, lane: str, body: Json) -> Update | None:
        """Queues an update, unless the bot asked not to get this kind."""
        wanted = kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed
        if not wanted:
            return None
        life = self.callback_lifetime if kind == "callback_query" else LIFETIME
        self._last_id += 1
        update = Update(self._last_id, kind, lane, body, self.clock.now() + life)
        self._waiting[update.id] = update
        self._lanes.setdefault(lane, {})[update.id] = update
        self.on_new(update)
        return update

    def __len__(self) -> int:
        self._drop_expired()
        return len(self._waiting)

    def waiting(self) -> list[Update]:
        """All unconfirmed updates in order, the expired ones dropped."""
        self._drop_expired()
        return list(self._waiting.values())

    def first(self, count: int) -> list[Update]:
        """The oldest `count` unconfirmed updates."""
        self._drop_expired()
        return list(islice(self._waiting.values(), count))

    def first_in(self, lane: str) -> Update | None:
        """The oldest unconfirmed update of one lane."""
        self._drop_expired()
        return next(iter(self._lanes.get(lane, {}).values()), None)

    def take(self, update: Update) -> None:
        """The bot has it: it will not come again."""
        if self._remove(update):
            self.on_taken(update)

    def confirm_below(self, update_id: int) -> None:
        """Every update before this id is confirmed."""
        while (update := next(iter(self._waiting.values()), None)) and update.id < update_id:
            self.take(update)

    def _remove(self, update: Update) -> bool:
        lane = self._lanes.get(update.lane, {})
        lane.pop(update.id, None)
        if not lane:
            self._lanes.pop(update.lane, None)
        return self._waiting.pop(update.id, None) is not None

    def _drop_expired(self) -> None:
        """Looks through the queue once a second at most: it can be long under load."""
        now = self.clock.now()
        if now - self._swept < timedelta(seconds=1):
            return
        self._swept = now
        for update in [u for u in self._waiting.values() if u.until <= now]:
            self._remove(update)

    def drop_all(self) -> None:
        """Forgets what is waiting, as drop_pending_updates asks."""
        self._waiting.clear()
        self._lanes.clear()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Sets which kinds the bot gets: None leaves it, empty means the default."""
        if kinds is not None:
            known = load_spec().types["Update"]
            self.allowed = frozenset(kind for kind in kinds if kind in known) or None


class Polling:
    """getUpdates: waits for updates; a newer call ends an older one."""

    def __init__(self, updates: Updates) -> None:
        self.updates = updates
        self._bell = asyncio.Event()
        self._newest_call = 0

    def ring(self) -> None:
        """Something new may be there."""
        self._bell.set()

    async def get(self, params: Json, *, webhook_set: Callable[[], bool]) -> list[Json]:
        """The answer to one getUpdates call."""
        if webhook_set():
            raise Refused(409, WEBHOOK_ACTIVE)
        self.updates.allow(params.get("allowed_updates"))
        self._newest_call += 1
        this_call = self._newest_call
        self._bell.set()
        self._confirm(params.get("offset", 0))
        limit = params.get("limit", 100)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + min(params.get("timeout", 0), LONGEST_POLL)
        while not (found := self.updates.first(limit)):
            self._bell = asyncio.Event() if self._bell.is_set() else self._bell
            try:
                async with asyncio.timeout_at(deadline):
                    await self._bell.wait()
            except TimeoutError:
                break
            if this_call != self._newest_call:
                raise Refused(409, SECOND_POLLER)
            if webhook_set():
                raise Refused(409, "Conflict: terminated by setWebhook request")
        return [update.as_json() for update in found]

    def _confirm(self, offset: int) -> None:
        """Confirms everything before `offset`; a negative one counts from the end."""
        if offset < 0:
            newest = self.updates.waiting()[offset:]
            offset = newest[0].id if newest else 0
        self.updates.confirm_below(offset)
