"""Column types: UTC time and encrypted text that behave alike on both databases.

The encryption ring is handed to the types once by `open_database`; a process
that never opens a database cannot read a text by accident.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from bot.storage.crypt import Crypt

_ring: list[Crypt] = []


def use_crypt(crypt: Crypt) -> None:
    """Lets the encrypted columns of this process read and write with `crypt`."""
    _ring[:] = [crypt]


def crypt_in_use() -> Crypt:
    """The ring in use. Raises RuntimeError when no database was opened."""
    if not _ring:
        raise RuntimeError("encrypted columns are used before open_database")
    return _ring[0]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored and returned in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive times: they would mean something else on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """SQLite gives naive values back; they are UTC by construction."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class EncryptedBytes(TypeDecorator[bytes]):
    """Bytes encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypts with the newest key."""
        return None if value is None else crypt_in_use().encrypt(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Decrypts with whichever key fits."""
        return None if value is None else crypt_in_use().decrypt(bytes(value))


class EncryptedText(TypeDecorator[str]):
    """A text encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypts with the newest key."""
        return None if value is None else crypt_in_use().encrypt(value.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Decrypts with whichever key fits."""
        return None if value is None else crypt_in_use().decrypt(bytes(value)).decode()
