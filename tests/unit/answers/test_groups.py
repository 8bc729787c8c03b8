"""The groups of the menu."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers.groups import read_groups
from bot.answers.model import Part, Topic
from bot.errors import BadContent

NAMES = "{ru: А, kk: Б, ky: В, tg: Г, uz: D}"
GOOD = f"""\
groups:
- id: first
  section: rights
  names: {NAMES}
  topics: [police-check]
- id: second
  section: rights
  names: {NAMES}
  topics: [asylum, deportation]
"""


def topic(name: str, section: str = "rights") -> Topic:
    return Topic(name, section, 1, False, (Part.SHORT,), (), (), date(2026, 1, 1), 60)


TOPICS = [topic("police-check"), topic("asylum"), topic("deportation"), topic("iin", "documents")]


def read(folder: Path, text: str) -> list[tuple[str, tuple[str, ...]]]:
    path = folder / "groups.yml"
    path.write_text(text, encoding="utf-8")
    return [(group.id, group.topics) for group in read_groups(path, TOPICS)]


def test_groups_keep_their_order(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == [
        ("first", ("police-check",)),
        ("second", ("asylum", "deportation")),
    ]
    assert read_groups(tmp_path / "none.yml", TOPICS) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[police-check]", "[police-check, asylum]", "stands in two groups"),
        ("asylum, ", "", "the topic “asylum” is in no group"),
        ("[police-check]", "[police-check, iin]", "“iin” is no topic of the section “rights”"),
        (", uz: D", "", "uz"),
        ("id: second", "id: first", "the group “first” is written twice"),
        ("id: second", "id: more:than", "an id has a-z, 0-9 and -"),
    ],
)
def test_a_slip_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(BadContent, match=message):
        read(tmp_path, GOOD.replace(old, new, 1))
