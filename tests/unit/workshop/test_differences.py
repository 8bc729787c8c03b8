"""What changed is shown word by word, and no text takes the desk away from others."""

from __future__ import annotations

import time

import pytest

from bot.workshop.differences import Kind, Piece, differences


def shown(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.text) for piece in differences(before, after)]


def test_a_changed_word_is_shown_in_its_line() -> None:
    before, after = (
        "one\ntwo\n\nold word here\n\nfive\nsix\n",
        "one\ntwo\n\nnew word here\n\nfive\nsix\n",
    )
    assert shown(before, after) == [
        ("gap", ""),
        ("same", "\n"),
        ("gone", "old"),
        ("new", "new"),
        ("same", " word here"),
        ("same", "\n"),
        ("same", "\n"),
        ("gap", ""),
    ]
    assert shown(before, before) == []


def test_every_changed_line_is_compared_with_its_own() -> None:
    assert shown("- pay 10\n- go home\n", "- pay 20\n- go there\n") == [
        ("same", "- pay "),
        ("gone", "10"),
        ("new", "20"),
        ("same", "\n"),
        ("same", "- go "),
        ("gone", "home"),
        ("new", "there"),
        ("same", "\n"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 2000, "b " * 2000),
        ("a " * 2000 + "\n", "c\n" + "a " * 2000),
        ("a\n\n" * 4000, "b\n\n" * 4000),
        ("\n" * 60_000, "x\n" + "\n" * 60_000),
        ("слово, " * 9000, "слово. " * 9000),
    ],
)
def test_a_pasted_book_takes_no_longer_than_one_waits(before: str, after: str) -> None:
    begun = time.monotonic()
    pieces = differences(before, after)
    assert time.monotonic() - begun < 5
    assert pieces != ()
    # Both texts can be put together again from what is shown where nothing is left out.
    if Piece(Kind.GAP) not in pieces:
        assert "".join(one.text for one in pieces if one.kind is not Kind.NEW) == before
        assert "".join(one.text for one in pieces if one.kind is not Kind.GONE) == after
