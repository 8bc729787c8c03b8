"""What the directory knows: towns, places and what was found where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# The town of a place that serves everybody in Kazakhstan.
NATIONAL = "national"


class Kind(StrEnum):
    """What sort of door a place is."""

    HOTLINE = "hotline"
    EMBASSY = "embassy"
    CONSULATE = "consulate"
    NGO = "ngo"
    DIASPORA = "diaspora"
    SHELTER = "shelter"
    LEGAL_AID = "legal-aid"
    INTERNATIONAL = "international"
    OMBUDSMAN = "ombudsman"
    SOCIAL_SERVICE = "social-service"
    PSYCHOLOGICAL = "psychological"
    CHILD_CENTRE = "child-centre"
    HOSPITAL = "hospital"
    MATERNITY = "maternity"
    GOVERNMENT = "government"
    MIGRATION_SERVICE = "migration-service"


class Service(StrEnum):
    """What people come to a place for."""

    EMERGENCY = "emergency"
    POLICE = "police"
    VIOLENCE = "violence"
    TRAFFICKING = "trafficking"
    MISSING_CHILD = "missing-child"
    CHILD_RIGHTS = "child-rights"
    SHELTER = "shelter"
    PSYCHOLOGICAL = "psychological"
    LEGAL = "legal"
    DOCUMENTS = "documents"
    ASYLUM = "asylum"
    STATELESSNESS = "statelessness"
    REGISTRATION = "registration"
    RESIDENCE = "residence"
    RETURN = "return"
    CONSULAR = "consular"
    LABOUR = "labour"
    SCHOOL = "school"
    HEALTH = "health"
    CHILDBIRTH = "childbirth"
    DISABILITY = "disability"
    FOOD_CLOTHES = "food-clothes"
    SOCIAL = "social"
    COMPLAINTS = "complaints"
    INFO = "info"


class Audience(StrEnum):
    """Whom a place serves."""

    EVERYONE = "everyone"
    FOREIGNERS = "foreigners"
    CITIZENS = "citizens"  # of the place's countries
    MIGRANTS = "migrants"
    REFUGEES = "refugees"
    STATELESS = "stateless"
    WITHOUT_PAPERS = "without-papers"
    WOMEN = "women"
    CHILDREN = "children"
    PARENTS = "parents"
    MOTHERS = "mothers"  # pregnant, or with small children
    FAMILIES = "families"
    HARDSHIP = "hardship"
    WORKERS = "workers"
    VIOLENCE = "violence"
    TRAFFICKING = "trafficking"
    DETAINED = "detained"
    DISABILITY = "disability"
    PATIENTS = "patients"
    EMERGENCIES = "emergencies"  # anybody in an emergency, otherwise by attachment or payment


class Grade(StrEnum):
    """How far a position can be trusted (content/directory/README.md)."""

    A = "A"
    B = "B"
    C = "C"


class Certainty(StrEnum):
    """S: a source we read says so. K: general knowledge, to be confirmed by a call."""

    SOURCE = "S"
    KNOWLEDGE = "K"


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in several languages."""

    by_language: tuple[tuple[str, str], ...] = ()

    def get(self, language: str) -> str:
        """The text in `language`, else in Russian, else nothing."""
        texts = dict(self.by_language)
        return texts.get(language) or texts.get("ru", "")


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Position(Point):
    """The point of an office, with how far it can be trusted and who says so."""

    grade: Grade
    source: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region, or a city with a region's rights, which then lies `within` another."""

    id: str
    names: Texts
    within: str | None = None

    @property
    def area(self) -> str:
        """The region whose people use the same offices: a city shares it with its surroundings."""
        return self.within or self.id


@dataclass(frozen=True, slots=True)
class Town:
    """A town or village; `point` is its centre and None when no source gives one."""

    id: str
    names: Texts
    region: Region
    point: Point | None
    population: int
    spellings: tuple[str, ...] = ()
    landmarks: tuple[str, ...] = ()  # markets, districts and villages in or beside it

    def name(self, language: str) -> str:
        """What the town is called in `language`."""
        return self.names.get(language)

    def region_name(self, language: str) -> str:
        """The region's name, to tell namesakes apart; empty for a city that is its own region."""
        return "" if self.region.id == self.id else self.region.names.get(language)


@dataclass(frozen=True, slots=True)
class Place:
    """A door to knock on or a number to call.

    `checked_by` is who made sure of the entry by a call or a visit; empty when it was only
    read in published sources.
    """

    id: str
    kind: Kind
    names: Texts
    town: str
    address: Texts
    position: Position | None
    phones: tuple[str, ...]
    hours: str | None
    services: tuple[Service, ...]
    serves: tuple[Audience, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    certainty: Certainty
    source: str
    checked_on: date
    checked_by: str
    note: Texts
    short: Texts = Texts()

    def name(self, language: str) -> str:
        """What the place is called in `language`."""
        return self.names.get(language)

    def short_name(self, language: str) -> str | None:
        """The name as it stands inside a sentence; None when no text needs it."""
        return self.short.get(language) or None

    def address_in(self, language: str) -> str:
        """Street and house; empty when unknown or kept secret."""
        return self.address.get(language)

    def note_in(self, language: str) -> str:
        """What to know before going there; empty when there is nothing to say."""
        return self.note.get(language)

    @property
    def is_certain(self) -> bool:
        """Whether a source we read says so."""
        return self.certainty is Certainty.SOURCE

    def offers(self, service: str | None) -> bool:
        """Whether people can come here for this; without a service: for anything at all."""
        return service in self.services if service else bool(self.services)


@dataclass(frozen=True, slots=True)
class Found:
    """A place somebody can be sent to.

    `distance_km` is None when either end has no known point; `town` is None for places
    that serve the whole country.
    """

    place: Place
    distance_km: float | None
    town: Town | None


@dataclass(frozen=True, slots=True)
class Farther:
    """The nearest town that has what is not to be found here, about `km` from centre to centre."""

    town: Town
    km: float


@dataclass(frozen=True, slots=True)
class TownMatch:
    """A town found in somebody's words, with a score up to 100 for an exact name."""

    town: Town
    score: float
