"""Members of staff as the rest of the app sees them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member may do."""

    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def works_cases(self) -> bool:
        """Whether this role sees the cases of its organisation."""
        return self in {Role.CASEWORKER, Role.SUPERVISOR}

    @property
    def edits_texts(self) -> bool:
        """Whether this role works on what the bot says."""
        return self in {Role.EDITOR, Role.ADMIN}


@dataclass(frozen=True, slots=True)
class Organisation:
    """A partner NGO."""

    id: int
    name: str
    hours: str
    reply_within_hours: int
    keep_days: int
    receives: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may sign in at the desk."""

    id: int
    organisation_id: int
    organisation: str
    email: str
    name: str
    role: Role
    language: str
