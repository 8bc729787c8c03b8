"""A person with a phone: what they can do in the chat, and what they see there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import overload

from bot.errors import NotFound
from bot.preview.acts import Acts
from bot.preview.heard import CallbackAnswer, Ear, Shown, shown_of
from bot.preview.world import Chat

PATIENCE = 10.0


class Tapped:
    """A button that was tapped and shows a spinner until the bot answers."""

    def __init__(self, acts: Acts, chat: Chat, query: str) -> None:
        self.id = query
        self._acts = acts
        self._chat = chat

    async def answered(self, timeout: float = PATIENCE) -> CallbackAnswer:
        """What the bot answered. Raises TimeoutError when it never does."""
        with self._acts.world.events.listening(self._chat.id) as events:
            async with asyncio.timeout(timeout):
                while (answer := self._acts.editing.answer_of(self.id)) is None:
                    await events.get()
        return CallbackAnswer(answer["text"], answer["show_alert"])


class Person:
    """One person's side of their chat with the bot.

    Hearing: what the bot says waits until `heard` takes it; each act of the person lets
    go of what they had not asked for.
    """

    def __init__(self, acts: Acts, chat: Chat) -> None:
        self.chat = chat
        self._acts = acts
        self._ear = Ear(chat)

    @property
    def id(self) -> int:
        """The Telegram id of the person, and of their chat with the bot."""
        return self.chat.id

    @property
    def messages(self) -> tuple[Shown, ...]:
        """What the chat shows now, oldest first, edits applied."""
        return tuple(shown_of(message) for message in self.chat.messages.values())

    @property
    def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the reply keyboard, if one is shown."""
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        return tuple(tuple(button["text"] for button in row) for row in rows)

    async def start(self, payload: str = "") -> int:
        """Presses Start, as everyone must before a bot may write to them."""
        await self.unblock()
        return await self.say(f"/start {payload}".strip())

    async def say(self, text: str, reply_to: int | None = None) -> int:
        """Sends a text; a very long one goes as several messages. Returns the last one's id."""
        self._ear.skip()
        return self._acts.say(self.chat, text, reply_to)

    async def tap(self, wanted: str, message_id: int | None = None) -> Tapped:
        """Taps the button with this text or data, on the newest message that has it.

        A button of the reply keyboard sends its text. Raises NotFound when there is none.
        """
        self._ear.skip()
        for message in reversed(list(self.chat.messages.values())):
            if message_id in (None, message.id) and (button := shown_of(message).button(wanted)):
                if not button.data:
                    raise NotFound(f"the button “{wanted}” sends nothing to the bot")
                return Tapped(
                    self._acts, self.chat, self._acts.tap(self.chat, message.id, button.data)
                )
        if message_id is None and any(wanted in row for row in self.keyboard):
            await self.say(wanted)
            return Tapped(self._acts, self.chat, "")
        raise NotFound(f"no message shows a button “{wanted}”")

    async def send_location(self, latitude: float, longitude: float) -> int:
        """Shares a place."""
        self._ear.skip()
        place = {"latitude": latitude, "longitude": longitude}
        return self._acts.send(self.chat, {"location": place})

    async def send_contact(self, phone_number: str = "+77010000000") -> int:
        """Shares the person's own number."""
        self._ear.skip()
        return self._acts.send_contact(self.chat, phone_number)

    async def send_photo(self, data: bytes, caption: str = "", mime: str = "image/jpeg") -> int:
        """Sends a picture."""
        self._ear.skip()
        return self._acts.send_photo(self.chat, data, caption, mime)

    async def send_voice(self, data: bytes, duration: int = 3, mime: str = "audio/ogg") -> int:
        """Sends a voice message."""
        self._ear.skip()
        return self._acts.send_voice(self.chat, data, duration, mime)

    async def send_document(
        self, data: bytes, filename: str, mime: str = "application/octet-stream", caption: str = ""
    ) -> int:
        """Sends a file."""
        self._ear.skip()
        return self._acts.send_document(self.chat, data, filename, mime, caption)

    async def send_sticker(self, emoji: str = "👍") -> int:
        """Sends a sticker."""
        self._ear.skip()
        return self._acts.send_sticker(self.chat, emoji)

    async def edit(self, message_id: int, text: str) -> None:
        """Changes an own message."""
        self._ear.skip()
        self._acts.edit(self.chat, message_id, text)

    async def block(self) -> None:
        """Stops the bot."""
        self._acts.set_blocked(self.chat, True)

    async def unblock(self) -> None:
        """Lets the bot write again."""
        self._acts.set_blocked(self.chat, False)

    async def delete_account(self) -> None:
        """Leaves Telegram: the bot may not write any more."""
        self.chat.deleted = True

    def in_group(self, title: str) -> Group:
        """The person as a member of a group the bot is in."""
        return Group(self._acts, self._acts.join_group(self.chat, title), self.chat)

    async def channel_post(self, title: str, text: str) -> int:
        """Posts in a channel where the bot is an administrator."""
        return self._acts.channel_post(title, text)

    @overload
    async def heard(self, wanted: int = 1, timeout: float = PATIENCE) -> list[Shown]: ...
    @overload
    async def heard(self, wanted: Callable[[Shown], bool], timeout: float = PATIENCE) -> Shown: ...

    async def heard(
        self, wanted: int | Callable[[Shown], bool] = 1, timeout: float = PATIENCE
    ) -> list[Shown] | Shown:
        """The next messages or edits of the bot: so many, or the first that fits.

        Raises TimeoutError, saying what came instead.
        """
        with self._acts.world.events.listening(self.chat.id) as events:
            try:
                async with asyncio.timeout(timeout):
                    while (found := self._take(wanted)) is None:
                        await events.get()
                return found
            except TimeoutError:
                came = [message.text for _, message in self._ear.unheard()]
                raise TimeoutError(
                    f"{self.id} waited {timeout:g} s and heard only {came}"
                ) from None

    def _take(self, wanted: int | Callable[[Shown], bool]) -> list[Shown] | Shown | None:
        unheard = self._ear.unheard()
        if isinstance(wanted, int):
            if len(unheard) < wanted:
                return None
            if wanted:
                self._ear.take(unheard[wanted - 1][0])
            return [message for _, message in unheard[:wanted]]
        for place, message in unheard:
            if wanted(message):
                self._ear.take(place)
                return message
        return None


class Group:
    """A group chat with the bot, as one member of it."""

    def __init__(self, acts: Acts, chat: Chat, member: Chat) -> None:
        self.chat = chat
        self._acts = acts
        self._member = member

    @property
    def messages(self) -> tuple[Shown, ...]:
        """What the group shows now."""
        return tuple(shown_of(message) for message in self.chat.messages.values())

    async def say(self, text: str) -> int:
        """Writes in the group."""
        return self._acts.say(self.chat, text, None, sender=self._member.user)

    async def remove_bot(self) -> None:
        """Throws the bot out."""
        self._acts.set_blocked(self.chat, True, by=self._member.user)

    async def become_supergroup(self) -> int:
        """The group gets a new id, as Telegram does when it grows; returns that id."""
        return self._acts.migrate(self.chat, self._member.user)
