"""A file taken apart into what an editor writes and what is kept for them, and put together.

Taking apart forgives everything: a file that somebody broke must be open to repair here.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.digest import source_digest
from bot.answers.front_matter import (
    DRAFT,
    PENDING,
    Halves,
    digest_in,
    halves_of,
    value_of,
    with_value,
)
from bot.answers.yaml_lines import yaml_value
from bot.languages import FALLBACK, Language

_FINGERPRINT = re.compile(r"[0-9a-f]{16}|pending")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text as an editor sees it; `body_line` is the line of the file where it begins."""

    language: Language
    head: str
    body: str
    digest: str

    @property
    def body_line(self) -> int:
        """The line of the file in which the body begins."""
        return self.head.count("\n") + 3

    @property
    def title(self) -> str:
        """The title; empty when the file has none."""
        return _unquoted(value_of(self.head, "title"))

    @property
    def follows(self) -> str:
        """The fingerprint of the Russian text that a translation says it agrees with."""
        return digest_in(self.head)

    @property
    def text(self) -> str:
        """The whole file."""
        return Halves(self.head, self.body).text

    @property
    def words(self) -> str:
        """Title and body, without the marks above them."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body

    @property
    def source_digest(self) -> str:
        """The fingerprint that translations of this text carry."""
        return source_digest(self.text)

    def titled(self, title: str) -> Sheet:
        """With another title; the line stays as it was written when the title is the same."""
        title = " ".join(title.split())
        if title == self.title:
            return self
        return replace(self, head=with_value(self.head, "title", yaml_value(title)))

    def written(self, body: str) -> Sheet:
        """With another body, in the line ends and with the one last line end of our files."""
        lines = [line.rstrip() for line in body.replace("\r\n", "\n").split("\n")]
        return replace(self, body="\n".join(lines).strip("\n") + "\n")

    def following(self, digest: str) -> Sheet:
        """As a translation of the Russian text with this fingerprint."""
        assert _FINGERPRINT.fullmatch(digest), "it stands in the file as it is"
        if digest == self.follows:  # the translator's name stays beside it
            return self
        return replace(self, head=with_value(self.head, "source_digest", digest))

    def as_draft(self) -> Sheet:
        """As a text that nobody has signed off."""
        return replace(self, head=with_value(self.head, "review", DRAFT))

    def reviewed(self, name: str, day: date) -> Sheet:
        """As a text that somebody has signed off."""
        review = f"{{state: reviewed, by: {json.dumps(name, ensure_ascii=False)}, on: {day}}}"
        return replace(self, head=with_value(self.head, "review", review))

    def says_the_same(self, other: Sheet) -> bool:
        """Whether nothing differs that people read, or that says where it comes from."""
        return (self.title, self.body.split()) == (other.title, other.body.split())


def take_apart(content: bytes | None, language: Language) -> Sheet:
    """The sheet of a file; an empty one when there is no file yet."""
    if content is None:
        return _new(language)
    # Letters of another encoding are shown as �: the checks then refuse to save them.
    text = content.decode("utf-8", errors="replace").removeprefix("\ufeff").replace("\r\n", "\n")
    found = halves_of(text)
    if found is None:
        return replace(_new(language), body=text, digest=digest_of(content))
    return Sheet(language, found.head, found.body, digest_of(content))


def digest_of(content: bytes | None) -> str:
    """The fingerprint of a file as it lies there; empty when it does not."""
    return "" if content is None else hashlib.sha256(content).hexdigest()[:16]


def _new(language: Language) -> Sheet:
    follows = "" if language is FALLBACK else f"source_digest: {PENDING}\n"
    return Sheet(language, f'title: ""\n{follows}review: {DRAFT}\n', "", "")


def _unquoted(value: str) -> str:
    if value[:1] == value[-1:] == '"' and len(value) > 1:
        try:
            return str(json.loads(value))
        except ValueError:
            return value
    if value[:1] == value[-1:] == "'" and len(value) > 1:
        return value[1:-1].replace("''", "'")
    return value
