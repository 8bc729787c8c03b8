"""Files that people edit, read with suspicion and replaced whole.

Every refusal names file and line.
"""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.errors import BadContent

LARGEST_FILE = 512 * 1024
DEEPEST_YAML = 30
MOST_VALUES = 500_000

# Direction marks, zero-width blanks, soft hyphens, odd line ends; emoji need their joiners.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200c\u200e\u200f"
    r"\u2028-\u202e\u2060-\u206f\ufeff]"
)


def refusal(path: Path, line: int, reason: str) -> BadContent:
    """The error for a file that cannot be used, as "path:line: reason"."""
    return BadContent(f"{path}:{line}: {reason}")


def refuse_links_outside(folder: Path) -> None:
    """Raises BadContent for links in the folder that lead out of it, one line for each."""
    home = folder.resolve()
    problems = [
        str(refusal(path, 1, "this link leads out of the folder of texts: put the file here"))
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() and not _target(path).is_relative_to(home)
    ]
    if problems:
        raise BadContent("\n".join(problems))


def _target(link: Path) -> Path:
    try:
        return link.resolve()
    except (OSError, RuntimeError):  # a link to itself leads nowhere
        return Path("/")


def read_file(path: Path, largest: int = LARGEST_FILE) -> str:
    """The text of a file. Raises BadContent when it is missing, not UTF-8, too large or odd."""
    try:
        if not path.is_file():
            reason = "this is not a file" if path.exists() else "this file is missing"
            raise refusal(path, 1, reason)
        refuse_size(path, path.stat().st_size, largest)
        data = path.read_bytes()
    except FileNotFoundError as exc:  # gone in between
        raise refusal(path, 1, "this file is missing") from exc
    except OSError as exc:
        raise refusal(path, 1, f"cannot be read: {exc.strerror}") from exc
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        raise refusal(path, line, "not in UTF-8: save the file with this encoding") from exc
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    refuse_text(path, text)
    return text


def refuse_size(path: Path, size: int, largest: int) -> None:
    """Raises BadContent for more bytes than a file of this kind ever has."""
    if size > largest:
        reason = f"the file has {size // 1024} KB, {largest // 1024} are possible"
        raise refusal(path, 1, reason)


def refuse_text(path: Path, text: str) -> None:
    """Raises BadContent for signs nobody sees, which turn words round or hide in them."""
    for line, one in enumerate(text.split("\n"), start=1):
        if reason := invisible_sign(one):
            raise refusal(path, line, reason)


def invisible_sign(text: str) -> str | None:
    """What is to be done about the first sign nobody sees; None when there is none."""
    if (found := _INVISIBLE.search(text)) is None:
        return None
    name = unicodedata.name(found[0], "control character")
    return f"an invisible sign stands here (U+{ord(found[0]):04X} {name}): delete it"


def compose_yaml(path: Path, text: str, first_line: int = 1) -> yaml.Node | None:
    """The YAML nodes of a text that begins in this line of its file. Raises BadContent."""
    try:
        _refuse_bombs(path, text, first_line)
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        reason = getattr(exc, "problem", None) or str(exc)
        last = max(len(text.splitlines()) - 1, 0)  # the end counts as a line of its own
        line = first_line + min(mark.line if mark else 0, last)
        raise refusal(path, line, f"not valid YAML: {reason}") from exc
    return node


def _refuse_bombs(path: Path, text: str, first_line: int) -> None:
    """A few lines of YAML can fill the stack, which in C ends the process, or all memory.

    What is repeated by its name (*name) counts as often as it is repeated.
    """
    values, line = 0, 0
    sizes: dict[str, int] = {}
    around: list[tuple[str | None, int]] = []  # what is open: its name, the values before it
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        values += 1
        if isinstance(event, yaml.CollectionStartEvent):
            around.append((event.anchor, values))
        elif isinstance(event, yaml.CollectionEndEvent):
            name, before = around.pop()
            sizes |= {name: values - before} if name else {}
        elif isinstance(event, yaml.AliasEvent):
            if any(event.anchor == name for name, _ in around):
                raise refusal(path, line, f"not valid YAML: “*{event.anchor}” holds itself")
            values += sizes.get(event.anchor or "", 0)
        if len(around) > DEEPEST_YAML:
            reason = "not valid YAML: too many brackets or lists in each other"
            raise refusal(path, line, reason)
        if values > MOST_VALUES:
            raise refusal(path, line, "not valid YAML: it repeats itself far too often")


def write_whole(path: Path, content: bytes) -> None:
    """Replaces a file in one step: whoever reads it sees the old text or the new one."""
    write_together({path: content})


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Replaces files, each in one step: all of them, or none. Raises OSError."""
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in contents}
    done: list[Path] = []
    try:
        for path, content in contents.items():
            _write_through(beside[path], content)
            if before[path] is not None:  # colleagues may still write to it
                beside[path].chmod(path.stat().st_mode & 0o666)
        for path in contents:
            beside[path].replace(path)
            done.append(path)
    except BaseException:
        for path in done:
            put_back(path, before[path])
        raise
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def put_back(path: Path, content: bytes | None) -> None:
    """Makes a file what it was, as far as that is possible; None is for one that was not there."""
    with contextlib.suppress(OSError):
        path.unlink() if content is None else write_whole(path, content)


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
