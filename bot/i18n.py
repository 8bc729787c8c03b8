"""Words of buttons and prompts, plurals, dates and amounts in the reader's language.

The source is `locales/<language>/LC_MESSAGES/<domain>.po`, read directly: no
compiled files to forget. The message ids are plain English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_currency, format_decimal
from babel.support import Translations

from bot.clock import KAZAKHSTAN, day_of
from bot.errors import BadContent

# Where the locale data of Unicode write a date as no reader of the language would.
DATES = {
    ("tg", "long"): "d MMMM'и соли' y",
    ("tg", "full"): "EEEE, d MMMM'и соли' y",
}
# Where they name a country otherwise than its people, or than the directory, do.
COUNTRIES = {
    ("ru", "KG"): "Кыргызстан",
    ("tg", "BY"): "Беларус",
    ("tg", "DE"): "Олмон",
    ("tg", "PL"): "Полша",
}


def message(text: str) -> str:
    """Marks a constant as words to translate; the text itself is unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """Speaks one language: `words("Back")` gives the button's text in it."""

    language: str
    locale: Locale
    translations: Translations

    def __call__(self, text: str, **values: object) -> str:
        """The message in this language, with `{name}` places filled."""
        translated = str(self.translations.gettext(text))
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """The right plural form for `number`, which fills `{number}`."""
        text = str(self.translations.ngettext(one, many, number))
        return text.format(number=self.number(number), **values)

    def day(self, day: date) -> str:
        """A day with its month written out."""
        return self._date(day, "long")

    def weekday_and_date(self, day: date) -> str:
        """A day with weekday, month and year."""
        return self._date(day, "full")

    def short_day(self, day: date) -> str:
        """A day as short as it can be read, for buttons."""
        return format_date(day, format="d MMM", locale=self.locale)

    def month(self, day: date) -> str:
        """The month and year of a day."""
        return format_date(day, format="LLLL y", locale=self.locale)

    def weekdays(self) -> tuple[str, ...]:
        """The shortest names of the weekdays, from Monday on."""
        names = self.locale.days["stand-alone"]["short"]
        return tuple(str(names[number]).rstrip(".") for number in range(7))

    def _date(self, day: date, form: str) -> str:
        pattern = DATES.get((self.language, form))
        if pattern is None:
            return format_date(day, format=form, locale=self.locale)
        return format_date(day, format=pattern, locale=self.locale).lower()

    def time(self, moment: datetime) -> str:
        """Hours and minutes in Kazakhstan."""
        return format_time(moment, format="HH:mm", tzinfo=KAZAKHSTAN, locale=self.locale)

    def moment(self, moment: datetime) -> str:
        """Day and time in Kazakhstan."""
        return f"{self.day(day_of(moment))}, {self.time(moment)}"

    def number(self, number: float) -> str:
        """A number with the language's separators."""
        return format_decimal(number, locale=self.locale)

    def country(self, code: str) -> str:
        """A country's name, by its ISO 3166 code."""
        own = COUNTRIES.get((self.language, code))
        return own or str(self.locale.territories.get(code, code))

    def language_name(self, code: str) -> str:
        """A language's name, by its ISO 639-1 code."""
        return str(self.locale.languages.get(code, code))

    def tenge(self, amount: int) -> str:
        """An amount of tenge without decimals, with the sign ₸."""
        return format_currency(
            amount, "KZT", format="#,##0\u00a0¤", locale=self.locale, currency_digits=False
        ).replace("KZT", "₸")


@dataclass(frozen=True, slots=True)
class Locales:
    """All languages of one domain ("bot" or "desk")."""

    by_language: Mapping[str, Words]

    def __getitem__(self, language: str) -> Words:
        return self.by_language[language]


def load_locales(folder: Path, domain: str, languages: tuple[str, ...]) -> Locales:
    """Reads the domain's files. Raises BadContent naming file and line of a broken one."""
    return Locales({language: _load(folder, domain, language) for language in languages})


def _load(folder: Path, domain: str, language: str) -> Words:
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, domain=domain, abort_invalid=True)
    except PoFileError as exc:
        raise BadContent(f"{path}: {exc}") from exc
    except (OSError, ValueError) as exc:
        raise BadContent(f"{path}: cannot be read: {exc}") from exc
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, Locale.parse(language), Translations(compiled, domain))
