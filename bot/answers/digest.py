"""Fingerprints: which Russian text a translation was made from."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from bot.answers.comments import without_comments
from bot.answers.front_matter import PENDING, Halves, digest_in, halves_of, with_digest
from bot.answers.yaml_lines import read_file, refusal
from bot.languages import FALLBACK, Language


def body_of(text: str) -> str:
    """The text of a file without its front matter."""
    halves = halves_of(text)
    return text if halves is None else halves.body


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
    halves = halves_of(read_file(path))
    if halves is None:
        raise refusal(path, 1, "the file must begin with a front matter between two lines “---”")
    written = digest_in(halves.head)
    if written == digest or (only_pending and written not in {"", PENDING}):
        return False
    stamped = Halves(with_digest(halves.head, digest), halves.body)
    path.write_text(stamped.text, encoding="utf-8")
    return True
