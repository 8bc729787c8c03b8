"""Prepares the environments: `python3.11 scripts/setup.py [app] [nlu] [test]`.

Only the standard library: this runs before anything is installed. Each step is
skipped when its lock file has not changed since it was done.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / ".venv"
NLU = ROOT / ".venv-nlu"
GIGABYTE = 1024**3


class SetupError(Exception):
    """One clear sentence for the person at the terminal."""


def main(wanted: list[str]) -> int:
    """Does the wanted steps; 1 and one sentence when something is missing."""
    steps = {"app": prepare_app, "nlu": prepare_nlu, "test": prepare_test}
    try:
        for name in wanted or ["app", "nlu"]:
            steps[name]()
    except SetupError as exc:
        print(f"\n✗ {exc}", file=sys.stderr)
        return 1
    return 0


def prepare_app() -> None:
    """Makes .venv from requirements-dev.txt."""
    lock = ROOT / "requirements-dev.txt"
    if is_done(APP, lock):
        return
    if sys.version_info < (3, 11):  # noqa: UP036  (run by whatever Python is there)
        raise SetupError("Python 3.11 or newer is needed: install it, then run this again.")
    need_disk(1)
    say("Preparing the app's environment …")
    if not (APP / "bin" / "python").exists():
        run([sys.executable, "-m", "venv", str(APP)], "could not make .venv")
    uv = next(line.split()[0] for line in lock.read_text().splitlines() if line.startswith("uv=="))
    pip = [str(APP / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    run([*pip, "--disable-pip-version-check", uv], NO_REGISTRY)
    sync(APP, lock)


def prepare_nlu() -> None:
    """Makes .venv-nlu, Rasa's own environment on Python 3.10."""
    lock = ROOT / "nlu" / "requirements.txt"
    if is_done(NLU, lock):
        return
    prepare_app()
    need_disk(6)
    say("Preparing Rasa's environment (about 2.5 GB) …")
    if not (NLU / "bin" / "python").exists():
        run(
            [str(APP / "bin" / "uv"), "venv", "--quiet", "--python", "3.10", str(NLU)],
            "Rasa needs Python 3.10, which was not found and could not be fetched: install "
            "Python 3.10 (for example with pyenv), then run this again.",
        )
    sync(NLU, lock)


def prepare_test() -> None:
    """Makes sure of Chromium and PostgreSQL's programs."""
    prepare_app()
    prepare_nlu()
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        install("chromium")
    servers = Path("/usr/lib/postgresql")
    if not shutil.which("initdb") and not list(servers.glob("*/bin/initdb")):
        install("postgresql")


def install(package: str) -> None:
    """Installs a Debian package, where that is possible without a password."""
    say(f"Installing {package} …")
    if not shutil.which("apt-get"):
        raise SetupError(f"The tests need {package}: install it, then run this again.")
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    sorry = f"{package} could not be installed: install it by hand, then run this again."
    run([*prefix, "apt-get", "update", "-qq"], sorry, quiet)
    run([*prefix, "apt-get", "install", "-y", "-qq", package], sorry, quiet)


NO_REGISTRY = (
    "the packages could not be installed: check the network and the free disk space, then run "
    "this again."
)


def sync(environment: Path, lock: Path) -> None:
    """Installs exactly what the lock file lists, checked by hash."""
    run(
        [
            str(APP / "bin" / "uv"),
            "pip",
            "sync",
            "--quiet",
            "--python",
            str(environment / "bin" / "python"),
            "--require-hashes",
            str(lock),
        ],
        NO_REGISTRY,
    )
    (environment / ".lock-digest").write_text(digest(lock))


def is_done(environment: Path, lock: Path) -> bool:
    """Whether the environment was made from this very lock file."""
    stamp = environment / ".lock-digest"
    return stamp.exists() and stamp.read_text() == digest(lock)


def digest(lock: Path) -> str:
    """Names the content of a lock file."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def need_disk(gigabytes: int) -> None:
    """Stops before a download fills the disk."""
    free = shutil.disk_usage(ROOT).free / GIGABYTE
    if free < gigabytes:
        raise SetupError(
            f"The disk is full: {gigabytes} GB are needed here, {free:.1f} GB are free."
        )


def run(command: list[str], sorry: str, environment: dict[str, str] | None = None) -> None:
    """Runs a program; its own words are shown only when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        print("\n".join(lines[-8:]), file=sys.stderr)
        raise SetupError(sorry[0].upper() + sorry[1:])


def say(text: str) -> None:
    """One line for the person who waits."""
    print(f"• {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
