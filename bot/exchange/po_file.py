"""Rows for translators as a PO file, for translation programs such as Poedit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.errors import BadContent
from bot.exchange.rows import Filled, Row, fingerprint
from bot.languages import Language, language_or_none

HEADER = """\
# Komek: тексты для перевода. Удалите пометку fuzzy, когда проверили перевод.
# Komek: texts to translate. Take the mark “fuzzy” away once you have checked a translation.
# {…} и ** оставьте как есть. Keep {…} and ** as they are."""

_DIGESTS = re.compile(r"russian (?P<russian>[0-9a-f]{16}) present (?P<present>[0-9a-f]{16}|none)")


def write_po_file(rows: Iterable[Row], path: Path, language: Language) -> None:
    """Writes the rows; present translations of a changed Russian text are marked fuzzy."""
    catalogue = Catalog(
        locale=language.value, header_comment=HEADER, project="Komek", charset="utf-8", fuzzy=False
    )
    for row in rows:
        present = fingerprint(row.present) or "none"
        message = catalogue.add(
            row.russian,
            row.present,
            context=f"{row.topic}/{row.part}",
            auto_comments=[f"russian {row.russian_digest} present {present}"],
        )
        message.flags = {"fuzzy"} if row.outdated and row.present else set()
    with path.open("wb") as file:
        write_po(file, catalogue, width=100)


def read_po_file(path: Path) -> tuple[Filled, ...]:
    """The entries that came back. Raises BadContent with one line for every entry in the way."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (PoFileError, ValueError, OSError, LookupError) as exc:
        raise BadContent(f"{path}: this is no PO file that can be read: {exc}") from exc
    language = language_or_none(str(catalogue.locale or ""))
    if language is None or language is Language.RU:
        raise BadContent(f"{path}: the header names no language to translate into")
    problems: list[str] = []
    rows = list(_rows(catalogue, language, problems))
    if problems:
        raise BadContent("\n".join(problems))
    return tuple(rows)


def _rows(catalogue: Catalog, language: Language, problems: list[str]) -> Iterator[Filled]:
    for message in catalogue:
        if not message.id:
            continue
        place = f"line {message.lineno}"
        topic, _, part = (message.context or "").rpartition("/")
        digests = _digests(message)
        if not topic or digests is None:
            problems.append(
                f"{place}: msgctxt and the comment “#. russian … present …” must stay as they were"
            )
            continue
        text = message.string if isinstance(message.string, str) else ""
        yield Filled(
            place=place,
            language=language,
            topic=topic,
            part=part,
            russian_digest=digests[0],
            present_digest=digests[1],
            new="" if message.fuzzy else text.replace("\r\n", "\n").strip(),
        )


def _digests(message: Message) -> tuple[str, str] | None:
    # A translation program may join or wrap comments.
    found = _DIGESTS.search(" ".join(message.auto_comments))
    if found is None:
        return None
    return found["russian"], "" if found["present"] == "none" else found["present"]
