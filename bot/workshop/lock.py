"""Git's own lock on its index: one at a time writes, and what a killed Komek left is cleared."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import structlog
from dulwich.file import FileLocked, GitFile
from dulwich.index import Index

from bot.errors import Conflict

log = structlog.get_logger()

PATIENCE = 5.0  # seconds in which another commit will be done
LONG_AGO = 60.0  # seconds; git itself needs far less for a lock that may look like ours


class Lock(Protocol):
    """The new index while it is written; git sees that it is held."""

    def write(self, data: bytes, /) -> int: ...

    def tell(self) -> int: ...

    def fileno(self) -> int: ...

    def flush(self) -> None: ...

    def close(self) -> None: ...

    def abort(self) -> None: ...


@contextmanager
def hold(index: Path) -> Iterator[Lock]:
    """The lock, so that neither a colleague nor git gets in between.

    Raises Conflict when somebody else holds it for too long.
    """
    deadline = time.monotonic() + PATIENCE
    with _alone(index.with_name("komek.lock"), deadline) as note:
        lock = _taken(index, note, deadline)
        _write(note, str(os.fstat(lock.fileno()).st_ino))
        try:
            yield lock
        finally:
            lock.abort()  # does nothing once the new index is in place
            _write(note, "")


@contextmanager
def _alone(path: Path, deadline: float) -> Iterator[int]:
    """A file that one Komek of this machine holds; the system lets go of it for a killed one.

    In it stands which lock of git's its holder has taken.
    """
    note = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        while True:
            try:
                fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                _wait(deadline, "another editor's text is being saved; save again")
        yield note
    finally:
        os.close(note)


def _taken(index: Path, note: int, deadline: float) -> Lock:
    while True:
        try:
            lock: Lock = GitFile(str(index), "wb")
            return lock
        except FileLocked:
            left = Path(f"{index}.lock")
            if _is_left_behind(left, os.pread(note, 32, 0).decode()):
                _clear(left, index)
                continue
            _wait(deadline, f"git is busy; if nobody works with it, remove {left} and save again")


def _wait(deadline: float, reason: str) -> None:
    if time.monotonic() > deadline:
        raise Conflict(reason) from None
    time.sleep(0.05)


def _is_left_behind(lock: Path, noted: str) -> bool:
    """Whether a Komek took this lock and was killed: nobody else of us lives while we ask."""
    try:
        found = lock.stat()
    except OSError:
        return False
    return noted == str(found.st_ino) and time.time() - found.st_mtime > LONG_AGO


def _clear(lock: Path, index: Path) -> None:
    """Puts a lock that holds the whole new index in place, for its commit may exist."""
    log.warning("content.lock_left_behind", lock=str(lock))
    try:
        is_whole = lock.stat().st_size > 0 and len(Index(str(lock))) > 0
    except Exception:  # dulwich lets through whatever reading half a file raises
        is_whole = False
    if is_whole:
        lock.replace(index)
    else:
        lock.unlink(missing_ok=True)


def _write(note: int, text: str) -> None:
    os.pwrite(note, text.encode(), 0)
    os.ftruncate(note, len(text))
