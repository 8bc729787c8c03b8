"""What texts may say of the directory's places, and the names they must not write out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.render import REFERENCE, Places

_MARKS = '«»“”„"'
# «Энелер үйү» (Дом мамы): what stands in brackets behind a name explains it.
_EXPLANATION = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """Where references lead, all short numbers, and which places have a short name."""

    places: Places
    short_numbers: frozenset[str]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Anything:
    """A directory in which everything exists."""

    def phone(self, place_id: str, /) -> str:
        return place_id

    def short_name(self, place_id: str, _language: str, /) -> str:
        return place_id


# When the directory itself is broken every reference is let pass: its own findings are enough.
ANY_PLACE = KnownPlaces(_Anything(), frozenset(), ())


@dataclass(frozen=True, slots=True)
class LiteralName:
    """A short name that stands in a text, with the number of its line, and whose it is."""

    line: int
    name: str
    place: str

    @property
    def message(self) -> str:
        """What to write instead."""
        return f"the name “{self.name}” must be a reference: write {{centre:{self.place}}}"


def literal_names(text: str, language: str, known: KnownPlaces) -> Iterator[LiteralName]:
    """Short names of places written out instead of referred to."""
    names = [(place, known.places.short_name(place, language)) for place in known.named]
    for number, line in enumerate(text.splitlines()):
        bare = REFERENCE.sub(" ", line)
        for place, name in names:
            if name and (found := _form(name).search(bare)):
                yield LiteralName(number, found[0], place)


@lru_cache(maxsize=1024)
def _form(name: str) -> re.Pattern[str]:
    """The name with any ending and in any quotation marks, or without them.

    A single word may be an ordinary one, as «Көмек» is: it counts in quotation marks, and with
    its capital letter in the middle of a sentence.
    """
    plain = _EXPLANATION.sub("", name).strip(_MARKS)
    if re.search(r"[\s-]", plain):
        return re.compile(rf"(?<!\w){re.escape(plain)}", re.IGNORECASE)
    return re.compile(rf"(?:(?<=[{_MARKS}])|(?<=[^\W\d_]\s)|(?<=,\s)){re.escape(plain)}")
