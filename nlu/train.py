"""Train the model unless it exists: `python -m nlu.train` in Rasa's environment.

Prints "step n/m what" lines while it works and, last, "model <path>". The file is named after
the digest of all it is made from, so nothing is ever trained twice.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import logging
import os
import sys
import warnings
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SOURCES = (
    "config.yml",
    "nlu/concepts.yml",
    "bot/spelling.py",
    "nlu/requirements.txt",
)
_FOLDERS = (("nlu/training", "*/*.yml"), ("nlu/components", "*.py"))
_KEPT = 2


def digest() -> str:
    """Short name of everything the model depends on."""
    paths = [ROOT / source for source in _SOURCES]
    for folder, pattern in _FOLDERS:
        paths += sorted((ROOT / folder).glob(pattern))
    whole = sha256()
    for path in paths:
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        whole.update(path.read_bytes() + b"\0")
    return whole.hexdigest()[:16]


def model_path(folder: Path) -> Path:
    """Where the model for the present data is or will be."""
    return folder / f"komek-{digest()}.tar.gz"


def main(arguments: list[str] | None = None) -> int:
    """Train if need be; the exit code is 0 when the model is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "models", help="folder for models")
    parser.add_argument("--force", action="store_true", help="train even when the model exists")
    wanted = parser.parse_args(arguments)
    target = model_path(wanted.out)
    wanted.out.mkdir(parents=True, exist_ok=True)
    # Two at once would take each other's cores and half-written files: the second one waits.
    with (wanted.out / "training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if wanted.force or not target.exists():
            os.chdir(ROOT)
            _train(target)
            _forget_older(wanted.out, target)
    print(f"model {target}", flush=True)
    return 0


def _train(target: Path) -> None:
    print("step 0/3 starting Rasa", flush=True)
    # Rasa reads these when it is imported; nobody is told that or what we train.
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Rasa's own cache does not notice changes in the modules beside a component.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    warnings.simplefilter("ignore")  # Rasa's dependencies warn of their own old age
    from rasa.model_training import train_nlu

    _show_steps()
    # A half-written file must never carry the final name.
    unfinished = target.with_name("unfinished-" + target.name)
    made = train_nlu(
        config="config.yml",
        nlu_data="nlu/training",
        output=str(target.parent),
        fixed_model_name=unfinished.name[: -len(".tar.gz")],
    )
    if made is None:
        raise SystemExit("Rasa did not produce a model; its messages are above.")
    Path(made).replace(target)


def _show_steps() -> None:
    shown = logging.StreamHandler(sys.stdout)
    shown.setFormatter(logging.Formatter("%(message)s"))
    progress = logging.getLogger("nlu.components.meaning")
    progress.addHandler(shown)
    progress.setLevel(logging.INFO)
    progress.propagate = False


def _forget_older(folder: Path, newest: Path) -> None:
    """Keeps the newest models, and the last one the gate accepted: it may be serving."""
    others = [path for path in folder.glob("komek-*.tar.gz") if path != newest]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    serving = next((path for path in others if _is_accepted(path)), None)
    for path in others[_KEPT - 1 :]:
        if path != serving:
            _note_of(path).unlink(missing_ok=True)
            path.unlink()


def _is_accepted(model: Path) -> bool:
    note = _note_of(model)
    return note.exists() and bool(json.loads(note.read_text(encoding="utf-8"))["accepted"])


def _note_of(model: Path) -> Path:
    """What `bot nlu train` wrote after measuring the model."""
    return model.with_name(model.name[: -len(".tar.gz")] + ".json")


if __name__ == "__main__":
    sys.exit(main())
