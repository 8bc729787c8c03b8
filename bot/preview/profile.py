"""What people see of the bot besides its messages: names, descriptions, commands, menu."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.preview.wire import Json, bad_request

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}|")
MOST_COMMANDS = 100

Scope = tuple[str, int, int]
DEFAULT_SCOPE: Scope = ("default", 0, 0)


@dataclass(slots=True)
class BotProfile:
    """The bot as Telegram knows it; texts by language, "" for all others."""

    id: int
    username: str = "komek_local_bot"
    names: dict[str, str] = field(default_factory=lambda: {"": "Komek"})
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    def user(self) -> Json:
        """The bot's own User object, as others see it."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.names.get("", "Komek"),
            "username": self.username,
        }

    def me(self) -> Json:
        """getMe's answer."""
        return {
            **self.user(),
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """The command menu a person sees: the narrowest scope and their language first."""
        for scope in (("chat", chat_id, 0), ("all_private_chats", 0, 0), DEFAULT_SCOPE):
            for code in (language, ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []


def scope_of(params: Json) -> tuple[Scope, str]:
    """The place a command list is kept under. Raises Refused for a bad language code."""
    scope = params.get("scope") or {"type": "default"}
    chat = scope.get("chat_id", 0)
    if not isinstance(chat, int):
        raise bad_request("chat not found")
    return (scope["type"], chat, scope.get("user_id", 0)), language_of(params)


def language_of(params: Json) -> str:
    """The language_code parameter. Raises Refused when it is not a two-letter code."""
    code: str = params.get("language_code", "")
    if not LANGUAGE.fullmatch(code):
        raise bad_request("language_code is invalid")
    return code


def checked_commands(commands: list[Json]) -> list[Json]:
    """Commands in lower case. Raises Refused for what Telegram refuses."""
    if len(commands) > MOST_COMMANDS:
        raise bad_request("too many commands specified")
    checked = []
    for command in commands:
        name = command["command"].removeprefix("/").lower()
        if not COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        checked.append({**command, "command": name, "description": command["description"].strip()})
    return checked
