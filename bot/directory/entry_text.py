"""An entry as people write it in the files of content/directory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from bot.directory.entries import PlaceFields, PositionFields
from bot.languages import Language

ORDER = (Language.RU, Language.KK, Language.KY, Language.TG, Language.UZ)


def entry_text(row: PlaceFields) -> str:
    """The entry's lines, in the usual order of the fields."""
    return "".join(f"{line}\n" for line in _lines(row))


def _lines(row: PlaceFields) -> Iterator[str]:
    yield f"- id: {row.id}"
    yield f"  kind: {row.kind}"
    yield "  names:"
    yield from _texts(row.names)
    if row.short:
        yield "  short:"
        yield from _texts(row.short)
    yield f"  town: {row.town}"
    yield f"  address: {_in_one_line(row.address)}"
    yield f"  position: {_position(row.position)}"
    yield f"  phones: [{', '.join(_quoted(phone) for phone in row.phones)}]"
    yield f"  hours: {_quoted(row.hours) if row.hours else 'null'}"
    yield f"  services: {_list(row.services)}"
    yield f"  serves: {_list(row.serves)}"
    if row.countries:
        yield f"  countries: [{', '.join(_quoted(code) for code in row.countries)}]"
    yield f"  languages: {_list(row.languages)}"
    yield f"  certainty: {row.certainty}"
    yield f"  source: {_quoted(row.source)}"
    yield f"  checked_on: {row.checked_on.isoformat()}"
    if row.checked_by:
        yield f"  checked_by: {_quoted(row.checked_by)}"
    if row.not_the_same_as:
        yield f"  not_the_same_as: {_list(row.not_the_same_as)}"
    if row.note:
        yield "  note:"
        yield from _texts(row.note)


def _texts(texts: Mapping[Language, str]) -> Iterator[str]:
    return (f"    {one}: {_quoted(texts[one])}" for one in ORDER if one in texts)


def _in_one_line(texts: Mapping[Language, str] | None) -> str:
    if not texts:
        return "null"
    return "{" + ", ".join(f"{one}: {_quoted(texts[one])}" for one in ORDER if one in texts) + "}"


def _position(position: PositionFields | None) -> str:
    if position is None:
        return "null"
    source = _quoted(position.source)
    return (
        f"{{lat: {position.lat}, lon: {position.lon}, grade: {position.grade}, source: {source}}}"
    )


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(words)}]"


def _quoted(text: str) -> str:
    """A text in quotation marks; JSON's are YAML's, too."""
    return json.dumps(text, ensure_ascii=False)
