"""Fingerprints: which Russian text a translation was made from."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from bot.answers.comments import without_comments
from bot.answers.yaml_lines import read_file, refusal
from bot.languages import FALLBACK, Language

PENDING = "pending"

_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DIGEST_LINE = re.compile(
    r"^source_digest:[ \t]*(?P<value>[^\s#]*)(?P<rest>[ \t]*(?:#.*)?)$", re.MULTILINE
)
_TITLE_LINE = re.compile(r"^title:.*$", re.MULTILINE)


def body_of(text: str) -> str:
    """The text of a file without its front matter."""
    return _FRONT_MATTER.sub("", text, count=1)


def source_digest(text: str) -> str:
    """The fingerprint of a Russian text; front matter, comments and stray blanks do not count."""
    plain = unicodedata.normalize("NFC", without_comments(body_of(text)))
    lines = (" ".join(line.split()) for line in plain.splitlines())
    joined = "\n".join(line for line in lines if line)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def stamp_translations(
    folder: Path,
    *,
    languages: Collection[str] | None = None,
    topics: Collection[str] | None = None,
) -> tuple[Path, ...]:
    """Writes into translations the fingerprint of the Russian text they agree with now.

    Topics that are named (safety cards by their kind) are stamped in any case: whoever names
    them says that the translations are up to date. Without names only translations that have
    no fingerprint yet are stamped, so that outdated ones are not hidden. Returns what changed.
    """
    changed = []
    for path in _translations(folder):
        if languages is not None and path.stem not in languages:
            continue
        if topics is not None and path.parent.name not in topics:
            continue
        digest = source_digest(read_file(path.with_name(f"{FALLBACK.value}.md")))
        if _stamp(path, digest, only_pending=topics is None):
            changed.append(path)
    return tuple(changed)


def _translations(folder: Path) -> Iterator[Path]:
    others = {language.value for language in Language if language is not FALLBACK}
    for pattern in ("answers/*/*/*.md", "safety/*/*.md"):
        yield from (path for path in sorted(folder.glob(pattern)) if path.stem in others)


def _stamp(path: Path, digest: str, *, only_pending: bool) -> bool:
    text = read_file(path)
    front = _FRONT_MATTER.match(text)
    if front is None:
        raise refusal(path, 1, "the file must begin with a front matter between two lines “---”")
    head = front.group(1)
    written = _DIGEST_LINE.search(head)
    if only_pending and written is not None and written["value"] not in {"", PENDING}:
        return False
    line = f"source_digest: {digest}"
    if written is not None:
        stamped = head[: written.start()] + line + written["rest"] + head[written.end() :]
    else:
        stamped = _TITLE_LINE.sub(lambda title: f"{title[0]}\n{line}", head, count=1)
    if stamped == head:
        return False
    path.write_text(text[: front.start(1)] + stamped + text[front.end(1) :], encoding="utf-8")
    return True
