"""A parent on the local Telegram: says, taps and reads, as a test tells it."""

from __future__ import annotations

from bot.i18n import Locales, Words
from bot.languages import Language
from bot.preview.heard import Shown
from bot.preview.person import Person

PATIENCE = 40.0


class Parent:
    """One person with a phone; labels of buttons come from the words of their language."""

    def __init__(self, person: Person, locales: Locales, language: Language) -> None:
        self.person = person
        self.language = language
        self.words: Words = locales[language.value]

    async def begins(self) -> Shown:
        """/start, and the choice of the language; the home menu that follows."""
        await self.person.start()
        await self.person.heard(lambda shown: shown.button("lang:ky") is not None, PATIENCE)
        await self.person.tap(f"lang:{self.language}")
        return await self.hears("section:rights")

    async def says(self, text: str) -> None:
        """Types and sends."""
        await self.person.say(text)

    async def taps(self, action: str) -> None:
        """Taps the newest button with this action."""
        await self.person.tap(action)

    async def hears(self, wanted: str, patience: float = PATIENCE) -> Shown:
        """The next message of the bot with these words or this button."""

        def fits(shown: Shown) -> bool:
            return shown.by_bot and (wanted in shown.text or shown.button(wanted) is not None)

        return await self.person.heard(fits, patience)

    def last(self) -> Shown:
        """The newest message of the bot."""
        return [shown for shown in self.person.messages if shown.by_bot][-1]

    def heard(self, text: str) -> int:
        """How many messages of the bot hold these words."""
        return sum(text in shown.text for shown in self.person.messages if shown.by_bot)
