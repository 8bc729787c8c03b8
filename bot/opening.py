"""What a process opens at its start: the database, the content, the understanding."""

from __future__ import annotations

import json

from bot.answers.live import LiveContent
from bot.answers.loader import load_library, readers_of
from bot.clock import Clock, day_of
from bot.conversation.turn import Content
from bot.directory.loader import load_directory
from bot.errors import BadSetting
from bot.i18n import load_locales
from bot.languages import Language
from bot.migrations.run import is_current, upgrade
from bot.settings import Settings
from bot.stay.loader import load_rules
from bot.storage.crypt import load_crypt
from bot.storage.database import Database, open_database
from bot.understanding.rasa import RasaClient
from bot.understanding.understander import Understander

BOT_LANGUAGES = tuple(language.value for language in Language)
NLU_NOTE = "nlu.json"


async def open_storage(settings: Settings, *, migrate: bool = False) -> Database:
    """The installation's database. Raises BadSetting or StorageUnavailable, saying what to do."""
    keys = settings.keys.get_secret_value() if settings.keys else None
    crypt = load_crypt(keys, settings.data_dir / "keys")
    database = await open_database(settings.database_address, crypt)
    try:
        if migrate:
            await upgrade(database)
        elif not await is_current(database):
            raise BadSetting("the tables are not those of this version: run `bot migrate` first")
    except BaseException:
        await database.close()
        raise
    return database


def load_content(settings: Settings, clock: Clock) -> Content:
    """Everything people may read, all of it or none. Raises BadContent."""
    locales = load_locales(settings.locales_dir, "bot", BOT_LANGUAGES)
    directory = load_directory(settings.content_dir / "directory")
    folder, today = settings.content_dir, day_of(clock.now())
    library = load_library(folder, locales=locales, places=directory, today=today)
    readers = readers_of(folder, locales=locales, places=directory, today=today)
    return Content(library, directory, locales, load_rules(folder, readers))


def live_content(settings: Settings, clock: Clock) -> LiveContent[Content]:
    """The same, following its files."""
    folders = (settings.content_dir, settings.locales_dir)
    return LiveContent("content", lambda: load_content(settings, clock), folders, clock)


def make_understander(settings: Settings) -> tuple[Understander, RasaClient]:
    """The understanding, at the Rasa of the settings or the one that `bot run` started."""
    url, token = settings.nlu_url, ""
    if settings.nlu_token is not None:
        token = settings.nlu_token.get_secret_value()
    elif (note := settings.data_dir / NLU_NOTE).exists():
        found = json.loads(note.read_text(encoding="utf-8"))
        url, token = found["url"], found["token"]
    client = RasaClient(url, token)
    return Understander.load(client, settings.nlu_dir), client
