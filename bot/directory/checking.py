"""Checks entries one by one and reports all problems together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.directory.yaml_lines import Entry
from bot.errors import BadContent

Shape = TypeVar("Shape", bound=BaseModel)


def checked(shape: type[Shape], entries: Iterable[Entry]) -> list[tuple[Entry, Shape]]:
    """The entries as `shape`. Raises BadContent naming every field that does not fit."""
    problems: list[str] = []
    fitting: list[tuple[Entry, Shape]] = []
    for entry in entries:
        try:
            fitting.append((entry, shape.model_validate(entry.fields)))
        except ValidationError as exc:
            problems += _reasons(entry, exc)
    refuse(problems)
    return fitting


def _reasons(entry: Entry, exc: ValidationError) -> Iterator[str]:
    for error in exc.errors():
        field = ".".join(str(part) for part in error["loc"])
        reason = error["msg"].removeprefix("Value error, ")
        yield entry.problem(f"{field}: {reason}", field.split(".")[0])


def refuse(problems: Iterable[str]) -> None:
    """Raises BadContent with one problem per line, if there are any."""
    if reasons := "\n".join(problems):
        raise BadContent(reasons)


def twice(ids: Iterable[tuple[Entry, str]]) -> Iterator[str]:
    """Reports ids that another entry already has."""
    seen: set[str] = set()
    for entry, id_ in ids:
        if id_ in seen:
            yield entry.problem(f"id: “{id_}” is there twice", "id")
        seen.add(id_)
