"""The one bench for all work on texts: open, check, save, sign off, take back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

import structlog

from bot.answers.comments import without_comments
from bot.answers.front_matter import PENDING
from bot.checks.directory import known_places
from bot.checks.finding import Finding, Level
from bot.checks.one_text import check_text
from bot.clock import Clock, day_of
from bot.directory.directory import Directory
from bot.errors import NotAllowed, NotFound
from bot.i18n import Locales
from bot.languages import FALLBACK, Language
from bot.workshop.differences import Piece, differences
from bot.workshop.model import (
    Action,
    Changed,
    Draft,
    Editor,
    Obstacle,
    Outcome,
    Refused,
    Saved,
    TextId,
    Unchanged,
    Version,
)
from bot.workshop.repository import Entry, Repository
from bot.workshop.sheet import Sheet, digest_of, take_apart
from bot.workshop.shelf import Shelf

log = structlog.get_logger()

LONGEST_HISTORY = 100


class Known(Protocol):
    """What texts may refer to, and the bot's own words around them."""

    @property
    def directory(self) -> Directory: ...

    @property
    def locales(self) -> Locales: ...


class Workshop:
    """Works on the texts of one content folder; every function may block for a moment."""

    def __init__(self, folder: Path, known: Callable[[], Known], clock: Clock) -> None:
        self.shelf = Shelf(folder)
        self._known = known
        self._clock = clock

    @property
    def today(self) -> date:
        """The day in Kazakhstan."""
        return day_of(self._clock.now())

    def obstacle(self) -> Obstacle | None:
        """Why nothing can be saved here; None when it can."""
        repository = Repository.around(self.shelf.folder)
        if repository is None:
            return Obstacle.NO_REPOSITORY
        return None if repository.can_be_written else Obstacle.READ_ONLY

    def open(self, text: TextId) -> Sheet:
        """The text as it lies there, broken ones included. Raises NotFound."""
        return take_apart(self.shelf.content(text), text.language)

    def source(self, text: TextId) -> Sheet | None:
        """The Russian text that a translation follows; None for the Russian one itself."""
        if text.language is FALLBACK:
            return None
        return self.open(replace(text, language=FALLBACK))

    def drafted(self, text: TextId, draft: Draft) -> Sheet:
        """The sheet that a draft makes of the text as it lies there; nothing is written."""
        return _drafted(self.open(text), self.source(text), draft)

    def findings(self, text: TextId, sheet: Sheet) -> list[Finding]:
        """What the checks say of a sheet if it were this text."""
        known = self._known()
        return check_text(
            self.shelf.folder,
            self.shelf.path(text),
            sheet.text,
            known_places(known.directory),
            self.today,
            known.locales,
        )

    def save(self, text: TextId, draft: Draft, editor: Editor) -> Outcome:
        """Writes what an editor made of a text, if nobody was quicker and the checks agree."""
        source = self.source(text)
        return self._put(
            text,
            draft.opened,
            lambda present: _drafted(present, source, draft),
            (Action.EDITED, draft.remark),
            editor,
        )

    def sign_off(self, text: TextId, opened: str, editor: Editor) -> Outcome:
        """Writes that somebody has read the text as it stands and found it right."""
        return self._put(
            text,
            opened,
            lambda present: present.reviewed(editor.name, self.today),
            (Action.REVIEWED, ""),
            editor,
        )

    def restore(self, text: TextId, version: str, opened: str, editor: Editor) -> Outcome:
        """Brings an earlier version back as a new one. Raises NotFound."""
        earlier = self.earlier(text, version)
        return self._put(
            text, opened, lambda _present: earlier, (Action.RESTORED, version[:7]), editor
        )

    def earlier(self, text: TextId, version: str) -> Sheet:
        """The text as it was at a version. Raises NotFound."""
        content = self._repository().content(version, self.shelf.path(text))
        if content is None:
            raise NotFound(f"{text} did not exist then")
        return take_apart(content, text.language)

    def history(self, subject: str) -> list[Version]:
        """Who changed which of a subject's texts, the newest first; empty without a history."""
        repository = Repository.around(self.shelf.folder)
        if repository is None:
            return []
        order = (FALLBACK, *(one for one in Language if one is not FALLBACK))
        texts = [TextId(subject, language) for language in order]
        paths = {self.shelf.path(one): one.language for one in texts if self.shelf.is_plain(one)}
        folder = self.shelf.subject(subject).folder
        entries = repository.history(folder, tuple(paths), LONGEST_HISTORY)
        return [_version(entry, paths) for entry in entries]

    def unkept(self, subject: str) -> list[Language]:
        """The languages whose files were changed without becoming part of the history."""
        repository = Repository.around(self.shelf.folder)
        if repository is None:
            return []
        found = []
        for language in Language:
            text = TextId(subject, language)
            content = self.shelf.content(text) if self.shelf.is_plain(text) else None
            if content is not None and not repository.is_kept(self.shelf.path(text), content):
                found.append(language)
        return found

    def changes(self, text: TextId, version: str) -> tuple[Piece, ...]:
        """What a version changed in the title and words of a text. Raises NotFound."""
        repository, path = self._repository(), self.shelf.path(text)
        before = take_apart(repository.content_before(version, path), text.language)
        after = take_apart(repository.content(version, path), text.language)
        return differences(before.words, after.words)

    def since_translated(self, text: TextId) -> tuple[Piece, ...]:
        """What changed in the Russian text since this translation agreed with it.

        Empty when it agrees with it now, or when that text is not in the history.
        """
        source, follows = self.source(text), self.open(text).follows
        if source is None or follows in {"", PENDING, source.source_digest}:
            return ()
        russian = replace(text, language=FALLBACK)
        repository = Repository.around(self.shelf.folder)
        if repository is None:
            return ()
        path = self.shelf.path(russian)
        for entry in repository.history(path, (path,), LONGEST_HISTORY):
            then = take_apart(repository.content(entry.version, path), FALLBACK)
            if then.source_digest == follows:
                return differences(without_comments(then.body), without_comments(source.body))
        return ()

    def _repository(self) -> Repository:
        repository = Repository.around(self.shelf.folder)
        if repository is None:
            raise NotFound("the content folder is in no git repository")
        return repository

    def _put(
        self,
        text: TextId,
        opened: str,
        make: Callable[[Sheet], Sheet],
        done: tuple[Action, str],
        editor: Editor,
    ) -> Outcome:
        if self.obstacle() is not None:
            raise NotAllowed("texts cannot be saved here")
        path, repository = self.shelf.path(text), self._repository()
        before = self.shelf.content(text)
        present = take_apart(before, text.language)
        made = make(present)
        content = made.text.encode()
        # Also what another program wrote, or a save that was cut off, becomes history by saving it.
        if content == before and repository.is_kept(path, content):
            return Unchanged()
        if present.digest != opened:
            return Changed()
        errors = [one for one in self.findings(text, made) if one.level is Level.ERROR]
        if errors:
            return Refused(tuple(errors))
        with repository.writing() as pen:
            # Once more, for now nobody else can write.
            if digest_of(self.shelf.content(text)) != opened:
                return Changed()
            version = pen.save(path, content, editor, _message(text, *done), self._clock.now())
        log.info("content.saved", text=str(text), action=done[0].value, version=version[:7])
        return Saved(version)


