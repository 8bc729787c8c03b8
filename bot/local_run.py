"""`bot run`: everything on one machine, with nothing to prepare.

Trains the model when it must, starts Rasa as a child, and the bot, the desk and
(without a Telegram token) the local Telegram in this process.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
import secrets
import shutil
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.app import serve
from bot.clock import SystemClock
from bot.errors import BadSetting
from bot.opening import NLU_NOTE, make_understander, open_storage
from bot.preview.server import PreviewServer
from bot.rasa_server import RasaServer, free_port, train
from bot.settings import Settings
from bot.staff import store as staff
from bot.staff.model import Role
from bot.tasks import end
from bot.understanding.models import model_to_serve

Tell = Callable[[str], None]
DEMO_ORGANISATION = "Komek"
DEMO_EMAIL = "worker@komek.example"
DEMO_NAME = "Айгүл"  # shown to parents as the one who answers; `bot staff` adds real people


async def run_locally(settings: Settings, tell: Tell) -> None:
    """Runs until interrupted. Raises BadSetting with one sentence for what is in the way."""
    started = time.monotonic()
    _need_ports(settings)
    _need_room(settings.data_dir)
    password = await _first_sign_in(settings)
    models = settings.data_dir / "models"
    async with (
        prepared_rasa(settings, models, tell, wait=False) as settings,
        _telegram(settings) as (settings, chat_page),
    ):
        ready = asyncio.Event()
        app = asyncio.create_task(serve(settings, on_ready=ready.set))
        try:
            await _first_of(app, ready.wait())
            tell(f"✓ The bot and the desk are ready ({time.monotonic() - started:.0f} s).")
            tell("… The understanding is starting; menus and search work already.")
            _print_addresses(settings, chat_page, password, tell)
            await _first_of(app, _until_understood(settings))
            tell(f"✓ The understanding is ready ({time.monotonic() - started:.0f} s).")
            await app
        finally:
            await end(app)


async def _first_of(app: asyncio.Task[None], other: Coroutine[Any, Any, Any]) -> None:
    """Waits for `other`; should the app end before, its error is raised."""
    waiting = asyncio.create_task(other)
    try:
        await asyncio.wait({app, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if app.done():
            app.result()
    finally:
        await end(waiting)


def _desk(settings: Settings) -> str:
    return f"{settings.desk_host}:{settings.desk_port}"


def _print_addresses(settings: Settings, chat_page: str, password: str, tell: Tell) -> None:
    tell("")
    if chat_page:
        tell(f"  Chat page: {chat_page}")
    else:
        tell("  Telegram:  the bot of your token answers now")
    tell(f"  Desk:      http://{_desk(settings)}/")
    if password:
        tell(f"  Sign in:   {DEMO_EMAIL}   password: {password}")
        tell("             (shown once; change it on your account page)")
    tell("")
    tell("  Stop with Ctrl-C.")


def _need_ports(settings: Settings) -> None:
    wanted = [("KOMEK_DESK_PORT", settings.desk_host, settings.desk_port)]
    if settings.telegram_token is None:
        wanted.append(("KOMEK_PREVIEW_PORT", "127.0.0.1", settings.preview_port))
    for name, host, port in wanted:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as exc:
                if exc.errno != errno.EADDRINUSE:
                    raise BadSetting(
                        f"{host}:{port} cannot be listened on ({exc.strerror}): correct {name}"
                        f"{' or KOMEK_DESK_HOST' if host == settings.desk_host else ''}."
                    ) from None
                raise BadSetting(
                    f"Port {port} is taken by another program: end it, or choose another port "
                    f"with {name}."
                ) from None


def _need_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        raise BadSetting(f"The folder {folder} cannot be made: {exc.strerror}.") from None
    free = shutil.disk_usage(folder).free / 1024**3
    if free < 0.5:
        raise BadSetting(f"The disk is full: 0.5 GB are needed in {folder}, {free:.1f} are free.")


@asynccontextmanager
async def prepared_rasa(
    settings: Settings, models: Path, tell: Tell, *, wait: bool = True
) -> AsyncIterator[Settings]:
    """Rasa beside us with a model for the present data, and the settings that lead to it.

    Its address lies in the data folder meanwhile, for `bot ask` and `bot nlu evaluate`.
    With `wait` it is warm when the block begins.
    """

    def say(line: str) -> None:
        if line.startswith("step "):
            tell(f"… Training the understanding: {line.removeprefix('step ')}")

    model = model_to_serve(models, await train(say, models))
    port, token = free_port(), secrets.token_urlsafe(24)
    settings = settings.model_copy(
        update={"nlu_url": f"http://127.0.0.1:{port}", "nlu_token": SecretStr(token)}
    )
    server = RasaServer(model, port, token, settings.data_dir / "rasa.log")
    note = settings.data_dir / NLU_NOTE
    _write_private(note, {"url": settings.nlu_url, "token": token})
    keeper = asyncio.create_task(server.run())
    try:
        if wait:
            await _until_understood(settings)
        yield settings
    finally:
        note.unlink(missing_ok=True)
        await end(keeper)


@asynccontextmanager
async def rasa_on_trial(settings: Settings, model: Path) -> AsyncIterator[Settings]:
    """A second Rasa with one model, warm and known to nobody else, until the block ends."""
    port, token = free_port(), secrets.token_urlsafe(24)
    trial = settings.model_copy(
        update={"nlu_url": f"http://127.0.0.1:{port}", "nlu_token": SecretStr(token)}
    )
    server = RasaServer(model, port, token, settings.data_dir / "rasa-on-trial.log")
    keeper = asyncio.create_task(server.run())
    try:
        await _until_understood(trial)
        yield trial
    finally:
        await end(keeper)


@asynccontextmanager
async def any_rasa(settings: Settings, tell: Tell) -> AsyncIterator[Settings]:
    """The Rasa of the settings or of a running `bot run`; else one of our own for the block."""
    if settings.nlu_token is not None or await _note_is_alive(settings):
        yield settings
        return
    tell("No understanding is running here: starting one (about half a minute) …")
    async with prepared_rasa(settings, settings.data_dir / "models", tell) as prepared:
        yield prepared


async def _note_is_alive(settings: Settings) -> bool:
    _understander, client = make_understander(settings)
    try:
        return await client.is_up()
    finally:
        await client.close()


def _write_private(path: Path, content: dict[str, str]) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file)


@asynccontextmanager
async def _telegram(settings: Settings) -> AsyncIterator[tuple[Settings, str]]:
    """The real Telegram when there is a token, else our own on loopback."""
    if settings.telegram_token is not None:
        yield settings, ""
        return
    server = PreviewServer()
    await server.start("127.0.0.1", settings.preview_port)
    try:
        local = settings.model_copy(
            update={"telegram_token": SecretStr(server.token), "telegram_api": server.base_url}
        )
        yield local, server.chat_url
    finally:
        await server.stop()


async def _first_sign_in(settings: Settings) -> str:
    """Makes an organisation and a caseworker when there is nobody yet; the password, or ""."""
    database = await open_storage(settings, migrate=True)
    try:
        async with database.transaction() as session:
            if await staff.members(session):
                return ""
            now, password = SystemClock().now(), secrets.token_urlsafe(9)
            if not await staff.organisations(session):
                await staff.add_organisation(session, DEMO_ORGANISATION, now)
            organisation = (await staff.organisations(session))[0]
            await staff.add_member(
                session,
                organisation.name,
                DEMO_EMAIL,
                DEMO_NAME,
                Role.CASEWORKER,
                password,
                "ru",
                now,
            )
            return password
    finally:
        await database.close()


async def _until_understood(settings: Settings) -> None:
    """Waits for Rasa and warms it, so that the first parent does not wait."""
    assert settings.nlu_token is not None
    address = f"{settings.nlu_url}/model/parse"
    token = {"token": settings.nlu_token.get_secret_value()}
    warm = 0
    async with aiohttp.ClientSession() as session:
        while warm < 3:
            try:
                async with session.post(address, params=token, json={"text": "?"}) as response:
                    warm += response.status == 200
            except aiohttp.ClientError:
                await asyncio.sleep(0.5)
