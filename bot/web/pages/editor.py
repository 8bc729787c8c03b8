"""The editors' first page: how all texts stand, and what people asked in vain."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from aiohttp import web

from bot.answers.status import State, Status, TopicStatus
from bot.errors import Conflict, NotAllowed, NotFound
from bot.insight import counts
from bot.insight.counts import Figure
from bot.languages import Language, language_or_none
from bot.staff.model import Member
from bot.web.keys import desk_of
from bot.web.naming import Naming
from bot.web.pages.editor_findings import say_with_place
from bot.web.pages.editor_naming import COLUMNS, TextNaming
from bot.web.render import member_of, page, words_of
from bot.workshop.model import Editor, TextId
from bot.workshop.shelf import SAFETY

LOOK_BACK = timedelta(days=30)
IN_VAIN = ("unknown", "no-answer")
MOST_UNHELPFUL = 5
# Somebody else is writing, nothing may be written, the disk is full: to be tried again.
NOT_SAVED = (Conflict, NotAllowed, OSError)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which texts the editor looks for."""

    language: Language | None
    state: State | None
    words: str

    def fits(self, row: TopicStatus) -> bool:
        """Whether one of the topic's texts is among them."""
        texts = [row.texts[one] for one in COLUMNS if self.language in {None, one}]
        titles = " ".join(text.title for text in row.texts.values())
        return self.words.casefold() in f"{row.id} {titles}".casefold() and (
            self.state is None or any(self.state in text.states for text in texts)
        )


@dataclass(frozen=True, slots=True)
class InVain:
    """What people asked in vain lately: how often, never what."""

    by_language: tuple[tuple[str, int, int], ...]
    unhelpful: tuple[tuple[str, int], ...]


def editor_of(request: web.Request) -> Member:
    """The member, who must be one that works on texts. Raises NotAllowed."""
    member = member_of(request)
    if not member.role.edits_texts:
        raise NotAllowed("only editors and administrators work on texts")
    return member


def signature(member: Member) -> Editor:
    """The member as the history names them."""
    return Editor(member.name, member.email)


def text_of(request: web.Request) -> TextId:
    """The text an address names. Raises NotFound."""
    language = language_or_none(request.match_info["language"])
    if language is None:
        raise NotFound("no such language")
    return TextId(request.match_info["subject"], language)


def naming_of(request: web.Request) -> TextNaming:
    """Names for the reader."""
    words = words_of(request)
    return TextNaming(words, Naming(words, desk_of(request).topic_title))


async def editor_page(
    request: web.Request, template: str, *, status: int = 200, **values: object
) -> web.Response:
    """A page for editors, with what stands on top of all of them."""
    desk = desk_of(request)
    return page(
        request,
        template,
        status=status,
        text_naming=naming_of(request),
        columns=COLUMNS,
        problems=_said(request, desk.texts.problem),
        obstacle=await asyncio.to_thread(desk.workshop.obstacle),
        **values,
    )


def _said(request: web.Request, problem: str | None) -> list[str]:
    """What a loader refused, one line each."""
    return [say_with_place(words_of(request), line) for line in (problem or "").splitlines()]


async def show(request: web.Request) -> web.StreamResponse:
    """The list of all texts with their state."""
    editor_of(request)
    desk, query = desk_of(request), request.query
    state = query.get("state", "")
    wanted = Wanted(
        language_or_none(query.get("language")),
        State(state) if state in list(State) else None,
        query.get("words", "").strip(),
    )
    status = await asyncio.to_thread(desk.workshop.shelf.status, desk.workshop.today)
    async with desk.database.reading() as session:
        figures = await counts.since(session, desk.workshop.today - LOOK_BACK)
    return await editor_page(
        request,
        "editor/list.html",
        groups=_groups(status, wanted),
        numbers=[(state, status.count(state)) for state in State],
        wanted=wanted,
        registry_problems=_said(request, status.problem),
        in_vain=_in_vain(figures),
        address=address,
    )


def address(row: TopicStatus) -> str:
    """The page of a topic or safety card."""
    name = f"{SAFETY}{row.id}" if row.section == SAFETY.rstrip(":") else row.id
    return f"/content/{name}"


def _groups(status: Status, wanted: Wanted) -> list[tuple[str, list[TopicStatus]]]:
    rows = [row for row in status.rows if wanted.fits(row)]
    return [(name, list(found)) for name, found in groupby(rows, lambda row: row.section)]


def _in_vain(figures: Sequence[Figure]) -> InVain:
    numbers = {(one.language, one.name): one.number for one in figures}
    unknown, unanswered = (
        [numbers.get((language.value, name), 0) for language in COLUMNS] for name in IN_VAIN
    )
    by_language = zip([language.value for language in COLUMNS], unknown, unanswered, strict=True)
    unhelpful: dict[str, int] = {}
    for one in figures:
        name, _, topic = one.name.partition(":")
        if name == "unhelpful" and topic:
            unhelpful[topic] = unhelpful.get(topic, 0) + one.number
    worst = sorted(unhelpful.items(), key=lambda item: -item[1])[:MOST_UNHELPFUL]
    return InVain(tuple(row for row in by_language if row[1] or row[2]), tuple(worst))
