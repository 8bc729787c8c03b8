"""The methods this server really does, by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.preview.editing import Editing
from bot.preview.files import BIGGEST_DOWNLOAD
from bot.preview.profile import BotProfile, checked_commands, language_of, scope_of
from bot.preview.sending import Sending
from bot.preview.updates import Polling
from bot.preview.webhook import Webhook
from bot.preview.wire import Json, Refused, bad_request
from bot.preview.world import World

Method = Callable[[Json], Awaitable[object]]


class Methods:
    """Every offered method; asking for another one is refused in Telegram's manner."""

    def __init__(
        self, world: World, sending: Sending, editing: Editing, polling: Polling, webhook: Webhook
    ) -> None:
        self.world = world
        self.profile: BotProfile = world.profile
        self.sending = sending
        self.polling = polling
        self.webhook = webhook
        self._by_name: dict[str, Method] = {
            "sendMessage": sending.message,
            "sendPhoto": sending.photo,
            "sendDocument": sending.document,
            "sendVoice": sending.voice,
            "sendAudio": sending.audio,
            "sendVideo": sending.video,
            "sendLocation": sending.location,
            "sendVenue": sending.venue,
            "sendContact": sending.contact,
            "sendChatAction": sending.chat_action,
            "editMessageText": editing.text,
            "editMessageCaption": editing.caption,
            "editMessageReplyMarkup": editing.markup,
            "deleteMessage": editing.delete,
            "answerCallbackQuery": editing.answer_callback,
            **self._own(),
        }

    def find(self, name: str) -> Method:
        """The method. Raises Refused when this server does not offer it."""
        if name not in self._by_name:
            raise bad_request(f"method {name} is not offered by the local server")
        return self._by_name[name]

    def _own(self) -> dict[str, Method]:
        texts = self._texts("name", self.profile.names)
        texts |= self._texts("description", self.profile.descriptions)
        texts |= self._texts("short_description", self.profile.short_descriptions)
        return texts | {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "getFile": self._get_file,
            "getChat": self._get_chat,
            "setMyCommands": self._set_commands,
            "getMyCommands": self._get_commands,
            "deleteMyCommands": self._delete_commands,
            "setChatMenuButton": self._set_menu_button,
            "getChatMenuButton": self._get_menu_button,
            "logOut": self._yes,
            "close": self._yes,
        }

    def _texts(self, field: str, kept: dict[str, str]) -> dict[str, Method]:
        """The pair setMyX / getMyX for one of the bot's texts."""

        async def write(params: Json) -> bool:
            text, language = params.get(field, "").strip(), language_of(params)
            if text:
                kept[language] = text
            elif field != "name" or language:  # a bot always keeps some name
                kept.pop(language, None)
            self.world.events.publish(0, "bot", {})
            return True

        async def read(params: Json) -> Json:
            return {field: kept.get(language_of(params)) or kept.get("", "")}

        words = "".join(part.capitalize() for part in field.split("_"))
        return {f"setMy{words}": write, f"getMy{words}": read}

    async def _yes(self, params: Json) -> bool:
        return True

    async def _get_me(self, params: Json) -> Json:
        return self.profile.me()

    async def _get_updates(self, params: Json) -> list[Json]:
        return await self.polling.get(params, webhook_set=lambda: self.webhook.target is not None)

    async def _set_webhook(self, params: Json) -> bool:
        await self.webhook.set(params)
        self.polling.ring()
        return True

    async def _delete_webhook(self, params: Json) -> bool:
        await self.webhook.set({**params, "url": ""})
        return True

    async def _webhook_info(self, params: Json) -> Json:
        return self.webhook.info()

    async def _get_file(self, params: Json) -> Json:
        stored = self.world.files.by_id(params["file_id"])
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(stored.data) > BIGGEST_DOWNLOAD:
            raise bad_request("file is too big")
        return {**stored.as_json(), "file_path": stored.path}

    async def _get_chat(self, params: Json) -> Json:
        chat = self.sending.known_chat(params["chat_id"])
        if chat.deleted:
            raise Refused(403, "Forbidden: user is deactivated")
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        accepted = dict.fromkeys((*gifts, "gifts_from_channels"), False)
        return {
            **chat.as_json(),
            "accent_color_id": chat.id % 7,
            "max_reaction_count": 11,
            "accepted_gift_types": accepted,
        }

    async def _set_commands(self, params: Json) -> bool:
        self.profile.commands[scope_of(params)] = checked_commands(params["commands"])
        self.world.events.publish(0, "bot", {})
        return True

    async def _get_commands(self, params: Json) -> list[Json]:
        return self.profile.commands.get(scope_of(params), [])

    async def _delete_commands(self, params: Json) -> bool:
        self.profile.commands.pop(scope_of(params), None)
        self.world.events.publish(0, "bot", {})
        return True

    async def _set_menu_button(self, params: Json) -> bool:
        button = params.get("menu_button", {"type": "default"})
        if "chat_id" in params:
            self.sending.known_chat(params["chat_id"]).menu_button = button
        elif button["type"] != "default":
            self.profile.menu_button = button
        else:
            self.profile.menu_button = {"type": "commands"}
        return True

    async def _get_menu_button(self, params: Json) -> Json:
        if "chat_id" not in params:
            return self.profile.menu_button
        chat = self.sending.known_chat(params["chat_id"])
        return chat.menu_button or self.profile.menu_button
