"""The quality gate: no language may become worse than what is recorded in nlu/gate.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import BadContent
from bot.understanding.evaluate import Report

# Two points of a hundred messages are noise; a missed call for help is not.
TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Level:
    """What a language has reached before."""

    top1: float
    top3: float
    urgent_recall: float


def levels_of(report: Report) -> dict[str, Level]:
    """The figures of a report that are recorded."""
    return {
        language: Level(figures.top1 or 0.0, figures.top3 or 0.0, figures.urgent_recall or 0.0)
        for language, figures in report.languages
    }


def read_levels(path: Path) -> dict[str, Level]:
    """The recorded levels. Raises BadContent when the file cannot be used."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {language: Level(**figures) for language, figures in content.items()}
    except (OSError, yaml.YAMLError, TypeError, AttributeError) as exc:
        raise BadContent(f"{path}: {exc}: run `bot nlu gate --record`") from exc


def write_levels(path: Path, levels: dict[str, Level]) -> None:
    """Records what was reached."""
    content = {
        language: {
            "top1": level.top1,
            "top3": level.top3,
            "urgent_recall": level.urgent_recall,
        }
        for language, level in levels.items()
    }
    head = "# Reached on nlu/phrases; written by `bot nlu gate --record`, checked by `make gate`.\n"
    path.write_text(head + yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def worse(recorded: dict[str, Level], reached: dict[str, Level]) -> list[str]:
    """What became worse, one sentence each."""
    found = []
    for language, before in recorded.items():
        now = reached.get(language)
        if now is None:
            found.append(f"{language}: no test messages any more")
            continue
        for name in ("top1", "top3"):
            was, is_now = getattr(before, name), getattr(now, name)
            if is_now < was - TOLERANCE:
                found.append(f"{language}: {name} fell from {was:.1%} to {is_now:.1%}")
        if now.urgent_recall < before.urgent_recall:
            found.append(
                f"{language}: urgent messages found fell from {before.urgent_recall:.1%} to "
                f"{now.urgent_recall:.1%}"
            )
    return found
