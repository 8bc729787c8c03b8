"""The git repository that keeps the texts: who changed them when, and how they were."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dulwich.errors import NotGitRepository, NotTreeError
from dulwich.ignore import IgnoreFilterManager
from dulwich.object_store import tree_lookup_path
from dulwich.objects import Blob, Commit, ObjectID
from dulwich.repo import Repo

from bot.errors import NotFound
from bot.workshop.commit import Pen, head_of
from bot.workshop.lock import hold

_VERSION = 40  # letters of a commit's name


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit, and which of the files asked about it changed."""

    version: str
    author: str
    at: datetime
    message: str
    paths: tuple[Path, ...]


class Repository:
    """The repository around a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def around(cls, folder: Path) -> Repository | None:
        """The repository that keeps a folder; None when none does."""
        folder = folder.resolve()
        try:
            with Repo.discover(str(folder)) as repo:
                root = Path(os.fsdecode(repo.path)).resolve()
                inside = folder.relative_to(root).as_posix()
                # A folder that git is told to overlook is not kept by it.
                ignored = IgnoreFilterManager.from_repo(repo).is_ignored(f"{inside}/")
        except (NotGitRepository, ValueError, OSError):
            return None
        return None if ignored else cls(root)

    @property
    def can_be_written(self) -> bool:
        """Whether this process may add to the history."""
        with self._open() as repo:
            places = (repo.controldir(), os.path.join(repo.commondir(), "objects"))
            return all(os.access(place, os.W_OK) for place in places)

    @contextmanager
    def writing(self) -> Iterator[Pen]:
        """The right to write, which one at a time has, git itself included. Raises Conflict."""
        with self._open() as repo:
            index = Path(os.fsdecode(repo.index_path()))
            with hold(index) as lock:
                yield Pen(self.root, repo, lock, index)

    def history(self, folder: Path, paths: Sequence[Path], limit: int) -> list[Entry]:
        """The commits that changed one of the files of a folder, newest first."""
        names = [self._name(path) for path in paths]
        with self._open() as repo:
            if (head := head_of(repo)) is None:
                return []
            walker = repo.get_walker(include=[head], paths=[self._name(folder)], max_entries=limit)
            entries = []
            for found in walker:
                now, then = _blobs(repo, found.commit, names), _before(repo, found.commit, names)
                touched = [path for path, a, b in zip(paths, now, then, strict=True) if a != b]
                if touched:
                    entries.append(_entry(found.commit, tuple(touched)))
            return entries

    def content(self, version: str, path: Path) -> bytes | None:
        """The file as it was at a commit; None where it did not exist. Raises NotFound."""
        with self._open() as repo:
            (blob,) = _blobs(repo, _commit(repo, version), [self._name(path)])
            return None if blob is None else _data(repo, blob)

    def content_before(self, version: str, path: Path) -> bytes | None:
        """The file as it was just before a commit. Raises NotFound."""
        with self._open() as repo:
            (blob,) = _before(repo, _commit(repo, version), [self._name(path)])
            return None if blob is None else _data(repo, blob)

    def is_kept(self, path: Path, content: bytes) -> bool:
        """Whether the newest version of a file is the one that lies in the folder."""
        with self._open() as repo:
            if (head := head_of(repo)) is None:
                return False
            (blob,) = _blobs(repo, _commit(repo, head.decode()), [self._name(path)])
            return blob == Blob.from_string(content).id

    def _open(self) -> Repo:
        return Repo(str(self.root))

    def _name(self, path: Path) -> bytes:
        return os.fsencode(path.resolve().relative_to(self.root).as_posix())


def _commit(repo: Repo, version: str) -> Commit:
    try:
        found = repo[ObjectID(version.encode())] if len(version) == _VERSION else None
    except (KeyError, ValueError):
        found = None
    if not isinstance(found, Commit):
        raise NotFound("there is no such version")
    return found


def _before(repo: Repo, commit: Commit, names: Sequence[bytes]) -> list[ObjectID | None]:
    if not commit.parents:
        return [None] * len(names)
    return _blobs(repo, _commit(repo, commit.parents[0].decode()), names)


def _blobs(repo: Repo, commit: Commit, names: Sequence[bytes]) -> list[ObjectID | None]:
    return [_blob(repo, commit.tree, name) for name in names]


def _blob(repo: Repo, tree: ObjectID, name: bytes) -> ObjectID | None:
    try:
        return tree_lookup_path(repo.object_store.__getitem__, tree, name)[1]
    except (KeyError, NotTreeError):
        return None


def _data(repo: Repo, blob: ObjectID) -> bytes:
    found = repo.object_store[blob]
    if not isinstance(found, Blob):
        raise NotFound("there is no such text")
    return bytes(found.data)


def _entry(commit: Commit, paths: tuple[Path, ...]) -> Entry:
    author = commit.author.decode(errors="replace").partition("<")[0].strip()
    return Entry(
        version=commit.id.decode(),
        author=author,
        at=datetime.fromtimestamp(commit.author_time, UTC),
        message=commit.message.decode(errors="replace"),
        paths=paths,
    )
