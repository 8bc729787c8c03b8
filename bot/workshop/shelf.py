"""Where the texts lie, and how they stand; read anew only when a file has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from bot.answers.comments import comments_of
from bot.answers.facts import Fact, read_facts
from bot.answers.loader import answer_folder, safety_folder
from bot.answers.model import SAFETY_KINDS, Topic
from bot.answers.registry import read_topics
from bot.answers.status import Status, status
from bot.errors import BadContent, NotAllowed, NotFound
from bot.workshop.model import TextId

SAFETY = "safety:"

T = TypeVar("T")


class Remembered(Generic[T]):
    """A value that is made again when what it was made from has changed."""

    def __init__(self) -> None:
        self._kept: tuple[Hashable, T] | None = None

    def get(self, made_from: Hashable, make: Callable[[], T]) -> T:
        """The value, made now if it must be."""
        kept = self._kept
        if kept is None or kept[0] != made_from:
            kept = self._kept = (made_from, make())
        return kept[1]


@dataclass(frozen=True, slots=True)
class Subject:
    """What one or five texts are about; `topic` is None for a safety card."""

    id: str
    topic: Topic | None
    folder: Path

    @property
    def safety_kind(self) -> str:
        """The kind of danger; empty for a topic."""
        return self.id.removeprefix(SAFETY) if self.topic is None else ""


class Shelf:
    """The content folder as editors walk through it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._topics = Remembered[tuple[Topic, ...]]()
        self._status = Remembered[Status]()

    def subject(self, name: str) -> Subject:
        """The topic or safety card of this name. Raises NotFound."""
        if name.startswith(SAFETY):
            kind = name.removeprefix(SAFETY)
            if kind not in SAFETY_KINDS:
                raise NotFound(f"no safety card “{kind}”")
            return Subject(name, None, safety_folder(self.folder, kind))
        try:
            topics = self.topics()
        except BadContent as exc:  # the list of all texts tells why
            raise NotFound("the registry of topics cannot be read") from exc
        for topic in topics:
            if topic.id == name:
                return Subject(name, topic, answer_folder(self.folder, topic))
        raise NotFound(f"no topic “{name}”")

    def topics(self) -> tuple[Topic, ...]:
        """The registry as it lies there. Raises BadContent."""
        path = self.folder / "topics.yml"
        return self._topics.get(_look(path), lambda: read_topics(path))

    def path(self, text: TextId) -> Path:
        """The file of a text. Raises NotFound, or NotAllowed where something else lies there."""
        path = self._place(text)
        if not _is_plain(path, self.folder):
            raise NotAllowed(f"{path.name} is a link, a folder or a pipe, not a file")
        return path

    def is_plain(self, text: TextId) -> bool:
        """Whether a file of our own lies there, or nothing. Raises NotFound."""
        return _is_plain(self._place(text), self.folder)

    def _place(self, text: TextId) -> Path:
        return self.subject(text.subject).folder / f"{text.language}.md"

    def content(self, text: TextId) -> bytes | None:
        """The file of a text as it lies there; None when there is none yet."""
        try:
            return self.path(text).read_bytes()
        except FileNotFoundError:
            return None

    def facts(self, text: TextId, body: str) -> tuple[Fact, ...]:
        """The facts that were collected about a topic, and those its text names besides."""
        try:
            facts = read_facts(self.folder / "facts")
        except BadContent:  # the findings tell why
            return ()
        named = {name for comment in comments_of(body) for name in comment.text.split()}
        own = [one for one in facts.values() if one.id.rpartition(".")[0] == text.subject]
        others = [one for one in facts.values() if one.id in named and one not in own]
        return (*own, *others)

    def status(self, today: date) -> Status:
        """How all texts stand."""
        looks = tuple(_look(path) for path in sorted(self.folder.rglob("*.md")))
        made_from = (today, _look(self.folder / "topics.yml"), looks)
        return self._status.get(made_from, lambda: status(self.folder, today))


def _is_plain(path: Path, folder: Path) -> bool:
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return False
    return path.resolve().is_relative_to(folder.resolve())


def _look(path: Path) -> Hashable:
    try:
        found = path.stat()
    except OSError:
        return (str(path), 0, 0, 0)
    return (str(path), found.st_ino, found.st_size, found.st_mtime_ns)
