"""Encryption at rest and keyed hashes for look-up.

Keys are Fernet keys, the newest first. Everything is written with the newest and
read with any; `bot keys rotate` rewrites old rows. The look-up hash uses a key
derived from the *last* key of the list, so that adding a new one in front loses
nobody. docs/operating.md says how an old key is retired.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import BadSetting


class Crypt:
    """Encrypts, decrypts and hashes with one ring of keys."""

    def __init__(self, keys: list[str]) -> None:
        if not keys:
            raise BadSetting("KOMEK_KEYS is empty: give at least one key")
        try:
            self._ring = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise BadSetting(
                "KOMEK_KEYS: a key must be 32 url-safe base64 bytes; make one with `bot keys new`"
            ) from None
        self._hash_key = hashlib.sha256(b"komek look-up\0" + keys[-1].encode()).digest()

    def encrypt(self, plain: bytes) -> bytes:
        """The text under the newest key."""
        return self._ring.encrypt(plain)

    def decrypt(self, secret: bytes) -> bytes:
        """The plain bytes. Raises BadSetting when no key of the ring fits."""
        try:
            return self._ring.decrypt(secret)
        except InvalidToken:
            raise BadSetting(
                "stored data cannot be read with the present keys: put the old key back at the "
                "end of KOMEK_KEYS (or restore the key file)"
            ) from None

    def rotate(self, secret: bytes) -> bytes:
        """The same content under the newest key."""
        return self._ring.rotate(secret)

    def lookup(self, value: int | str) -> str:
        """A keyed hash by which a row is found without storing the value itself."""
        return hmac.new(self._hash_key, str(value).encode(), hashlib.sha256).hexdigest()


def new_key() -> str:
    """A fresh key for KOMEK_KEYS."""
    return Fernet.generate_key().decode()


def load_crypt(keys: str | None, key_file: Path) -> Crypt:
    """The ring from the setting or the key file; the file is made at the first start."""
    if keys is None:
        try:
            if not key_file.exists():
                _make_key_file(key_file)
            keys = key_file.read_text(encoding="ascii")
        except OSError as exc:
            raise BadSetting(f"the key file {key_file} cannot be used: {exc.strerror}") from None
        except UnicodeDecodeError:
            raise BadSetting(f"{key_file} is no key file: restore it from its copy") from None
    return Crypt([key for key in keys.replace("\n", ",").replace(" ", "").split(",") if key])


def _make_key_file(key_file: Path) -> None:
    key_file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(new_key() + "\n")
