"""One file saved is one commit of that file alone; what else lies in the repository stays."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

from dulwich.file import FileLocked
from dulwich.index import (
    ConflictedIndexEntry,
    Index,
    IndexChecksumWriter,
    IndexEntry,
    index_entry_from_stat,
    write_index_dict,
)
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.refs import HEADREF
from dulwich.repo import Repo

from bot.clock import KAZAKHSTAN
from bot.errors import Conflict
from bot.text_files import put_back, write_whole
from bot.workshop.lock import Lock
from bot.workshop.model import Editor

PLAIN_FILE, FOLDER = 0o100644, 0o040000
MOST_TRIES = 5


def head_of(repo: Repo) -> ObjectID | None:
    """The newest commit; None before the first one."""
    try:
        return repo.head()
    except KeyError:
        return None


class Pen:
    """Writes a file and its commit, or neither."""

    def __init__(self, root: Path, repo: Repo, lock: Lock, index: Path) -> None:
        self._root = root
        self._repo = repo
        self._lock = lock
        self._index = index

    def save(self, path: Path, content: bytes, editor: Editor, message: str, now: datetime) -> str:
        """Replaces the file, adds it to the history and returns the commit's name."""
        before = path.read_bytes() if path.exists() else None
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        try:
            name = os.fsencode(path.resolve().relative_to(self._root).as_posix())
            blob = Blob.from_string(content)
            self._repo.object_store.add_object(blob)
            # Whatever may fail comes before the commit.
            self._write_index(name, index_entry_from_stat(path.stat(), blob.id, PLAIN_FILE))
            version = self._commit(name, blob.id, _by(editor), message, now)
        except BaseException:
            # Half a save would be served to people without anybody standing for it.
            put_back(path, before)
            raise
        self._lock.close()
        return version.decode()

    def _commit(
        self, name: bytes, blob: ObjectID, by: bytes, message: str, now: datetime
    ) -> ObjectID:
        for _ in range(MOST_TRIES):
            head = head_of(self._repo)
            root = None if head is None else self._repo[head].tree  # type: ignore[attr-defined]
            commit = Commit()
            commit.tree = self._tree(root, name.split(b"/"), blob)
            commit.parents = [] if head is None else [head]
            commit.author = commit.committer = by
            commit.author_time = commit.commit_time = int(now.timestamp())
            offset = now.astimezone(KAZAKHSTAN).utcoffset()
            assert offset is not None
            commit.author_timezone = commit.commit_timezone = int(offset.total_seconds())
            commit.encoding = b"UTF-8"
            commit.message = message.encode()
            self._repo.object_store.add_object(commit)
            if self._advance(head, commit.id, by, message):
                return commit.id
        raise Conflict("the history is changing too fast; save again")

    def _advance(self, head: ObjectID | None, to: ObjectID, by: bytes, message: str) -> bool:
        refs, log = self._repo.refs, b"commit: " + message.splitlines()[0].encode()
        try:
            if head is None:
                return refs.add_if_new(HEADREF, to, committer=by, message=log)
            return refs.set_if_equals(HEADREF, head, to, committer=by, message=log)
        except FileLocked:
            time.sleep(0.1)
            return False

    def _tree(self, root: ObjectID | None, names: list[bytes], blob: ObjectID) -> ObjectID:
        """The tree with one file replaced; all else keeps its place."""
        tree, first = Tree() if root is None else self._repo.object_store[root], names[0]
        assert isinstance(tree, Tree)  # each look into the store makes an object of its own
        if len(names) == 1:
            tree[first] = (PLAIN_FILE, blob)
        else:
            inner = tree[first][1] if first in tree else None
            tree[first] = (FOLDER, self._tree(inner, names[1:], blob))
        self._repo.object_store.add_object(tree)
        return tree.id

    def _write_index(self, name: bytes, entry: IndexEntry) -> None:
        """What others have staged stays staged; this file will count as committed."""
        entries = {**self._entries(), name: entry}
        # Extensions are caches of what the entries say, and of another tree than ours.
        writer = IndexChecksumWriter(self._lock)
        write_index_dict(writer, entries)
        writer.write_checksum()
        self._lock.flush()  # the next Komek finds it whole should this one be killed

    def _entries(self) -> dict[bytes, IndexEntry | ConflictedIndexEntry]:
        try:
            return dict(Index(str(self._index)).items())
        except Exception as exc:  # dulwich lets through whatever reading an odd file raises
            reason = f"git's index {self._index} cannot be read ({type(exc).__name__})"
            raise Conflict(reason) from exc


def _by(editor: Editor) -> bytes:
    """Name and address as git writes them."""
    name, email = (
        "".join(letter for letter in text if letter.isprintable() and letter not in "<>").strip()
        for text in (editor.name, editor.email)
    )
    return f"{name} <{email}>".encode()
