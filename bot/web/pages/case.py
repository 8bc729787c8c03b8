"""The page of a case, and what can be done on it."""

from __future__ import annotations

import secrets

from aiohttp import web

from bot.cases import desk, desk_news, desk_view
from bot.cases.model import CaseView, Outcome, Status
from bot.errors import NotFound
from bot.staff.model import Member, Role
from bot.storage import bell
from bot.web.guard import QUIET
from bot.web.keys import desk_of
from bot.web.render import member_of, now_of, page


async def show(request: web.Request) -> web.StreamResponse:
    """The whole case."""
    member = member_of(request)
    # Writes too: that the case was read is part of the audit trail.
    async with desk_of(request).database.transaction() as session:
        pulse = await desk_news.pulse(session, member)
        case = await desk_view.case(session, member, _id(request), now_of(request))
    return page(
        request,
        "case.html",
        case=case,
        line=case.line,
        mode=_mode(member, case),
        may_decide=_may_decide(member, case),
        request_key=secrets.token_urlsafe(16),
        longest=desk.LONGEST_TEXT,
        pulse=pulse,
    )


def _mode(member: Member, case: CaseView) -> str:
    """What stands where the reply is written."""
    if case.line.status is Status.CLOSED:
        return "closed"
    if case.line.assignee_id is None:
        return "free"
    return "mine" if case.line.assignee_id == member.id else "other"


def _may_decide(member: Member, case: CaseView) -> bool:
    is_open = case.line.status is Status.TAKEN
    return is_open and (case.line.assignee_id == member.id or member.role is Role.SUPERVISOR)


async def take(request: web.Request) -> web.StreamResponse:
    """Takes the case."""
    given, member = desk_of(request), member_of(request)
    async with given.database.transaction() as session:
        await desk.take(session, member, _id(request), given.bot_locales(), now_of(request))
    return await _done(request)


async def hand_back(request: web.Request) -> web.StreamResponse:
    """Puts the case back into the queue."""
    async with desk_of(request).database.transaction() as session:
        await desk.hand_back(session, member_of(request), _id(request), now_of(request))
    return await _done(request)


async def reply(request: web.Request) -> web.StreamResponse:
    """Sends the parent what was written."""
    form = await request.post()
    text, key = str(form.get("text", "")), str(form.get("request_key", ""))
    if not text.strip() or not key:
        return _back(request, "empty")
    given, member, now = desk_of(request), member_of(request), now_of(request)
    async with given.database.transaction() as session:
        await desk.reply(session, member, _id(request), text, key, given.bot_locales(), now)
    return await _done(request)


async def note(request: web.Request) -> web.StreamResponse:
    """Keeps a note for colleagues."""
    form = await request.post()
    text, key = str(form.get("text", "")), str(form.get("request_key", ""))
    if not text.strip() or not key:
        return _back(request, "empty")
    async with desk_of(request).database.transaction() as session:
        await desk.note(session, member_of(request), _id(request), text, key, now_of(request))
    return await _done(request)


async def close(request: web.Request) -> web.StreamResponse:
    """Closes the case with an outcome."""
    wanted = str((await request.post()).get("outcome", ""))
    if wanted not in [outcome.value for outcome in Outcome]:
        return _back(request, "no-outcome")
    given, member, outcome = desk_of(request), member_of(request), Outcome(wanted)
    async with given.database.transaction() as session:
        await desk.close(
            session, member, _id(request), outcome, given.bot_locales(), now_of(request)
        )
    return await _done(request)


async def _done(request: web.Request) -> web.StreamResponse:
    """Tells the sender and the open pages, once the transaction has ended."""
    database = desk_of(request).database
    await database.bell.ring(bell.OUTBOX)
    await database.bell.ring(bell.CASES)
    return _back(request)


def _back(request: web.Request, notice: str = "") -> web.StreamResponse:
    if QUIET in request.headers:
        return web.Response(status=422 if notice else 204)
    raise web.HTTPSeeOther(f"/cases/{_id(request)}" + (f"?notice={notice}" if notice else ""))


def _id(request: web.Request) -> int:
    text = request.match_info["id"]
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise NotFound("no such case")
    return int(text)
