"""The desk as one aiohttp application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web

from bot.clock import Clock
from bot.i18n import Locales
from bot.settings import Settings
from bot.staff.sign_in import SignIn
from bot.storage.database import Database
from bot.web.guard import MIDDLEWARES
from bot.web.headers import add_headers
from bot.web.keys import DESK, Desk, Health, LiveTexts, TopicTitle
from bot.web.live import Hub
from bot.web.pages import (
    account,
    case,
    editor,
    editor_edit,
    editor_history,
    editor_topic,
    events,
    files,
    health,
    places,
    queue,
    sign_in,
)
from bot.web.render import HERE, set_up_templates
from bot.workshop.workshop import Workshop

# Forms hold words only; files come from Telegram, never through the desk.
LARGEST_FORM = 256 * 1024


def make_site(
    database: Database,
    settings: Settings,
    clock: Clock,
    desk_locales: Locales,
    bot_locales: Callable[[], Locales],
    topic_title: TopicTitle,
    health_of: Callable[[], Awaitable[Health]],
    texts: LiveTexts,
) -> web.Application:
    """The desk's site; nothing runs until it is served."""
    site = web.Application(middlewares=MIDDLEWARES, client_max_size=LARGEST_FORM)
    site[DESK] = Desk(
        database=database,
        settings=settings,
        clock=clock,
        locales=desk_locales,
        bot_locales=bot_locales,
        topic_title=topic_title,
        health=health_of,
        sign_in=SignIn(database, clock),
        hub=Hub(database.bell),
        texts=texts,
        workshop=Workshop(settings.content_dir, lambda: texts.current, clock),
    )
    set_up_templates(site)
    site.add_routes(ROUTES)
    site.on_response_prepare.append(add_headers)
    site.cleanup_ctx.append(_listening)
    site.on_shutdown.append(_end_streams)
    return site


# A topic, or a safety card by its kind; and a text in one language.
SUBJECT = r"/content/{subject:(?:safety:)?[a-z][a-z0-9-]{1,39}}"
TEXT = SUBJECT + r"/{language:ky|tg|uz|ru|kk}"

ROUTES = (
    web.get("/sign-in", sign_in.show, name="door"),
    web.post("/sign-in", sign_in.enter, name="door-form"),
    web.post("/sign-out", sign_in.leave, name="sign-out"),
    web.get("/", queue.show, name="queue"),
    web.get("/events", events.stream, name="events"),
    web.get(r"/cases/{id:\d{1,9}}", case.show, name="case"),
    web.post(r"/cases/{id:\d{1,9}}/take", case.take, name="take"),
    web.post(r"/cases/{id:\d{1,9}}/hand-back", case.hand_back, name="hand-back"),
    web.post(r"/cases/{id:\d{1,9}}/reply", case.reply, name="reply"),
    web.post(r"/cases/{id:\d{1,9}}/note", case.note, name="note"),
    web.post(r"/cases/{id:\d{1,9}}/close", case.close, name="close"),
    web.get(r"/files/{id:\d{1,9}}", files.show, name="file"),
    web.get("/account", account.show, name="account"),
    web.post("/account/language", account.language, name="account-language"),
    web.post("/account/password", account.password, name="account-password"),
    web.get("/content", editor.show, name="texts"),
    web.get(SUBJECT, editor_topic.show, name="text-topic"),
    web.get(f"{SUBJECT}/history", editor_history.show, name="text-history"),
    web.get(f"{TEXT}/edit", editor_edit.show, name="text-edit"),
    web.post(f"{TEXT}/save", editor_edit.save, name="text-save"),
    web.post(f"{TEXT}/preview", editor_edit.preview, name="text-preview"),
    web.post(f"{TEXT}/review", editor_topic.review, name="text-review"),
    web.post(f"{TEXT}/restore", editor_history.restore, name="text-restore"),
    web.get("/places/reports", places.show, name="place-reports"),
    web.post("/places/reports/done", places.done, name="place-report-done"),
    web.get("/health", health.show, name="health"),
    web.static("/static", HERE / "static", name="static"),
)


async def _listening(site: web.Application) -> AsyncIterator[None]:
    site[DESK].hub.start()
    yield
    site[DESK].hub.close()


async def _end_streams(site: web.Application) -> None:
    # Open streams would hold the shutdown up until its deadline.
    site[DESK].hub.close()
