"""Cuts a long text into pieces Telegram takes, each valid HTML by itself."""

from __future__ import annotations

import re
from html import unescape

LIMIT = 4096  # UTF-16 code units of what is shown, tags not counted
TOKEN = re.compile(r"<[^<>]*>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]{1,8});|.", re.DOTALL)
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
# Where to cut, best first; a piece is at least a third full, or the cut looks like a mistake.
BREAKS = ("\n\n", "\n", " ")


def utf16_length(text: str) -> int:
    """The length Telegram counts in."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def plain(html: str) -> str:
    """The text without its tags."""
    return unescape(TAG.sub("", html))


def split_html(html: str, limit: int = LIMIT) -> tuple[str, ...]:
    """The text in pieces of at most `limit`, cut between paragraphs, lines or words."""
    if utf16_length(html) <= limit:
        return (html,)
    tokens: list[str] = TOKEN.findall(html)
    pieces: list[str] = []
    open_tags: list[str] = []
    start = 0
    while start < len(tokens):
        end = _end_of_piece(tokens, start, limit)
        prefix = "".join(open_tags)
        open_tags = _open_after(open_tags, tokens[start:end])
        body = "".join(tokens[start:end]).strip()
        if plain(body).strip():
            pieces.append(prefix + body + _closers(open_tags))
        start = end
    return tuple(pieces) or (html,)


def _end_of_piece(tokens: list[str], start: int, limit: int) -> int:
    """The index behind the last token of the piece that begins at `start`."""
    length, end = 0, start
    while end < len(tokens) and (length := length + _width(tokens[end])) <= limit:
        end += 1
    if end == len(tokens):
        return end
    least = start + max((end - start) // 3, 1)
    for wanted in BREAKS:
        for index in range(end, least, -1):
            if "".join(tokens[index - len(wanted) : index]) == wanted:
                return index
    return end


def _width(token: str) -> int:
    return 0 if TAG.fullmatch(token) else utf16_length(unescape(token))


def _open_after(open_tags: list[str], tokens: list[str]) -> list[str]:
    still_open = list(open_tags)
    for token in tokens:
        if (tag := TAG.fullmatch(token)) is None:
            continue
        if not tag[1]:
            still_open.append(token)
        elif still_open:
            still_open.pop()
    return still_open


def _closers(open_tags: list[str]) -> str:
    names = [found[2] for tag in reversed(open_tags) if (found := TAG.fullmatch(tag))]
    return "".join(f"</{name}>" for name in names)
