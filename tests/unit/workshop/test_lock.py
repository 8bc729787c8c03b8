"""A Komek killed while it saves leaves nothing behind that only a programmer could clear."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import Conflict
from bot.settings import ROOT
from bot.workshop import lock
from bot.workshop.model import Saved
from bot.workshop.workshop import Workshop
from tests.unit.answers.small_content import change
from tests.unit.workshop.bench import AIGUL, DILSHOD, RUSSIAN, draft, git

EVIDENCE = "Соберите доказательства"
# Saves a text and is killed just before or just after the commit.
KILLED = """
import os, signal, sys
from pathlib import Path
from bot.clock import SystemClock
from bot.workshop import commit
from tests.unit.workshop.bench import AIGUL, RUSSIAN, bench, draft

real, moment = commit.Pen._commit, sys.argv[2]

def killed(*arguments):
    if moment == "after":
        real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)

commit.Pen._commit = killed
workshop = bench(Path(sys.argv[1]), SystemClock())
edit = draft(workshop.open(RUSSIAN), "Соберите доказательства", "Соберите чеки")
workshop.save(RUSSIAN, edit, AIGUL)
"""


def kill_while_saving(folder: Path, moment: str) -> Path:
    """Leaves git's lock behind; returns it."""
    words = [sys.executable, "-c", KILLED, str(folder), moment]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == -9, ended.stderr
    left = folder.parent / ".git/index.lock"
    assert left.exists()
    return left


def long_ago(path: Path) -> None:
    before = path.stat().st_mtime - lock.LONG_AGO - 1
    os.utime(path, (before, before))


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_next_save_clears_what_a_killed_one_left(
    workshop: Workshop, folder: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    left = kill_while_saving(folder, moment)
    edit = draft(workshop.open(RUSSIAN), "Соберите чеки", "Соберите фото")
    with pytest.raises(Conflict):  # it may still be somebody's at work
        workshop.save(RUSSIAN, edit, DILSHOD)
    long_ago(left)
    assert isinstance(workshop.save(RUSSIAN, edit, DILSHOD), Saved)
    assert not left.exists()
    assert git(folder, "status", "--porcelain", "--untracked-files=all") == ""
    assert git(folder, "rev-list", "--count", "HEAD") == ("3" if moment == "after" else "2")
    git(folder, "fsck", "--strict")


def test_what_was_written_but_not_committed_becomes_history_by_saving_it(
    workshop: Workshop, folder: Path
) -> None:
    long_ago(kill_while_saving(folder, "before"))
    sheet = workshop.open(RUSSIAN)
    assert workshop.unkept(RUSSIAN.subject) == [RUSSIAN.language]
    same = draft(sheet, "чеки", "чеки")
    assert isinstance(workshop.save(RUSSIAN, same, DILSHOD), Saved)
    assert workshop.unkept(RUSSIAN.subject) == []
    change(workshop.shelf.path(RUSSIAN), "чеки", "фото")  # and so does another program's change
    again = draft(workshop.open(RUSSIAN), "фото", "фото")
    assert isinstance(workshop.save(RUSSIAN, again, AIGUL), Saved)
    assert git(folder, "status", "--porcelain") == ""


def test_a_lock_of_gits_own_is_never_taken_away(
    workshop: Workshop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    edit = draft(workshop.open(RUSSIAN), EVIDENCE, "Соберите чеки")
    assert isinstance(workshop.save(RUSSIAN, edit, AIGUL), Saved)
    held = folder.parent / ".git/index.lock"
    held.touch()
    long_ago(held)
    edit = draft(workshop.open(RUSSIAN), "чеки", "фото")
    with pytest.raises(Conflict, match=r"index\.lock"):
        workshop.save(RUSSIAN, edit, AIGUL)
    assert held.exists()
    # Not even beside the note of a Komek that was killed earlier.
    (folder.parent / ".git/komek.lock").write_text("1", encoding="utf-8")
    with pytest.raises(Conflict):
        workshop.save(RUSSIAN, edit, AIGUL)
    assert held.exists()


@pytest.mark.parametrize("index", [b"", b"DIRC and then nonsense", b"DIRC\0\0\0\x02\0\0\0\x09"])
def test_without_a_readable_index_nothing_is_committed(
    workshop: Workshop, folder: Path, index: bytes
) -> None:
    (folder.parent / ".git/index").write_bytes(index)
    before = workshop.shelf.content(RUSSIAN)
    edit = draft(workshop.open(RUSSIAN), EVIDENCE, "Соберите чеки")
    with pytest.raises(Conflict, match="cannot be read"):
        workshop.save(RUSSIAN, edit, AIGUL)
    assert workshop.shelf.content(RUSSIAN) == before
    assert git(folder, "rev-list", "--count", "HEAD") == "1"
    assert not (folder.parent / ".git/index.lock").exists()
