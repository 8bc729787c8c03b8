"""Takes a spreadsheet of places into the files: everything of it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.directory.entries import PlaceFields
from bot.directory.entry_text import entry_text
from bot.directory.loader import load_ground, place_entries
from bot.directory.model import Kind
from bot.directory.place_files import PLACE_FILES, file_of, read_places
from bot.directory.yaml_lines import Entry
from bot.errors import BadContent
from bot.text_files import write_together

_ENTRY = re.compile(r"^- id: *(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Import:
    """What an import changes: ids, and the new text of each changed file."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    files: Mapping[Path, str]


def plan_import(folder: Path, rows: Sequence[Entry]) -> Import:
    """What `rows` change. Raises BadContent with one line per problem, naming the row."""
    known = {str(entry.fields.get("id")): entry for entry in place_entries(folder)}
    of_rows = {str(row.fields.get("id")): row for row in rows}
    kept = [entry for id_, entry in known.items() if id_ not in of_rows]
    ground = load_ground(folder)
    read_places([*kept, *rows], ground.towns, ground.border)
    added = [row for row in rows if str(row.fields["id"]) not in known]
    changed = [
        row
        for id_, row in of_rows.items()
        if id_ in known and _meant(row.fields) != _meant(known[id_].fields)
    ]
    return Import(
        added=tuple(str(row.fields["id"]) for row in added),
        changed=tuple(str(row.fields["id"]) for row in changed),
        unchanged=len(rows) - len(added) - len(changed),
        files=_new_texts(folder, added, changed),
    )


def _meant(fields: Mapping[str, Any]) -> PlaceFields:
    """The fields without what is only another way of writing them."""
    return PlaceFields.model_validate(fields)


def _new_texts(folder: Path, added: Iterable[Entry], changed: Iterable[Entry]) -> dict[Path, str]:
    """The files' texts: entries that stay as they are keep every letter and comment."""
    texts = {folder / name: (folder / name).read_text(encoding="utf-8") for name in PLACE_FILES}
    before = dict(texts)
    for row in changed:
        old = dict(texts)
        for path, text in texts.items():
            texts[path] = _replaced(text, str(row.fields["id"]), entry_text(_meant(row.fields)))
        if texts == old:
            reason = "its entry does not begin with “- id: …”, so it must be changed by hand"
            raise BadContent(row.problem(reason))
    for row in added:
        path = folder / file_of(Kind(row.fields["kind"]))
        texts[path] = texts[path].rstrip("\n") + "\n\n" + entry_text(_meant(row.fields))
    return {path: text for path, text in texts.items() if text != before[path]}


def _replaced(text: str, id_: str, entry: str) -> str:
    """The file with one entry written anew; what stands before the next one stays."""
    starts = [match.start() for match in _ENTRY.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        found = _ENTRY.match(text, start)
        if found is not None and found[1].strip("\"'") == id_:
            block = text[start:end]
            lines = block.splitlines(keepends=True)
            # Comments and blank lines at the end belong to the next entry.
            while lines and not lines[-1].startswith("  "):
                lines.pop()
            return text[:start] + entry + block[len("".join(lines)) :] + text[end:]
    return text


def carry_out(planned: Import) -> None:
    """Writes all files, or leaves everything as it was. Raises BadContent when it cannot."""
    try:
        write_together({path: text.encode() for path, text in planned.files.items()})
    except OSError as exc:
        raise BadContent(f"the files cannot be written, nothing was changed: {exc}") from exc
