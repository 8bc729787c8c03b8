"""A topic in its five languages side by side, and signing off."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web

from bot.answers.status import TextStatus, TopicStatus
from bot.errors import BadContent, NotAllowed, NotFound
from bot.languages import FALLBACK, language_or_none
from bot.staff import audit
from bot.web.keys import desk_of
from bot.web.pages.editor import NOT_SAVED, editor_of, editor_page, signature, text_of
from bot.web.pages.editor_cards import Shown, cards
from bot.web.pages.editor_findings import say_with_place
from bot.web.pages.editor_naming import COLUMNS
from bot.web.render import now_of, see_other, words_of
from bot.workshop.model import Action, Changed, Outcome, Refused, Saved, TextId


@dataclass(frozen=True, slots=True)
class Column:
    """One language of a topic: how it stands, and its cards or why there are none.

    `opened` is the digest of its file; None where something else than a file lies there.
    """

    text: TextId
    status: TextStatus
    opened: str | None
    cards: tuple[Shown, ...]
    problem: str


async def show(request: web.Request) -> web.StreamResponse:
    """The topic."""
    editor_of(request)
    name = request.match_info["subject"]
    subject = await asyncio.to_thread(desk_of(request).workshop.shelf.subject, name)
    row = await asyncio.to_thread(row_of, request, name)
    texts = await asyncio.to_thread(
        lambda: [_column(request, TextId(name, language), row) for language in COLUMNS]
    )
    return await editor_page(
        request,
        "editor/topic.html",
        subject=name,
        row=row,
        topic=subject.topic,
        texts=texts,
        first_seen=language_or_none(request.query.get("language")) or FALLBACK,
    )


def row_of(request: web.Request, subject: str) -> TopicStatus:
    """How the texts of a topic or safety card stand. Raises NotFound."""
    workshop = desk_of(request).workshop
    kind = workshop.shelf.subject(subject).safety_kind
    status = workshop.shelf.status(workshop.today)
    for row in status.safety if kind else status.topics:
        if row.id == (kind or subject):
            return row
    raise NotFound(f"no texts about “{subject}”")


def _column(request: web.Request, text: TextId, row: TopicStatus) -> Column:
    desk, words, status = desk_of(request), words_of(request), row.texts[text.language]
    try:
        sheet = desk.workshop.open(text)
    except NotAllowed:
        problem = words("A link or folder lies here in the place of the file: put the file back.")
        return Column(text, status, None, (), problem)
    try:
        shown = cards(desk.workshop, desk.texts.current, text, sheet, now_of(request))
    except BadContent as exc:
        lines = str(exc).splitlines()
        problem = "; ".join(say_with_place(words, line) for line in lines)
        return Column(text, status, sheet.digest, (), problem)
    return Column(text, status, sheet.digest, shown, "")


async def review(request: web.Request) -> web.StreamResponse:
    """Signs a text off as it was read."""
    member, text = editor_of(request), text_of(request)
    opened = str((await request.post()).get("opened", ""))
    workshop = desk_of(request).workshop
    here = f"/content/{text.subject}"
    try:
        outcome = await asyncio.to_thread(workshop.sign_off, text, opened, signature(member))
    except NOT_SAVED:
        return see_other(f"{here}?notice=busy")
    await remember(request, text, Action.REVIEWED, outcome)
    match outcome:
        case Refused():
            return see_other(f"{here}/{text.language}/edit?notice=refused")
        case Changed():
            return see_other(f"{here}?notice=changed")
        case _:
            return see_other(f"{here}?notice=reviewed&language={text.language}")


async def remember(request: web.Request, text: TextId, action: Action, outcome: Outcome) -> None:
    """What was done to a text is part of the audit trail, too."""
    if not isinstance(outcome, Saved):
        return
    member, detail = editor_of(request), f"{text} {outcome.version[:7]}"
    async with desk_of(request).database.transaction() as session:
        await audit.record(session, member, f"text-{action}", now_of(request), detail=detail)
