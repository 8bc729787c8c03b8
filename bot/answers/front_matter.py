"""Front matter as its editors wrote it: one value is read or replaced, the rest stays as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass

PENDING = "pending"  # the fingerprint of a translation that nobody has compared
DRAFT = "{state: draft, by: null, on: null}"  # the review of words that nobody has signed off

_FRONT = re.compile(
    r"\A---[ \t]*\r?\n(?P<head>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_COMMENT = re.compile(r"(?:^|[ \t])[ \t]*#")


@dataclass(frozen=True, slots=True)
class Halves:
    """A text in two: the lines of its front matter, and what stands below them."""

    head: str
    body: str

    @property
    def text(self) -> str:
        """The whole text."""
        return f"---\n{self.head}---\n{self.body}"


def halves_of(text: str) -> Halves | None:
    """The text in two; None when it has no front matter."""
    front = _FRONT.match(text)
    return Halves(front["head"], text[front.end() :]) if front else None


def value_of(head: str, name: str) -> str:
    """What is written behind a name, a comment included; empty when the name is not there."""
    found = re.search(rf"^{name}:[ \t]*(.*?)[ \t]*$", head, re.MULTILINE)
    return found[1] if found else ""


def digest_in(head: str) -> str:
    """The fingerprint of the Russian text that a translation says it agrees with."""
    return _COMMENT.split(value_of(head, "source_digest"), maxsplit=1)[0]


def with_value(head: str, name: str, value: str) -> str:
    """With one value replaced, or added behind the title."""
    line = f"{name}: {value}\n"
    # A value of several lines goes on in lines that are indented.
    found = re.search(rf"^{name}:.*\n(?:[ \t]+.*\n)*", head, re.MULTILINE)
    if found is not None:
        return head[: found.start()] + line + head[found.end() :]
    title = re.search(r"^title:.*\n(?:[ \t]+.*\n)*", head, re.MULTILINE)
    if name == "title" or title is None:
        return line + head
    return head[: title.end()] + line + head[title.end() :]


def with_digest(head: str, digest: str, comment: str = "") -> str:
    """With another fingerprint; a comment behind it, such as who translated, stays without one."""
    written = value_of(head, "source_digest")
    kept = written[len(digest_in(head)) :].lstrip()
    comment = f"# {comment}" if comment else kept
    return with_value(head, "source_digest", f"{digest}  {comment}".rstrip())
