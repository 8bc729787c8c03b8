"""What the desk's pages are given, and under which keys they find it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from bot.clock import Clock
from bot.conversation.turn import Content
from bot.i18n import Locales, Words
from bot.settings import Settings
from bot.staff.sessions import SignedIn
from bot.staff.sign_in import SignIn
from bot.storage.database import Database
from bot.understanding.models import ModelInUse
from bot.web.live import Hub
from bot.workshop.workshop import Workshop

# Title of a topic in a language of the desk; the id itself when it has none.
TopicTitle = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Health:
    """How the whole service is, for whoever watches it."""

    database: bool
    nlu: bool
    content_problem: str | None
    inbox_waiting: int
    outbox_waiting: int
    model: ModelInUse | None = None


class LiveTexts(Protocol):
    """The texts the bot answers with at this moment."""

    @property
    def current(self) -> Content:
        """The last good ones."""
        ...

    @property
    def problem(self) -> str | None:
        """Why the files as they stand now are not used; None when they are."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a page may need."""

    database: Database
    settings: Settings
    clock: Clock
    locales: Locales
    bot_locales: Callable[[], Locales]  # read anew for each card: content is live
    topic_title: TopicTitle
    health: Callable[[], Awaitable[Health]]
    sign_in: SignIn
    hub: Hub
    texts: LiveTexts
    workshop: Workshop


DESK = web.AppKey("desk", Desk)
SIGNED_IN = web.RequestKey("signed_in", SignedIn)
WORDS = web.RequestKey("words", Words)


def desk_of(request: web.Request) -> Desk:
    """What the pages are given."""
    return request.app[DESK]
