"""Everything a change must pass besides the tests; says at the end how long each took."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CHECKS = (
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("types", [str(BIN / "mypy")]),
    ("import rules", [str(BIN / "lint-imports"), "--no-cache"]),
    ("content", [str(BIN / "python"), "-m", "bot", "check"]),
)


def main() -> int:
    """Runs all checks, also after one failed, and names those that failed."""
    failed = []
    for name, command in CHECKS:
        started = time.monotonic()
        done = subprocess.run(command, cwd=ROOT)
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:<14}{verdict:<8}{time.monotonic() - started:6.1f} s", flush=True)
        if done.returncode != 0:
            failed.append(name)
    if failed:
        print(f"Not passed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
