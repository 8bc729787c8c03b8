"""The fields of the directory's files, checked one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.directory.model import Audience, Certainty, Grade, Kind, Service, Texts
from bot.languages import Language
from bot.open_hours import is_readable

SHORT_NUMBER = re.compile(r"\d{3,5}")
ID = r"^[a-z][a-z0-9-]*$"
# "see:PLACE:TOWN:49.9" must fit into a button's 64 bytes.
LONGEST_PLACE_ID = 29
LONGEST_TOWN_ID = 25


def _phone(text: str) -> str:
    """Short numbers of Kazakhstan, or international ones that may exist."""
    if SHORT_NUMBER.fullmatch(text):
        return text
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException as exc:
        raise ValueError(f"“{text}” is no phone number: write 111 or +7 727 254 50 57") from exc
    if not phonenumbers.is_valid_number(number):
        raise ValueError(f"“{text}” cannot be a phone number: digits are missing or too many")
    return text


def _hours(text: str) -> str:
    if not is_readable(text):
        raise ValueError(f"“{text}” is not understood: write “Mo-Fr 09:00-18:00” or “24/7”")
    return text


def _all_languages(texts: dict[Language, str]) -> dict[Language, str]:
    missing = [language.value for language in Language if not texts.get(language, "").strip()]
    if missing:
        raise ValueError(f"no text in {', '.join(missing)}")
    return texts


def _russian_at_least(texts: dict[Language, str]) -> dict[Language, str]:
    if not texts.get(Language.RU, "").strip():
        raise ValueError("no text in ru")
    return texts


Phone = Annotated[str, AfterValidator(_phone)]
Hours = Annotated[str, AfterValidator(_hours)]
Everywhere = Annotated[dict[Language, str], AfterValidator(_all_languages)]
InRussian = Annotated[dict[Language, str], AfterValidator(_russian_at_least)]
Id = Annotated[str, Field(pattern=ID)]
PlaceId = Annotated[str, Field(pattern=ID, max_length=LONGEST_PLACE_ID)]
TownId = Annotated[str, Field(pattern=ID, max_length=LONGEST_TOWN_ID)]
# Kazakhstan's bounding box with a little room.
Latitude = Annotated[float, Field(ge=40.5, le=55.5)]
Longitude = Annotated[float, Field(ge=46.4, le=87.4)]


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PositionFields(_Fields):
    """Where an office is, how far that can be trusted, and who says so."""

    lat: Latitude
    lon: Longitude
    grade: Grade
    source: str = Field(min_length=1)


class PlaceFields(_Fields):
    """One place of hotlines.yml, consulates.yml, centres.yml or state.yml."""

    id: PlaceId
    kind: Kind
    names: Everywhere
    # As the name stands inside a sentence, for {centre:…} in the texts.
    short: Everywhere | None = None
    town: Id
    address: InRussian | None
    position: PositionFields | None
    phones: list[Phone]
    hours: Hours | None
    services: list[Service]
    serves: Annotated[list[Audience], Field(min_length=1)]
    countries: list[Annotated[str, Field(pattern=r"^[A-Z]{2}$")]] = []
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2}$")]]
    certainty: Certainty
    source: str = Field(min_length=1)
    checked_on: date
    checked_by: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    # Entries that look like this one and are known to be others.
    not_the_same_as: list[PlaceId] = []
    note: Everywhere | None = None


class RegionFields(_Fields):
    """A region of towns-extra.yml."""

    id: Id
    names: Everywhere
    within: Id | None = None


class TownFields(_Fields):
    """One line of towns.yml."""

    id: TownId
    geonames: int
    latin: str
    ru: str
    kk: str
    region: Id
    point: tuple[Latitude, Longitude]
    population: int
    also: list[str]


class ExtraTownFields(_Fields):
    """A town of towns-extra.yml: what differs from towns.yml, or a town that is missing there."""

    id: TownId
    names: InRussian | None = None
    region: Id | None = None
    point: tuple[Latitude, Longitude] | None = None
    also: list[str] = []


class LandmarkFields(_Fields):
    """A market, district or village of landmarks.yml and the town whose places are near."""

    town: Id
    names: Annotated[list[Annotated[str, Field(min_length=2)]], Field(min_length=1)]


def texts(by_language: Mapping[Language, str] | None) -> Texts:
    """The texts as a value."""
    return Texts(tuple((language.value, text) for language, text in (by_language or {}).items()))
