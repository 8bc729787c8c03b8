"""Passwords of members: argon2 hashes, rehashed as the parameters grow."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 200

# Long enough for the rule, and tried first by anybody who guesses.
COMMON = """
1234567890 0123456789 0987654321 12345678910 1234567891 qwertyuiop qwerty12345 qwerty1234
qwerty123456 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 qazwsxedcr password12 password123
password1234 passw0rd123 iloveyou12 administrator welcome123 letmein123 changeme123
йцукенгшщз йцукен12345 пароль12345 пароль123456 казахстан2024 kazakhstan1
"""


class Weakness(StrEnum):
    """Why a new password is not taken."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a password fits, and the hash to store instead when parameters have grown."""

    fits: bool
    new_hash: str | None = None


def weakness(password: str, email: str) -> Weakness | None:
    """What is wrong with a new password; None when it will do."""
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(password) > LONGEST:
        return Weakness.TOO_LONG
    plain = password.casefold()
    own = email.casefold()
    if plain in COMMON.split() or plain in {own, own.split("@")[0]} or len(set(plain)) < 4:
        return Weakness.EASY
    return None


async def hash_password(password: str) -> str:
    """The argon2 hash of a password, worked out beside the event loop."""
    return await asyncio.to_thread(_hasher().hash, password)


async def check_password(password_hash: str | None, password: str) -> Checked:
    """Compares a password with its hash; an unknown account (None) takes as long."""
    return await asyncio.to_thread(_check, password_hash, password[: LONGEST + 1])


def _check(password_hash: str | None, password: str) -> Checked:
    try:
        _hasher().verify(password_hash or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return Checked(False)
    if password_hash is None:
        return Checked(False)
    grown = _hasher().check_needs_rehash(password_hash)
    return Checked(True, _hasher().hash(password) if grown else None)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("nobody has this password")
