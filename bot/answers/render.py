"""The editors' Markdown as Telegram HTML, with phones, names, amounts and dates filled in.

Markup is deliberately poor: paragraphs, lists and bold. Anything else is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.answers.text_file import Section
from bot.answers.yaml_lines import refusal
from bot.i18n import Words

REFERENCE = re.compile(r"\{([^{}]*)\}")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
_TAG = re.compile(r"<[^>]+>")
_BOLD = {"strong_open": "<b>", "strong_close": "</b>"}
_LISTS = {"bullet_list_open", "ordered_list_open"}
_NAMES = {
    "heading_open": "a heading",
    "em_open": "italics (one * or _)",
    "link_open": "a link",
    "image": "a picture",
    "code_inline": "code (`)",
    "fence": "code (```)",
    "code_block": "an indented block (take the blanks at the line's start away)",
    "blockquote_open": "a quotation (>)",
    "hr": "a line (---)",
    "html_block": "HTML",
    "html_inline": "HTML",
    "hardbreak": "blanks or a backslash at the line's end",
}


class Places(Protocol):
    """The directory, as far as texts refer to it."""

    def phone(self, place_id: str, /) -> str | None:
        """A place's number as printed; None without place or number."""

    def short_name(self, place_id: str, language: str, /) -> str | None:
        """A place's name as it stands inside a sentence; None without place or such a name."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What a text needs to be read aloud in one language."""

    words: Words
    mci: int
    mci_name: str
    places: Places

    def html(self, path: Path, section: Section) -> str:
        """The section as Telegram HTML. Raises BadContent naming file and line."""
        lines = section.text.splitlines()
        return _Page(self, path, section.line, lines).render(_parsed(section.text))

    def reference(self, reference: str) -> str | None:
        """What `{kind:value}` says in this language; None when it means nothing."""
        kind, _, value = reference.partition(":")
        if kind == "phone":
            return self.places.phone(value)
        if kind == "centre":
            return self.places.short_name(value, self.words.language)
        if kind == "date":
            return self._day(value)
        if kind == "mci" and _AMOUNT.fullmatch(value):
            return self._amount(Decimal(value))
        return None

    def _day(self, value: str) -> str | None:
        try:
            return self.words.day(date.fromisoformat(value))
        except ValueError:
            return None

    def _amount(self, number: Decimal) -> str:
        whole = (number * self.mci).quantize(Decimal(1), ROUND_HALF_UP)
        tenge = self.words.tenge(int(whole))
        name = f"{self.words.number(float(number))}\u00a0{self.mci_name}"
        # A name with an explanation of its own, "АЭК (МРП)", takes the amount into its brackets.
        return f"{name[:-1]}, {tenge})" if name.endswith(")") else f"{name} ({tenge})"


_MARKDOWN = MarkdownIt("commonmark")


# After an edit nearly all parts are the same as before; tokens are only read.
@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[Token, ...]:
    return tuple(_MARKDOWN.parse(text))


@dataclass(frozen=True, slots=True)
class _Page:
    reader: Reader
    path: Path
    line: int
    source: Sequence[str]

    def render(self, tokens: Sequence[Token]) -> str:
        text, end, depth = "", 0, 0
        mark, number = "", 0
        for token in tokens:
            start = token.map[0] if token.map else end
            if token.type in _LISTS:
                if depth:
                    raise self._refuse(start, "a list inside a list is not possible")
                depth = 1
                number = int(token.attrGet("start") or 1) if token.tag == "ol" else 0
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                depth = 0
            elif token.type == "list_item_open":
                mark = f"{number}. " if number else "• "
                number += 1 if number else 0
            elif token.type == "inline":
                if depth and not mark:
                    raise self._refuse(start, "a list item is one paragraph")
                text += self._gap(text, start, end) + mark + self._inline(token, start, depth > 0)
                mark, end = "", (token.map[1] if token.map else end)
            elif token.type not in {"paragraph_open", "paragraph_close", "list_item_close"}:
                raise self._unknown(token, start)
        return text

    def _gap(self, text: str, start: int, end: int) -> str:
        """An empty line where the editor left one."""
        if not text:
            return ""
        return "\n\n" if start > end else "\n"

    def _inline(self, token: Token, start: int, in_list: bool) -> str:
        text, line = "", start
        for child in token.children or ():
            if child.type == "text":
                text += self._fill(child.content, line)
            elif child.type in _BOLD:
                text += _BOLD[child.type]
            elif child.type == "softbreak":
                line += 1
                text += " " if in_list else "\n"
                if in_list and not self.source[line].startswith(" "):
                    reason = "leave an empty line between a list and the text after it"
                    raise self._refuse(line, reason)
            else:
                raise self._unknown(child, line)
        return text

    def _fill(self, text: str, line: int) -> str:
        pieces = REFERENCE.split(text)
        for number, piece in enumerate(pieces):
            if number % 2:
                value = self.reader.reference(piece)
                if value is None:
                    raise self._refuse(line, f"“{{{piece}}}” refers to nothing that exists")
                # A date may end in a stop of its own, as in «2026 г.», before that of the sentence.
                full_stop = value.endswith(".") and pieces[number + 1].startswith(".")
                pieces[number] = value.removesuffix(".") if full_stop else value
            elif "{" in piece or "}" in piece:
                raise self._refuse(line, "a “{” without its “}”, or the other way round")
        return escape("".join(pieces), quote=False)

    def _unknown(self, token: Token, line: int) -> Exception:
        name = _NAMES.get(token.type, token.type)
        return self._refuse(line, f"{name} is not possible: only paragraphs, lists and **bold**")

    def _refuse(self, line: int, reason: str) -> Exception:
        return refusal(self.path, self.line + line, reason)


def visible(html: str) -> str:
    """The text people see, as Telegram counts it."""
    return unescape(_TAG.sub("", html))
