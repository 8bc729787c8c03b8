"""Front matter is changed in one place only; every other letter stays as its editors wrote it."""

from __future__ import annotations

import pytest

from bot.answers.front_matter import digest_in, halves_of, value_of, with_digest, with_value

HEAD = 'title: "Паспорт # 1"\nsource_digest: abc  # Айгүл, 2026-11-24\nreview:\n  state: draft\n'


def test_a_text_is_taken_apart_and_put_together() -> None:
    text = f"---\n{HEAD}---\n## short\n---\nне ждите\n"
    halves = halves_of(text)
    assert halves is not None
    assert (halves.head, halves.body) == (HEAD, "## short\n---\nне ждите\n")
    assert halves.text == text
    assert halves_of("## short\n") is None
    assert halves_of("---\ntitle: А\n") is None


def test_one_value_is_replaced_with_all_its_lines() -> None:
    assert value_of(HEAD, "title") == '"Паспорт # 1"'
    assert with_value(HEAD, "review", "{state: draft}") == HEAD.replace(
        "review:\n  state: draft", "review: {state: draft}"
    )
    assert (
        with_value("title: А\nreview: x\n", "facts", "[a]") == "title: А\nfacts: [a]\nreview: x\n"
    )


@pytest.mark.parametrize(
    ("written", "digest", "stamped"),
    [
        (" abc  # Айгүл", "abc", "source_digest: new  # Айгүл"),
        (" abc", "abc", "source_digest: new"),
        (" pending # ?", "pending", "source_digest: new  # ?"),
        (" # not yet", "", "source_digest: new  # not yet"),
        ("", "", "source_digest: new"),
    ],
)
def test_a_comment_is_no_part_of_the_fingerprint(written: str, digest: str, stamped: str) -> None:
    head = f"title: А\nsource_digest:{written}\n"
    assert digest_in(head) == digest
    assert with_digest(head, "new") == f"title: А\n{stamped}\n"
    assert with_digest(head, "new", "Ба, 2026") == "title: А\nsource_digest: new  # Ба, 2026\n"
