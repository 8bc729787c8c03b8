"""Writes the locked requirement files anew, with hashes and without index addresses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (
    ("requirements.in", "requirements.txt", "3.11"),
    ("requirements-dev.in", "requirements-dev.txt", "3.11"),
    ("nlu/requirements.in", "nlu/requirements.txt", "3.10"),
    ("nlu/requirements-bench.in", "nlu/requirements-bench.txt", "3.10"),
)


def main() -> int:
    """Compiles every lock file; the first failure ends it."""
    for source, target, python in LOCKS:
        command = [
            str(ROOT / ".venv/bin/uv"),
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-header",
            "--python-version",
            python,
            "--output-file",
            target,
            source,
        ]
        if subprocess.run(command, cwd=ROOT).returncode != 0:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
