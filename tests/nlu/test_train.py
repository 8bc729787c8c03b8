"""One training at a time."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from nlu.train import ROOT, model_path


def test_a_second_training_waits_for_the_first_and_takes_its_model(tmp_path: Path) -> None:
    with (tmp_path / "training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [sys.executable, "-m", "nlu.train", "--out", str(tmp_path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(2)
        model_path(tmp_path).touch()
    said, _ = second.communicate(timeout=60)
    assert said == f"model {model_path(tmp_path)}\n"
