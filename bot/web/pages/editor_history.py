"""Who changed which text when and how, and the way back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web

from bot.errors import NotFound
from bot.languages import Language, language_or_none
from bot.web.keys import desk_of
from bot.web.pages.editor import NOT_SAVED, editor_of, editor_page, signature, text_of
from bot.web.pages.editor_topic import remember, row_of
from bot.web.render import see_other
from bot.workshop.differences import Piece
from bot.workshop.model import Action, Changed, Refused, TextId, Version
from bot.workshop.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Change:
    """What a version changed in one language.

    `opened` is the digest of the present file; `can_return` says that the text as it was
    then can be brought back and is another one than the present.
    """

    language: Language
    pieces: tuple[Piece, ...]
    opened: str
    can_return: bool


async def show(request: web.Request) -> web.StreamResponse:
    """The list of versions, and what the chosen one changed."""
    editor_of(request)
    workshop, subject = desk_of(request).workshop, request.match_info["subject"]
    row = await asyncio.to_thread(row_of, request, subject)
    only = language_or_none(request.query.get("language"))
    versions = [
        version
        for version in await asyncio.to_thread(workshop.history, subject)
        if only is None or only in version.languages
    ]
    wanted = request.query.get("version", "")
    first = versions[0] if versions else None
    chosen = next((one for one in versions if one.id == wanted), first)
    changes = await asyncio.to_thread(_changes, workshop, subject, chosen)
    return await editor_page(
        request,
        "editor/history.html",
        subject=subject,
        row=row,
        versions=versions,
        chosen=chosen,
        changes=changes,
        only=only,
        unkept=await asyncio.to_thread(workshop.unkept, subject),
    )


def _changes(workshop: Workshop, subject: str, version: Version | None) -> list[Change]:
    if version is None:
        return []
    return [_change(workshop, TextId(subject, one), version.id) for one in version.languages]


def _change(workshop: Workshop, text: TextId, version: str) -> Change:
    present, pieces = workshop.open(text), workshop.changes(text, version)
    try:
        can_return = workshop.earlier(text, version).text != present.text
    except NotFound:  # this version took the text away
        can_return = False
    return Change(text.language, pieces, present.digest, can_return)


async def restore(request: web.Request) -> web.StreamResponse:
    """Brings a text back as it was; what the checks refuse is opened to be corrected."""
    member, text = editor_of(request), text_of(request)
    form = await request.post()
    version, opened = str(form.get("version", "")), str(form.get("opened", ""))
    here, workshop = f"/content/{text.subject}", desk_of(request).workshop
    try:
        outcome = await asyncio.to_thread(
            workshop.restore, text, version, opened, signature(member)
        )
    except NOT_SAVED:
        return see_other(f"{here}/history?notice=busy")
    await remember(request, text, Action.RESTORED, outcome)
    match outcome:
        case Refused():
            return see_other(f"{here}/{text.language}/edit?version={version}&notice=refused")
        case Changed():
            return see_other(f"{here}/history?notice=changed")
        case _:
            return see_other(f"{here}/history?notice=restored")
