"""Trained models in their folder, and what the quality gate said of each.

Beside `komek-<digest>.tar.gz` lies `komek-<digest>.json` once the model has been judged.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.understanding.gate import Level

_PATTERN = "komek-*.tar.gz"
_SUFFIX = ".tar.gz"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a model may serve, why not, and what it reached in each language."""

    accepted: bool
    problems: tuple[str, ...]
    levels: dict[str, Level]


@dataclass(frozen=True, slots=True)
class ModelInUse:
    """The model that answers now, for the health page; figures once it has been judged."""

    digest: str
    figures: dict[str, Level] | None


def digest_of(model: Path) -> str:
    """The short name of what a model was made from."""
    return model.name.removeprefix("komek-").removesuffix(_SUFFIX)


def read_judgement(model: Path) -> Judgement | None:
    """What the gate said of a model; None when it has not been judged or cannot be read."""
    try:
        content = json.loads(_note_of(model).read_text(encoding="utf-8"))
        levels = {language: Level(**figures) for language, figures in content["levels"].items()}
        return Judgement(bool(content["accepted"]), tuple(content["problems"]), levels)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_judgement(model: Path, judgement: Judgement) -> None:
    """Keeps the gate's word beside the model; whoever watches sees it whole or not at all."""
    note = _note_of(model)
    unfinished = note.with_suffix(".unfinished")
    text = json.dumps(asdict(judgement), ensure_ascii=False, indent=1)
    unfinished.write_text(text + "\n", encoding="utf-8")
    os.replace(unfinished, note)


def newest_judged(folder: Path, since: float) -> Path | None:
    """The model judged last, whatever the judgement, if it was judged after a time."""
    judged = [model for model in _judged(folder) if _judged_at(model) > since]
    return max(judged, key=_judged_at, default=None)


def model_to_serve(folder: Path, trained: Path) -> Path:
    """The model to start with: the one just trained, unless the gate refused it.

    Where no judged model is left to stand in, the refused one is better than none.
    """
    judgement = read_judgement(trained)
    if judgement is None or judgement.accepted:
        return trained
    accepted = [model for model in _judged(folder) if _is_accepted(model)]
    return max(accepted, key=_judged_at, default=trained)


def _judged(folder: Path) -> list[Path]:
    return [model for model in folder.glob(_PATTERN) if _note_of(model).exists()]


def _is_accepted(model: Path) -> bool:
    judgement = read_judgement(model)
    return judgement is not None and judgement.accepted


def _judged_at(model: Path) -> float:
    return _note_of(model).stat().st_mtime


def _note_of(model: Path) -> Path:
    return model.with_name(model.name.removesuffix(_SUFFIX) + ".json")
