"""The five languages a parent can be answered in, and what each calls itself."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A language of the bot, by its ISO 639-1 code."""

    KY = "ky"
    TG = "tg"
    UZ = "uz"
    RU = "ru"
    KK = "kk"

    @property
    def own_name(self) -> str:
        """The language's name in itself, as a speaker looks for it in a list."""
        return OWN_NAMES[self]


OWN_NAMES = {
    Language.KY: "Кыргызча",
    Language.TG: "Тоҷикӣ",
    Language.UZ: "Oʻzbekcha",
    Language.RU: "Русский",
    Language.KK: "Қазақша",
}

# Uzbek for people who read it in Cyrillic letters: the same texts, turned round when sent.
UZBEK_IN_CYRILLIC = "uz-Cyrl"
UZBEK_IN_CYRILLIC_NAME = "Ўзбекча (кирилл)"

# Most people who share no chosen language in Kazakhstan read some Russian.
FALLBACK = Language.RU

DESK_LANGUAGES = ("ru", "kk", "en")


def language_or_none(code: str | None) -> Language | None:
    """The bot's language for a code such as "ky", "uz-Cyrl" or "ru-RU"; None when it has none."""
    base = (code or "").replace("_", "-").split("-")[0].lower()
    return next((language for language in Language if language.value == base), None)
