"""What people see of the bot before they write: commands and descriptions, per language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import structlog
from telegram import Bot, BotCommand
from telegram.error import BadRequest

from bot.i18n import Locales, message
from bot.languages import FALLBACK, Language

log = structlog.get_logger()

COMMANDS = (
    ("menu", message("Menu")),
    ("near", message("Help near me")),
    ("days", message("Count my days")),
    ("person", message("Talk to a person")),
    ("language", message("Language")),
    ("help", message("What can this bot do?")),
    ("reminders", message("My reminders")),
    ("mydata", message("What do you know about me?")),
    ("delete", message("Delete my data")),
)
# Telegram takes 512 and 120 characters.
DESCRIPTION = message(
    "Free help for families from abroad in Kazakhstan: documents, school, doctors, work, "
    "police.\n\n"
    "Write in your own words. If I cannot help, I pass you on to a person.\n\n"
    "I do not belong to the police or the migration service."
)
SHORT_DESCRIPTION = message("Free help for families from abroad in Kazakhstan, in five languages.")


@dataclass(frozen=True, slots=True)
class Profile:
    """The texts for one language; no code for everyone else's."""

    code: str | None
    commands: tuple[BotCommand, ...]
    description: str
    short_description: str


def profiles(locales: Locales) -> Iterator[Profile]:
    """The bot's own texts in each of its languages, and for people with another one."""
    everyone_else = (None, FALLBACK)
    for code, language in (everyone_else, *((one.value, one) for one in Language)):
        words = locales[language.value]
        commands = tuple(BotCommand(name, words(text)) for name, text in COMMANDS)
        yield Profile(code, commands, words(DESCRIPTION), words(SHORT_DESCRIPTION))


async def publish(bot: Bot, locales: Locales) -> None:
    """Brings the profile up to date; asks first, because Telegram limits changes strictly.

    A text Telegram refuses is logged and leaves the others alone.
    """
    for profile in profiles(locales):
        try:
            await _publish_one(bot, profile)
        except BadRequest as exc:
            language = profile.code or "default"
            log.error("profile.refused", language=language, reason=exc.message)


async def _publish_one(bot: Bot, profile: Profile) -> None:
    code = profile.code
    if await bot.get_my_commands(language_code=code) != profile.commands:
        await bot.set_my_commands(profile.commands, language_code=code)
    description = await bot.get_my_description(language_code=code)
    if description.description != profile.description:
        await bot.set_my_description(profile.description, language_code=code)
    short = await bot.get_my_short_description(language_code=code)
    if short.short_description != profile.short_description:
        await bot.set_my_short_description(profile.short_description, language_code=code)
