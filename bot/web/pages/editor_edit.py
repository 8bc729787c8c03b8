"""Editing one text: live preview, the checks beside it, and saving that loses nothing."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog
from aiohttp import web

from bot.answers.comments import without_comments
from bot.answers.facts import Fact
from bot.checks.finding import Finding, Level
from bot.errors import BadContent
from bot.i18n import Words
from bot.web.keys import desk_of
from bot.web.pages.editor import NOT_SAVED, editor_of, editor_page, signature, text_of
from bot.web.pages.editor_cards import Shown, cards
from bot.web.pages.editor_findings import say
from bot.web.pages.editor_topic import remember, row_of
from bot.web.render import now_of, page, see_other, words_of
from bot.workshop.differences import Piece, differences
from bot.workshop.model import Action, Changed, Draft, Refused, TextId, Unchanged
from bot.workshop.sheet import Sheet
from bot.workshop.workshop import Workshop

log = structlog.get_logger()

LONGEST_REMARK = 500
FINGERPRINT = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Beside:
    """A finding beside the text; line 0 stands for the title and what lies above the text."""

    line: int
    message: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What is shown beside a text: its findings, and its cards if it can be shown at all."""

    findings: tuple[Beside, ...]
    cards: tuple[Shown, ...]


async def show(request: web.Request) -> web.StreamResponse:
    """The text in its form; with `version`, as it was then."""
    editor_of(request)
    text, workshop = text_of(request), desk_of(request).workshop
    sheet = await asyncio.to_thread(workshop.open, text)
    shown, version = sheet, request.query.get("version", "")
    if version:
        shown = await asyncio.to_thread(workshop.earlier, text, version)
    draft = Draft(shown.title, shown.body or _headings(workshop, text), sheet.digest)
    source = await asyncio.to_thread(workshop.source, text)
    # Whether an outdated translation has been brought up to date is for the editor to say.
    is_current = source is None or sheet.follows == source.source_digest
    return await _form(request, text, draft, follows="yes" if is_current else "")


def _headings(workshop: Workshop, text: TextId) -> str:
    """What a new text begins with: the headings of its parts."""
    topic = workshop.shelf.subject(text.subject).topic
    return "" if topic is None else "\n".join(f"## {part}\n" for part in topic.parts)


async def preview(request: web.Request) -> web.StreamResponse:
    """What is typed at this moment, as cards and with its findings; nothing is written."""
    editor_of(request)
    text = text_of(request)
    looked = await asyncio.to_thread(_look, request, text, await _draft(request))
    return page(request, "editor/beside.html", text=text, looked=looked)


async def save(request: web.Request) -> web.StreamResponse:
    """Saves, or gives the form back with what was typed and the reason."""
    member, text, draft = editor_of(request), text_of(request), await _draft(request)
    workshop = desk_of(request).workshop
    try:
        outcome = await asyncio.to_thread(workshop.save, text, draft, signature(member))
    except NOT_SAVED as exc:
        log.error("content.not_saved", text=str(text), reason=str(exc))
        return await _again(request, text, draft, "busy", 503)
    await remember(request, text, Action.EDITED, outcome)
    match outcome:
        case Refused():
            return await _again(request, text, draft, "refused", 422)
        case Changed():
            return await _again(request, text, draft, "changed", 409)
        case Unchanged():
            return see_other(f"/content/{text.subject}/{text.language}/edit?notice=unchanged")
        case _:
            return see_other(f"/content/{text.subject}/{text.language}/edit?notice=saved")


async def _again(
    request: web.Request, text: TextId, draft: Draft, notice: str, status: int
) -> web.Response:
    source = await asyncio.to_thread(desk_of(request).workshop.source, text)
    follows = "yes" if draft.follows_source else "no"
    if source is not None and draft.compared != source.source_digest:
        follows = ""  # it was said of another Russian text than the one beside it now
    return await _form(request, text, draft, follows=follows, notice=notice, status=status)


async def _draft(request: web.Request) -> Draft:
    form = await request.post()
    compared = str(form.get("compared", ""))
    return Draft(
        title=str(form.get("title", "")),
        body=str(form.get("body", "")),
        opened=str(form.get("opened", "")),
        follows_source=form.get("follows") == "yes",
        compared=compared if FINGERPRINT.fullmatch(compared) else "",
        remark=str(form.get("remark", ""))[:LONGEST_REMARK],
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the form."""

    present: Sheet
    source: Sheet | None
    source_text: str
    facts: tuple[Fact, ...]
    since: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    who: str


async def _form(
    request: web.Request,
    text: TextId,
    draft: Draft,
    *,
    follows: str,
    notice: str = "",
    status: int = 200,
) -> web.Response:
    around = await asyncio.to_thread(_around, desk_of(request).workshop, text, draft, notice)
    looked = await asyncio.to_thread(_look, request, text, draft)
    row = await asyncio.to_thread(row_of, request, text.subject)
    source = around.source
    return await editor_page(
        request,
        "editor/edit.html",
        status=status,
        text=text,
        row=row,
        # Saving again after having seen the other text is meant to replace it.
        draft=replace(draft, opened=around.present.digest),
        compared="" if source is None else source.source_digest,
        around=around,
        looked=looked,
        follows=follows,
        is_outdated=source is not None and around.present.follows != source.source_digest,
        longest_remark=LONGEST_REMARK,
        **({"notice": notice} if notice else {}),
    )


def _around(workshop: Workshop, text: TextId, draft: Draft, notice: str) -> Surroundings:
    present, source = workshop.open(text), workshop.source(text)
    theirs: tuple[Piece, ...] = ()
    who = ""
    if notice == "changed":
        theirs = differences(present.body, workshop.drafted(text, draft).body)
        history = workshop.history(text.subject)
        who = next((one.author for one in history if text.language in one.languages), "")
    return Surroundings(
        present=present,
        source=source,
        source_text="" if source is None else without_comments(source.body),
        facts=workshop.shelf.facts(text, draft.body) if source is None else (),
        since=workshop.since_translated(text),
        theirs=theirs,
        who=who,
    )


def _look(request: web.Request, text: TextId, draft: Draft) -> Looked:
    desk = desk_of(request)
    sheet = desk.workshop.drafted(text, draft)
    findings = _beside(words_of(request), desk.workshop.findings(text, sheet), sheet)
    try:
        shown = cards(desk.workshop, desk.texts.current, text, sheet, now_of(request))
    except BadContent:  # the findings say why
        shown = ()
    return Looked(findings, shown)


def _beside(words: Words, findings: Sequence[Finding], sheet: Sheet) -> tuple[Beside, ...]:
    """Errors first, each with its line as the editor counts."""
    found = [
        Beside(
            max(finding.line - sheet.body_line + 1, 0),
            say(words, finding.message),
            finding.level is Level.ERROR,
        )
        for finding in findings
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_error, one.line)))
