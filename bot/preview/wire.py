"""What travels: JSON as Telegram writes it, uploaded files, and Telegram's way to say no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.errors import KomekError

# This package speaks a JSON protocol that others defined; here its objects are the
# values themselves, checked against the distilled table, so they stay dictionaries.
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a request."""

    name: str
    mime: str
    data: bytes


class Refused(KomekError):
    """A call Telegram would refuse, with its status, words and parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> Json:
        """The answer's body in Telegram's shape."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> Refused:
    """400 with Telegram's usual opening."""
    return Refused(400, f"Bad Request: {reason}")


def too_many_requests(seconds: int) -> Refused:
    """429 with the wait Telegram asks for."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def utf16_length(text: str) -> int:
    """The length Telegram counts in: UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)
