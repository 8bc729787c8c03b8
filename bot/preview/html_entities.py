"""Telegram's HTML: the few tags it knows, and its complaints about the rest.

Offsets in entities are UTF-16 code units of the text without tags; offsets in complaints
are bytes of the text as sent. Both are what Telegram itself reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.preview.links import checked_link, mentioned_user
from bot.preview.wire import Json, Refused, bad_request

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}

CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
ATTRIBUTE = re.compile(r"([^\s=>]*)\s*(?:(=)\s*(?:\"([^\"]*)\"|'([^']*)'|([a-zA-Z0-9.\-]*)))?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted stretch of text."""

    kind: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    emoji: str = ""
    user: int = 0

    @property
    def end(self) -> int:
        """The offset just behind the stretch."""
        return self.offset + self.length

    def as_json(self) -> Json:
        """A MessageEntity as Telegram writes it, but for text_mention's user object."""
        body: Json = {"type": self.kind, "offset": self.offset, "length": self.length}
        for name, value in (
            ("url", self.url),
            ("language", self.language),
            ("custom_emoji_id", self.emoji),
        ):
            if value:
                body[name] = value
        return body


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The text without its tags, and its entities. Raises Refused for what Telegram refuses."""
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, tuple[Entity, ...]]:
        while self.at < len(self.source):
            letter = self.source[self.at]
            if letter == "<":
                self._end_tag() if self.source[self.at + 1 : self.at + 2] == "/" else self._tag()
            elif letter == "&" and (found := CHARACTER.match(self.source, self.at)):
                self._write(_character(found))
                self.at = found.end()
            else:
                self._write(letter)
                self.at += 1
        if self.open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.text), tuple(self.entities)

    def _write(self, letter: str) -> None:
        self.text.append(letter)
        self.offset += 1 + (letter > "\uffff")

    def _tag(self) -> None:
        begin = self.at
        name = re.compile(r"[^\s>]*").match(self.source, begin + 1)
        assert name is not None  # matches the empty string too
        tag = name[0].lower()
        if name.end() >= len(self.source):
            raise _cannot("Unclosed start tag", self._byte(begin))
        if tag not in TAGS:
            raise _cannot(f'Unsupported start tag "{tag}"', self._byte(begin))
        self.at = name.end()
        argument = self._argument(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise _cannot('Tag "span" must have class "tg-spoiler"', self._byte(begin))
        self.open.append(_Open(tag, argument, self.offset, len(self.text)))

    def _argument(self, tag: str, begin: int) -> str:
        """The one attribute value that matters for this tag; leaves `at` behind the tag."""
        argument = ""
        while True:
            while self.source[self.at : self.at + 1].isspace():
                self.at += 1
            if self.source[self.at : self.at + 1] == ">":
                self.at += 1
                return argument
            found = ATTRIBUTE.match(self.source, self.at)
            if found is None or self.at >= len(self.source):
                raise _cannot("Unclosed start tag", self._byte(begin))
            if not found[1]:
                raise _cannot(f'Empty attribute name in the tag "{tag}"', self._byte(begin))
            self.at = found.end()
            self._after_attribute(found, begin)
            argument = _meaning(tag, found) or argument

    def _after_attribute(self, found: re.Match[str], begin: int) -> None:
        following = self.source[self.at : self.at + 1]
        if not following:
            raise _cannot("Unclosed start tag", self._byte(begin))
        if found[5] is not None and not following.isspace() and following != ">":
            if following in "\"'" and not found[5]:  # a quoted value that never ends
                raise _cannot("Unclosed start tag", self._byte(begin))
            raise _cannot("Unexpected end of name token", self._byte(found.start(5)))

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _cannot("Unexpected end tag", self._byte(begin))
        found = re.compile(r"</([^\s>]*)\s*(>?)").match(self.source, begin)
        assert found is not None  # the caller saw "</"
        if not found[2]:
            raise _cannot("Unclosed end tag", self._byte(begin))
        opened = self.open.pop()
        if found[1] and found[1].lower() != opened.tag:
            raise _cannot(
                "Unmatched end tag",
                self._byte(begin),
                f', expected "</{opened.tag}>", found "</{found[1]}>"',
            )
        self.at = found.end()
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind, length = TAGS[opened.tag], self.offset - opened.offset
        entity = Entity(kind, opened.offset, length)
        if opened.tag == "a":
            entity_or_none = _link(opened, length, "".join(self.text[opened.start :]))
            if entity_or_none is None:
                return  # Telegram shows a link it cannot open as plain text
            entity = entity_or_none
        elif opened.tag == "pre":
            entity = self._pre(opened, length)
        elif opened.tag == "code":
            inside_pre = bool(self.open) and self.open[-1].tag == "pre"
            entity = Entity(
                kind, opened.offset, length, language=opened.argument if inside_pre else ""
            )
        elif opened.tag == "blockquote" and opened.argument:
            entity = Entity("expandable_blockquote", opened.offset, length)
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit():
                raise _cannot("Invalid custom emoji identifier specified")
            entity = Entity(kind, opened.offset, length, emoji=opened.argument)
        self.entities.append(entity)

    def _pre(self, opened: _Open, length: int) -> Entity:
        """<pre><code class="language-x"> is one entity, when both cover the same text."""
        last = self.entities[-1] if self.entities else None
        if last and (last.kind, last.offset, last.length) == ("code", opened.offset, length):
            self.entities.pop()
            return Entity("pre", opened.offset, length, language=last.language)
        return Entity("pre", opened.offset, length)

    def _byte(self, index: int) -> int:
        return len(self.source[:index].encode())


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    valid = 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000
    return chr(code) if valid else found[0][0]


def _meaning(tag: str, found: re.Match[str]) -> str:
    name = found[1].lower()
    value = next((part for part in (found[3], found[4], found[5]) if part is not None), "")
    value = CHARACTER.sub(_character, value)
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return ""


def _link(opened: _Open, length: int, inner: str) -> Entity | None:
    url = opened.argument or inner
    if user := mentioned_user(url):
        return Entity("text_mention", opened.offset, length, user=user)
    link = checked_link(url)
    return Entity("text_link", opened.offset, length, url=link) if link else None


def _cannot(reason: str, byte: int | None = None, more: str = "") -> Refused:
    where = "" if byte is None else f" at byte offset {byte}"
    return bad_request(f"can't parse entities: {reason}{where}{more}")
