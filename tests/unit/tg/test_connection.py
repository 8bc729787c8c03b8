"""The bot starts whether or not Telegram is there, and tells Telegram who it is."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import pytest
from babel import Locale
from babel.support import Translations

from bot.conversation.decide import COMMANDS as UNDERSTOOD
from bot.errors import BadSetting
from bot.i18n import Locales, Words
from bot.languages import Language
from bot.preview.server import PreviewServer
from bot.tg.bot import KomekBot, make_bot
from bot.tg.connection import Connection
from bot.tg.profile import COMMANDS, DESCRIPTION, SHORT_DESCRIPTION
from bot.tg.webhook import WebhookAddress


class Labelled(Translations):
    """Translates by putting the language in front."""

    language = ""

    def gettext(self, message: str) -> str:
        return f"[{self.language}] {message}"


def words_of(language: str) -> Words:
    translations = Labelled()
    translations.language = language
    return Words(language, Locale.parse(language), translations)


LOCALES = Locales({language.value: words_of(language.value) for language in Language})


def connection(bot: KomekBot, webhook: WebhookAddress | None = None) -> Connection:
    return Connection(bot, webhook, lambda: LOCALES)


def counted(telegram: PreviewServer) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for call in telegram.calls:
        counts[call.method] += 1
    return counts


async def test_the_profile_is_published_once_in_every_language(
    telegram: PreviewServer, bot: KomekBot
) -> None:
    assert await connection(bot).open()
    await connection(bot).run()
    profile = telegram.world.profile
    assert profile.descriptions[""] == f"[ru] {DESCRIPTION}"  # Russian for everyone else too
    assert set(profile.descriptions) == {"", "ky", "tg", "uz", "kk"}
    assert profile.short_descriptions["tg"] == f"[tg] {SHORT_DESCRIPTION}"
    menu = profile.commands_for(71, "ky")
    assert menu[0] == {"command": "menu", "description": "[ky] Menu"}
    telegram.calls.clear()
    await connection(bot).run()
    assert not {name for name in counted(telegram) if name.startswith("setMy")}


def test_every_command_of_the_menu_is_understood() -> None:
    assert {name for name, _ in COMMANDS} <= UNDERSTOOD.keys()


@pytest.mark.parametrize("token", ["", "nonsense", "x:y", "123:", "１２:secret"])
def test_what_is_no_token_is_said_plainly(token: str) -> None:
    with pytest.raises(BadSetting, match="TELEGRAM_BOT_TOKEN is not a bot token"):
        make_bot(token, "http://127.0.0.1:9")


async def test_a_refused_token_stops_the_start_without_being_shown(
    telegram: PreviewServer,
) -> None:
    stranger = make_bot("1:refused-refused", telegram.base_url)
    with pytest.raises(BadSetting, match="TELEGRAM_BOT_TOKEN is refused by Telegram") as caught:
        await connection(stranger).open()
    assert "refused-refused" not in str(caught.value)
    await stranger.shutdown()


async def test_telegram_may_come_later(
    telegram: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.tg.connection.FIRST_PAUSE", 0.05)
    monkeypatch.setattr("bot.tg.connection.START_SECONDS", 0.3)
    late = make_bot(telegram.token, telegram.base_url)
    telegram.fail_next("getMe", drop=True)
    assert not await connection(late).open()
    telegram.latency = 1.0
    assert not await connection(late).open()  # a slow one is not waited for either
    telegram.heal()
    telegram.fail_next("getMe", 502, times=2)
    telegram.fail_next("deleteWebhook", 500)
    telegram.fail_next("setMyCommands", drop=True)
    async with asyncio.timeout(10):
        await connection(late).run()
    assert late.username == "komek_local_bot"
    await connection(late).close()


async def test_a_refused_webhook_address_is_the_operators_to_correct(
    telegram: PreviewServer, bot: KomekBot
) -> None:
    bad = WebhookAddress("https://komek.example/telegram", "a-secret-of-some-length")
    with pytest.raises(BadSetting, match="KOMEK_WEBHOOK_URL is refused"):
        await connection(bot, bad).run()


async def test_one_refused_text_leaves_the_others_alone(
    telegram: PreviewServer, bot: KomekBot
) -> None:
    telegram.fail_next("setMyCommands", 400)
    await connection(bot).run()
    assert len(telegram.world.profile.commands) == 5
