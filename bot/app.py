"""The one place of assembly: what a process is made of, and how it starts and stops."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web

from bot.cases import store as cases
from bot.cases.files import Fetcher
from bot.clock import Clock, SystemClock
from bot.conversation import store as conversations
from bot.conversation.service import Conversation
from bot.conversation.steps.reminders import reminder_card
from bot.delivery import inbox, outbox
from bot.delivery.card import Card
from bot.delivery.sender import Sender
from bot.errors import BadSetting, StorageUnavailable
from bot.i18n import load_locales
from bot.languages import DESK_LANGUAGES, Language, language_or_none
from bot.opening import live_content, make_understander, open_storage
from bot.people import store as people
from bot.reminders import store as reminders
from bot.reminders.due import Reminding
from bot.reminders.model import DueReminder
from bot.settings import Settings
from bot.storage.database import Database
from bot.tasks import end
from bot.tg.bot import make_bot
from bot.tg.connection import Connection
from bot.tg.emergency import Emergency
from bot.tg.intake import Intake
from bot.tg.lanes import Lanes
from bot.tg.polling import Polling
from bot.tg.sending import TelegramChannel
from bot.tg.webhook import Webhook, webhook_address
from bot.understanding.models import ModelInUse, digest_of, read_judgement
from bot.understanding.swap import ModelSwap
from bot.web.keys import Health
from bot.web.site import make_site

log = structlog.get_logger()

SWEEP_EVERY = 3600.0


class App:
    """One process: bot, desk or both."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self.settings = settings
        self.database = database
        self.clock = clock
        self.content = live_content(settings, clock)
        self.desk_locales = load_locales(settings.locales_dir, "desk", DESK_LANGUAGES)
        self.understander, self.rasa = make_understander(settings)
        self.conversation = Conversation(
            database, self.understander, lambda: self.content.current, clock
        )
        self.models = settings.data_dir / "models"
        self.swap = ModelSwap(self.models, self.rasa, self.understander.forget)
        self.webhook: Webhook | None = None

    def topic_title(self, topic: str, language: str) -> str:
        """A topic's title for the desk; Russian where the desk speaks no language of ours."""
        library = self.content.current.library
        wanted = language_or_none(language) or Language.RU
        return library.title(topic, wanted) if library.has(topic) else topic

    def _reminder_card(self, due: DueReminder, now: datetime) -> Card:
        return reminder_card(self.content.current, due, now)

    async def health(self) -> Health:
        """How the whole service is."""
        waiting = await self._waiting()
        return Health(
            database=waiting is not None,
            nlu=await self.rasa.is_up(),
            content_problem=self.content.problem,
            inbox_waiting=waiting[0] if waiting else 0,
            outbox_waiting=waiting[1] if waiting else 0,
            model=await self._model_in_use(),
        )

    async def _model_in_use(self) -> ModelInUse | None:
        if (name := await self.rasa.model_name()) is None:
            return None
        judgement = read_judgement(self.models / name)
        return ModelInUse(digest_of(Path(name)), judgement.levels if judgement else None)

    async def _waiting(self) -> tuple[int, int] | None:
        try:
            async with self.database.reading() as session:
                return await inbox.open_count(session), await outbox.waiting_count(session)
        except StorageUnavailable:
            return None

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[list[Coroutine[Any, Any, None]]]:
        """What the bot does at the same time; its connections end with the block."""
        settings = self.settings
        if settings.telegram_token is None:
            raise BadSetting("TELEGRAM_BOT_TOKEN is missing: give the token BotFather gave you")
        bot = make_bot(settings.telegram_token.get_secret_value(), settings.telegram_api)
        address = webhook_address(settings)
        connection = Connection(bot, address, lambda: self.content.current.locales)
        try:
            await connection.open()
        except BadSetting:
            await connection.close()
            raise
        channel = TelegramChannel(bot)
        emergency = Emergency(self.conversation.emergency, channel)
        intake = Intake(self.database, self.clock, bot, emergency)
        conversation = self.conversation
        lanes = Lanes(
            self.database,
            self.clock,
            bot,
            conversation.handle,
            conversation.apologise,
            emergency,
        )
        sender = Sender(self.database, channel, self.clock)
        works = [
            connection.run(),
            lanes.run(),
            sender.run(),
            Fetcher(self.database, channel, self.clock).run(),
            Reminding(self.database, self._reminder_card, self.clock).run(),
            self.sweep(),
        ]
        if address is None:
            works.append(Polling(bot, intake).run())
        else:
            self.webhook = Webhook(intake, address.secret)
        try:
            yield works
        finally:
            for work in works:
                work.close()  # those that never began
            await lanes.finish()
            await sender.finish()
            await connection.close()

    @asynccontextmanager
    async def site(self, *, with_desk: bool) -> AsyncIterator[None]:
        """The one HTTP server: the desk, the webhook, health."""
        settings = self.settings
        if with_desk:
            site = make_site(
                self.database,
                settings,
                self.clock,
                self.desk_locales,
                lambda: self.content.current.locales,
                self.topic_title,
                self.health,
                self.content,
            )
        else:
            site = web.Application()
        if self.webhook is not None:
            site.add_routes(self.webhook.routes())
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=2)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, settings.desk_host, settings.desk_port).start()
            except OSError as exc:
                raise BadSetting(
                    f"{settings.desk_host}:{settings.desk_port} cannot be listened on "
                    f"({exc.strerror}): end the program that holds this port, or correct "
                    "KOMEK_DESK_PORT and KOMEK_DESK_HOST."
                ) from None
            yield
        finally:
            await runner.cleanup()

    async def sweep(self) -> None:
        """Forgets, every hour, what nobody needs any more."""
        while True:
            try:
                now = self.clock.now()
                async with self.database.transaction() as session:
                    await inbox.sweep(session, now)
                    await outbox.sweep(session, now)
                    await conversations.sweep(session, now)
                    await cases.sweep(session, now)
                    await reminders.sweep(session, now)
            except Exception as exc:  # forgetting late is better than not answering
                log.error("sweep.failed", error=type(exc).__name__)
            await asyncio.sleep(SWEEP_EVERY)


