"""All tests in stages, with the time of each at the end.

`python scripts/test.py unit journeys` runs only the named stages. A failed stage
does not keep the others from running; the exit code tells.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Beside each other, one process a core; each has a PostgreSQL and a Rasa of its own.
BESIDE = ["-n", "auto", "--maxprocesses", "4"]
PYTEST = [str(ROOT / ".venv/bin/python"), "-m", "pytest", *BESIDE]
STAGES = {
    "train": [str(ROOT / ".venv/bin/python"), "-m", "bot", "nlu", "train"],
    # In Rasa's environment, without the app's pytest settings.
    "nlu": [
        *(str(ROOT / ".venv-nlu/bin/python"), "-m", "pytest", "-q", "tests/nlu"),
        *("-c", "/dev/null", "--rootdir", str(ROOT), "--confcutdir", "tests/nlu"),
        *("-p", "no:cacheprovider"),
    ],
    "unit": [*PYTEST, "tests/unit", "tests/rules", "tests/content"],
    "integration": [*PYTEST, "tests/integration"],
    "journeys": [*PYTEST, "tests/journeys", "tests/browser"],
}


# Far above what a stage takes: one that hangs must fail and say so, not stop everything.
LONGEST = 1500.0


def _run(command: list[str]) -> bool:
    try:
        return subprocess.run(command, cwd=ROOT, timeout=LONGEST).returncode == 0
    except subprocess.TimeoutExpired:
        print(f"\nended after {LONGEST:.0f} s", flush=True)
        return False


def main(wanted: list[str]) -> int:
    """Runs the stages; 1 when one of them failed."""
    times: list[tuple[str, float, bool]] = []
    for name in wanted or list(STAGES):
        print(f"\n── {name} " + "─" * 60, flush=True)
        started = time.monotonic()
        passed = _run(STAGES[name])
        times.append((name, time.monotonic() - started, passed))
    print("\nstage         time      result")
    for name, seconds, passed in times:
        print(f"{name:<12}{seconds:7.1f} s   {'passed' if passed else 'FAILED'}")
    print(f"{'all':<12}{sum(one[1] for one in times):7.1f} s")
    return 0 if all(passed for _, _, passed in times) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
