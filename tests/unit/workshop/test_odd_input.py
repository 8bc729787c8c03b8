"""Odd texts, names, files and repositories: nothing of them does harm."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answers.text_file import LARGEST_TEXT
from bot.errors import NotAllowed, NotFound
from bot.languages import Language
from bot.workshop.model import Draft, Editor, Refused, Saved, TextId
from bot.workshop.workshop import Workshop
from tests.conftest import HandClock
from tests.unit.workshop.bench import AIGUL, CARD, RUSSIAN, bench, draft, git

EVIDENCE = "Соберите доказательства"


def test_what_telegram_or_the_loader_would_refuse_is_not_saved(workshop: Workshop) -> None:
    card, russian = workshop.open(CARD), workshop.open(RUSSIAN)
    for title in ("а" * 4000, "а" * 100_000):
        outcome = workshop.save(CARD, Draft(title, card.body, card.digest), AIGUL)
        assert isinstance(outcome, Refused)
    comments = draft(russian, "<!--", "<!-- " + "advice " * 10_000)
    outcome = workshop.save(RUSSIAN, comments, AIGUL)
    assert isinstance(outcome, Refused)
    assert [finding.message for finding in outcome.findings] == [
        "the file has 68 KB, 64 are possible"
    ]


@pytest.mark.parametrize("piece", ["<!--", "a <!-- ", " " * 9 + "<", "{", "слово ", "1.\n"])
def test_the_checks_do_not_take_the_desk_away_from_others(workshop: Workshop, piece: str) -> None:
    sheet = workshop.open(RUSSIAN)
    for size in (LARGEST_TEXT - 500, 250_000):
        body = "## short\n" + piece * (size // len(piece)) + "\n"
        begun = time.monotonic()
        looked = workshop.drafted(RUSSIAN, Draft(sheet.title, body, sheet.digest))
        assert workshop.findings(RUSSIAN, looked) != []
        assert time.monotonic() - begun < 4


def test_names_and_remarks_do_not_write_into_the_history_itself(
    workshop: Workshop, folder: Path
) -> None:
    strange = Editor("Eve\n\ncommitter X <x@y>\0", "e>ve@example.org\nauthor Y <y@z> 0 +0000")
    edit = draft(
        workshop.open(RUSSIAN), EVIDENCE, "Соберите чеки", remark="one\0 two\x1b[31m\r\nthree"
    )
    assert isinstance(workshop.save(RUSSIAN, edit, strange), Saved)
    said = git(folder, "cat-file", "commit", "HEAD")
    assert [line.split(" ")[0] for line in said.split("\n\n")[0].splitlines()] == [
        "tree",
        "parent",
        "author",
        "committer",
        "encoding",
    ]
    assert said.endswith("unpaid-wages/ru: edited\n\none two[31m\nthree")
    git(folder, "fsck", "--strict")


def test_a_link_or_pipe_in_the_place_of_a_file_is_left_alone(
    workshop: Workshop, folder: Path
) -> None:
    uzbek = TextId("unpaid-wages", Language.UZ)
    path = workshop.shelf.path(uzbek)
    path.unlink()
    links: tuple[Callable[[], object], ...]
    links = (lambda: path.symlink_to("ru.md"), lambda: os.mkfifo(path), path.mkdir)
    for put in links:
        put()
        for deed in (lambda: workshop.open(uzbek), lambda: workshop.sign_off(uzbek, "", AIGUL)):
            with pytest.raises(NotAllowed, match=r"uz\.md"):
                deed()
        assert [set(one.languages) for one in workshop.history("unpaid-wages")] == [
            set(Language) - {Language.UZ}
        ]
        assert workshop.unkept("unpaid-wages") == []
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


@pytest.mark.parametrize("version", ["ж" * 40, "g" * 40, "refs/heads/main", "../" * 13 + "x", ""])
def test_what_names_no_commit_is_no_version(workshop: Workshop, version: str) -> None:
    with pytest.raises(NotFound):
        workshop.earlier(RUSSIAN, version)


def test_a_working_tree_beside_the_repository_commits_to_its_own_branch(
    workshop: Workshop, folder: Path, clock: HandClock, tmp_path: Path
) -> None:
    beside = tmp_path / "beside"
    git(folder.parent, "worktree", "add", "-q", str(beside), "-b", "side")
    other = bench(beside / "content", clock)
    edit = draft(other.open(RUSSIAN), EVIDENCE, "Соберите чеки")
    assert isinstance(other.save(RUSSIAN, edit, AIGUL), Saved)
    assert git(beside, "status", "--porcelain") == ""
    assert git(folder, "rev-list", "--count", "main") == "1"
    assert EVIDENCE in workshop.open(RUSSIAN).body
