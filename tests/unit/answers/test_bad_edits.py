"""Whatever happens to the files: nothing crashes, and the last good texts are served."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answers.library import Library
from bot.answers.live import LiveContent
from bot.answers.registry import read_glossary, read_topics, read_values
from bot.answers.text_file import read_text_file
from bot.answers.yaml_lines import read_entry
from bot.checks.content import check_content
from bot.checks.known_places import ANY_PLACE
from bot.errors import BadContent
from bot.languages import Language
from tests.conftest import HandClock
from tests.unit.answers.small_content import TODAY, change, load

PASSPORT = "answers/documents/lost-passport"
RUSSIAN = f"{PASSPORT}/ru.md"

Edit = Callable[[Path], object]


def write(name: str, data: bytes) -> Edit:
    return lambda folder: (folder / name).write_bytes(data)


def cut(name: str, share: float) -> Edit:
    def cut_off(folder: Path) -> None:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[: int(len(data) * share)])

    return cut_off


def in_cp1251(folder: Path) -> None:
    text = (folder / RUSSIAN).read_text(encoding="utf-8")
    (folder / RUSSIAN).write_bytes(text.encode("cp1251"))


def without_a_language(folder: Path) -> None:
    for path in folder.rglob("tg.md"):
        path.unlink()


def linked_elsewhere(folder: Path) -> None:
    shutil.move(folder / RUSSIAN, folder.parent / "elsewhere.md")
    (folder / RUSSIAN).symlink_to(folder.parent / "elsewhere.md")


def linked_to_itself(folder: Path) -> None:
    (folder / RUSSIAN).unlink()
    (folder / RUSSIAN).symlink_to(folder / RUSSIAN)


def a_folder_linked_elsewhere(folder: Path) -> None:
    shutil.move(folder / "safety", folder.parent / "safety")
    (folder / "safety").symlink_to(folder.parent / "safety")


def a_pipe(folder: Path) -> None:
    (folder / RUSSIAN).unlink()
    os.mkfifo(folder / RUSSIAN)


def a_folder_in_its_place(folder: Path) -> None:
    (folder / RUSSIAN).unlink()
    (folder / RUSSIAN).mkdir()


BAD: dict[str, tuple[Edit, str]] = {
    "truncated YAML": (cut("topics.yml", 0.4), "topics.yml:"),
    "truncated front matter": (cut(RUSSIAN, 0.1), "ru.md:1: the second line “---”"),
    "empty": (write(RUSSIAN, b""), "ru.md:1: the file must begin with a line “---”"),
    "cp1251": (in_cp1251, "ru.md:2: not in UTF-8: save the file with this encoding"),
    "binary": (write(RUSSIAN, bytes(range(256))), "ru.md:"),
    "right-to-left": (
        lambda folder: change(folder / RUSSIAN, "& 15", "& \u202e15"),
        "ru.md:11: an invisible sign stands here (U+202E RIGHT-TO-LEFT OVERRIDE): delete it",
    ),
    "right-to-left in the title": (
        lambda folder: change(folder / RUSSIAN, "Потерян", "Поте\u200fрян"),
        "ru.md:2: an invisible sign stands here (U+200F",
    ),
    "two megabytes": (
        lambda folder: change(folder / RUSSIAN, "& 15", "& 15" + " слово" * 200_000),
        "KB, 64 are possible",
    ),
    "two megabytes of topics": (
        lambda folder: change(folder / "topics.yml", "topics:", "# " + "x" * 2**21 + "\ntopics:"),
        "topics.yml:1: the file has 2048 KB, 512 are possible",
    ),
    "a deleted language": (without_a_language, "tg.md:1: this file is missing"),
    "a deleted registry": (lambda folder: (folder / "topics.yml").unlink(), "topics.yml:1: this"),
    "a link that leads out": (linked_elsewhere, "ru.md:1: this link leads out of the folder"),
    "a link to itself": (linked_to_itself, "ru.md:1: this link leads out of the folder"),
    "a folder that leads out": (a_folder_linked_elsewhere, "safety:1: this link leads out"),
    "a pipe": (a_pipe, "ru.md:1: this is not a file"),
    "a folder in its place": (
        a_folder_in_its_place,
        "ru.md:1: this is not a file",
    ),
    "nothing left": (shutil.rmtree, "topics.yml:1: this file is missing"),
    "endless YAML": (write("values.yml", b"mci: " + b"[" * 100_000), "values.yml:1: not valid"),
    "a list as a name": (write("values.yml", b"mci:\n  [a]: 1\n"), "values.yml:2: expected lines"),
    "a Python object": (write("values.yml", b"mci: !!python/object:x {}\n"), "values.yml:1"),
    "a review in ten thousand years": (
        lambda folder: change(folder / "topics.yml", "days: 60", "days: 9999999"),
        "topics.yml:12: “review_every_days” must be a whole number",
    ),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_edit_keeps_the_last_good_texts(
    folder: Path, clock: HandClock, name: str
) -> None:
    edit, reason = BAD[name]
    live: LiveContent[Library] = LiveContent("answers", lambda: load(folder), [folder], clock)
    before = live.current
    edit(folder)
    assert not await live.reload()
    assert live.current is before
    assert reason in (live.problem or "")
    assert before.answer("lost-passport", "ru").title == "Потерян паспорт"


@pytest.mark.parametrize("name", BAD)
def test_the_checks_tell_a_bad_edit_and_do_not_fall_over(folder: Path, name: str) -> None:
    edit, reason = BAD[name]
    edit(folder)
    findings = [
        str(finding).replace(" error:", "") for finding in check_content(folder, ANY_PLACE, TODAY)
    ]
    assert any(reason.split(": ")[-1] in finding for finding in findings), findings


def windows(folder: Path) -> None:
    for path in [*folder.rglob("*.md"), *folder.rglob("*.yml")]:
        data = path.read_bytes().replace(b"\n", b"\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + data)


def linked_inside(folder: Path) -> None:
    shutil.move(folder / RUSSIAN, folder / "russian.txt")
    (folder / RUSSIAN).symlink_to(folder / "russian.txt")


@pytest.mark.parametrize("edit", [windows, linked_inside])
def test_what_editors_do_without_harm_works(folder: Path, edit: Edit) -> None:
    before = load(folder).answer("lost-passport", "ru")
    edit(folder)
    library = load(folder)
    assert library.answer("lost-passport", "ru") == before
    assert not library.answer("lost-passport", "ky").outdated


@pytest.mark.parametrize("name", ["topics.yml", "values.yml", "glossary.yml", RUSSIAN])
def test_a_file_cut_off_anywhere_is_refused_or_read(folder: Path, name: str) -> None:
    path = folder / name
    data = path.read_bytes()
    refusals: list[str] = []
    for length in range(0, len(data), 3):
        path.write_bytes(data[:length])
        refusals += filter(None, [refusal_of(path)])
    assert len(refusals) > 3
    assert all(refusal.startswith(f"{path}:") for refusal in refusals)


def refusal_of(path: Path) -> str | None:
    try:
        if path.suffix == ".md":
            read_text_file(path, Language.RU, has_parts=True)
        else:
            READERS[path.stem](path)
    except BadContent as exc:
        return str(exc)
    return None


READERS: dict[str, Edit] = {
    "topics": read_topics,
    "values": read_values,
    "glossary": read_glossary,
}


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 50_000, "? " * 90_000])
def test_yaml_without_a_bottom_is_refused(text: str) -> None:
    with pytest.raises(BadContent, match=r"x\.yml:\d+: not valid YAML"):
        read_entry(Path("x.yml"), text)


def test_odd_yaml_is_refused_with_its_line() -> None:
    for text in ("[a, b]", "a: *nothing", "? {b: 1}\n: 2", "\t- a", "a: 'b", "- a"):
        with pytest.raises(BadContent, match=r"x\.yml:\d+: "):
            read_entry(Path("x.yml"), text)
