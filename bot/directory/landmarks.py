"""Markets, districts and villages without a point of their own: landmarks.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.directory.checking import checked, refuse
from bot.directory.entries import LandmarkFields
from bot.directory.model import Town
from bot.directory.yaml_lines import File


def with_landmarks(towns: Mapping[str, Town], file: File) -> dict[str, Town]:
    """The towns with the names of what lies in or beside them. Raises BadContent."""
    rows = checked(LandmarkFields, file.entries.get("landmarks", ()))
    refuse(
        entry.problem(f"town: there is no “{row.town}” in towns.yml", "town")
        for entry, row in rows
        if row.town not in towns
    )
    found = dict(towns)
    for _entry, row in rows:
        town = found[row.town]
        found[row.town] = replace(town, landmarks=(*town.landmarks, *row.names))
    return found