async def serve(
    settings: Settings,
    *,
    bot: bool = True,
    desk: bool = True,
    on_ready: Callable[[], None] | None = None,
) -> None:
    """Runs until cancelled. Raises BadSetting when something must be set differently."""
    set_up_logging(settings.log_format)
    if not bot and not desk:
        raise BadSetting("neither bot nor desk is left to run: leave out --no-bot or --no-desk")
    database = await open_storage(settings, migrate=not settings.database_url)
    app = App(settings, database, SystemClock())
    try:
        async with database.reading() as session:
            await people.need_fitting_keys(session)
        if bot and database.is_sqlite:
            await _release_leases(database, app.clock)
        async with contextlib.AsyncExitStack() as stack:
            works: list[Coroutine[Any, Any, None]] = []
            if bot:
                works += await stack.enter_async_context(app.bot())
            if desk or app.webhook is not None:
                await stack.enter_async_context(app.site(with_desk=desk))
            log.info("app.ready", bot=bot, desk=desk)
            if on_ready is not None:
                on_ready()
            await _together([app.content.watch(), app.swap.run(), *works])
    finally:
        await app.rasa.close()
        await database.close()


async def _release_leases(database: Database, clock: Clock) -> None:
    """On an embedded database this is the only process: nobody else holds a lease."""
    async with database.transaction() as session:
        await inbox.release_all(session)
        await outbox.release_all(session, clock.now())


async def _together(works: list[Coroutine[Any, Any, None]]) -> None:
    """Runs all until cancelled or until one fails; the others are then ended."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        await end(*tasks)


def set_up_logging(form: str) -> None:
    """One line an event: ids and outcomes, never what somebody wrote."""
    last: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            last,
        ]
    )
