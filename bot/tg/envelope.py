"""What must be known of an update before it is stored: its number, its lane, its query."""

from __future__ import annotations

import json
from dataclasses import dataclass

BIGGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Envelope:
    """An update's number, the address whose order it keeps, and the query a tap waits on."""

    update_id: int
    lane: int
    callback_query: str = ""


def read_envelope(update_json: str) -> Envelope:
    """The outside of an update of any kind. Raises ValueError when it is none."""
    try:
        raw = json.loads(update_json)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    if type(update_id) is not int or not 0 <= update_id <= BIGGEST_ID:
        raise ValueError("no update_id")
    query = at(raw, "callback_query", "id")
    return Envelope(update_id, _lane(raw), query if isinstance(query, str) else "")


def lane(update_json: str) -> int:
    """The person in a private chat, the chat otherwise; 0 when there is neither."""
    return read_envelope(update_json).lane


def at(raw: object, *path: str) -> object:
    """What lies at a path of nested objects; None when something on the way is missing."""
    for name in path:
        raw = raw.get(name) if isinstance(raw, dict) else None
    return raw


def _lane(raw: dict[str, object]) -> int:
    for body in raw.values():
        # A private chat has the id of its person. A tap without a message has only the person.
        for path in (("chat", "id"), ("message", "chat", "id"), ("from", "id")):
            found = at(body, *path)
            if type(found) is int:
                return found
    return 0
