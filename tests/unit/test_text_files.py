"""Files that people edit: written whole, and never a way to stop the service."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BadContent
from bot.text_files import compose_yaml, write_together, write_whole

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (LAUGHS, "it repeats itself far too often"),
        ("a: &a [*a]\n", "“\\*a” holds itself"),
        ("a: 1\nb: &b {c: {d: *b}}\n", "y.yml:2: not valid YAML: “\\*b” holds itself"),
    ],
)
def test_yaml_that_grows_without_end_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadContent, match=reason):
        compose_yaml(Path("y.yml"), text)


def test_what_is_said_twice_may_be_named_once() -> None:
    assert compose_yaml(Path("y.yml"), "a: &a {ru: x}\nb: *a\nc: *a\nd: &d y\ne: *d\n") is not None


def test_a_file_is_replaced_and_stays_open_to_colleagues(tmp_path: Path) -> None:
    path = tmp_path / "ru.md"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o664)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o664
    assert list(tmp_path.iterdir()) == [path]


class Interrupted(BaseException):
    """Somebody pressed Ctrl+C."""


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), Interrupted()])
def test_of_several_files_all_are_replaced_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException
) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text("old", encoding="utf-8")
    real = Path.replace

    def replace(part: Path, path: Path) -> Path:
        if path.name == "third.md":
            raise trouble
        return real(part, path)

    monkeypatch.setattr(Path, "replace", replace)
    wanted = {old: b"changed", new: b"added", tmp_path / "third.md": b"too much"}
    with pytest.raises(type(trouble)):
        write_together(wanted)
    assert list(tmp_path.iterdir()) == [old]
    assert old.read_text(encoding="utf-8") == "old"
