"""A text as the chat shows it: parsed, trimmed, with entities in Telegram's order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.preview.html_entities import Entity, parse_html
from bot.preview.wire import Json, bad_request, utf16_length

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

# May contain, and be part of, any other; the rest exclude each other.
STYLES = frozenset(("bold", "italic", "underline", "strikethrough", "spoiler"))
QUOTES = frozenset(("blockquote", "expandable_blockquote"))
CODE = frozenset(("code", "pre"))

FOUND_BY_TELEGRAM = (
    ("url", re.compile(r"(?:https?|tg)://[^\s<>\"]+")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[\w-]+\.)+(?:com|org|net|info|kz|ru|kg|uz|tj|me|int)\b(?:/[^\s<>\"]*)?"
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[a-zA-Z][a-zA-Z0-9_]{3,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#/&])#(?=\w*[^\W\d])\w{1,256}")),
    ("phone_number", re.compile(r"(?<![\w+/.-])\+\d[\d\s()-]{8,17}\d(?![\w-])")),
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and the entities on it, offsets in UTF-16 units."""

    text: str
    entities: tuple[Entity, ...] = ()

    def as_json(self, name: str, user_of: Callable[[int], Json | None]) -> Json:
        """The fields of a message: "text" and "entities", or "caption" and its entities."""
        body: Json = {name: self.text}
        entities = []
        for entity in self.entities:
            written = entity.as_json()
            if entity.user:
                user = user_of(entity.user)
                if user is None:
                    continue
                written["user"] = user
            entities.append(written)
        if entities:
            body["entities" if name == "text" else "caption_entities"] = entities
        return body


def format_text(
    text: str, mode: str | None, entities: Iterable[Mapping[str, object]] | None, limit: int
) -> Formatted:
    """The text as it will be shown. Raises Refused as Telegram does; may be empty."""
    parsed: tuple[Entity, ...]
    if not mode:
        plain, parsed = text, tuple(_given(entity) for entity in entities or ())
    elif mode.lower() == "html":
        plain, parsed = parse_html(text.replace("\r", ""))
    elif mode.lower() in ("markdown", "markdownv2"):
        raise bad_request(f"parse mode {mode} is not offered by the local server, use HTML")
    else:
        raise bad_request("unsupported parse_mode")
    shown = _trimmed(plain, parsed)
    if utf16_length(shown.text) > limit:
        caption = limit == CAPTION_LIMIT
        raise bad_request("message caption is too long" if caption else "message is too long")
    return replace(shown, entities=_in_order(_with_found(shown.text, _untangled(shown.entities))))


def plain_text(text: str) -> Formatted:
    """A text a person typed, with the entities Telegram finds by itself."""
    return format_text(text, None, None, TEXT_LIMIT)


def _given(entity: Mapping[str, object]) -> Entity:
    user = entity.get("user")
    return Entity(
        str(entity["type"]),
        _number(entity["offset"]),
        _number(entity["length"]),
        str(entity.get("url", "")),
        str(entity.get("language", "")),
        str(entity.get("custom_emoji_id", "")),
        _number(user["id"]) if isinstance(user, Mapping) else 0,
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _trimmed(text: str, entities: Iterable[Entity]) -> Formatted:
    """Without blanks at both ends, as Telegram stores it."""
    text = "".join(" " if letter < " " and letter != "\n" else letter for letter in text)
    left = len(text) - len(text.lstrip())
    text = text.strip()
    end = utf16_length(text)
    kept = []
    for entity in entities:
        start = max(entity.offset - left, 0)  # blanks are one unit each
        stop = min(entity.end - left, end)
        if stop > start:
            kept.append(replace(entity, offset=start, length=stop - start))
    return Formatted(text, tuple(kept))


def _untangled(entities: tuple[Entity, ...]) -> list[Entity]:
    """Nothing inside code, no quote in a quote, no link in a link."""
    code = [entity for entity in entities if entity.kind in CODE]
    outer: list[Entity] = []
    for entity in sorted(code, key=lambda e: (e.offset, -e.length)):
        if not any(_overlap(entity, other) for other in outer):
            outer.append(entity)
    kept: list[Entity] = list(outer)
    for entity in sorted(entities, key=lambda e: (e.offset, -e.length)):
        if entity.kind in CODE:
            continue
        if entity.kind in STYLES:
            kept.extend(_outside(entity, outer))
        elif entity.kind in QUOTES:
            if not any(_overlap(entity, other) for other in kept if other.kind in QUOTES):
                kept.append(entity)
        elif not any(
            _overlap(entity, other) for other in kept if other.kind not in STYLES | QUOTES
        ):
            kept.append(entity)
    return kept


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def _outside(entity: Entity, holes: list[Entity]) -> Iterator[Entity]:
    """The parts of `entity` that `holes` leave over."""
    start = entity.offset
    for hole in sorted(holes, key=lambda e: e.offset):
        if not _overlap(entity, hole):
            continue
        if hole.offset > start:
            yield replace(entity, offset=start, length=hole.offset - start)
        start = max(start, hole.end)
    if entity.end > start:
        yield replace(entity, offset=start, length=entity.end - start)


def _with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Adds the addresses, commands and numbers Telegram recognises by itself."""
    taken = [entity for entity in entities if entity.kind not in STYLES | QUOTES]
    found: list[Entity] = []
    for kind, pattern in FOUND_BY_TELEGRAM:
        for match in pattern.finditer(text):
            value = match[0].rstrip(".,;:!?)»”'") if kind == "url" else match[0]
            offset = utf16_length(text[: match.start()])
            entity = Entity(kind, offset, utf16_length(value))
            if not any(_overlap(entity, other) for other in taken):
                taken.append(entity)
                found.append(entity)
    return entities + found


def _in_order(entities: list[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(entities, key=lambda e: (e.offset, -e.length)))