def _drafted(present: Sheet, source: Sheet | None, draft: Draft) -> Sheet:
    sheet = present.titled(draft.title).written(draft.body)
    if source is not None and draft.follows_source:
        # Of a Russian text that has changed meanwhile they have not said anything.
        sheet = sheet.following(draft.compared or source.source_digest)
    elif source is not None and sheet.follows == source.source_digest:
        # The editor takes back that it agrees with the Russian text.
        sheet = sheet.following(PENDING)
    # What somebody signed off were other words.
    return sheet if sheet.says_the_same(present) else sheet.as_draft()


def _message(text: TextId, action: Action, remark: str) -> str:
    head = f"{text}: {action}"
    if action is Action.RESTORED:
        return f"{head} as of {remark}\n"
    lines = ("".join(filter(str.isprintable, line)) for line in remark.strip().splitlines())
    remark = "\n".join(line.rstrip() for line in lines)
    return f"{head}\n\n{remark}\n" if remark else f"{head}\n"


def _version(entry: Entry, languages: dict[Path, Language]) -> Version:
    subject, _, remark = entry.message.strip().partition("\n")
    word = subject.rpartition(": ")[2].split(" ")[0]
    action = Action(word) if word in list(Action) and "/" in subject.partition(": ")[0] else None
    return Version(
        id=entry.version,
        author=entry.author,
        at=entry.at,
        action=action,
        message=remark.strip() if action else subject,
        languages=tuple(languages[path] for path in entry.paths),
    )
