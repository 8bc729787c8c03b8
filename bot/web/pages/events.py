"""The stream that tells an open page that something changed."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.cases import desk_news
from bot.errors import StorageUnavailable
from bot.staff import sessions
from bot.web.guard import SESSION
from bot.web.headers import get_cookie
from bot.web.keys import desk_of


async def stream(request: web.Request) -> web.StreamResponse:
    """Server-sent events until the page goes or the session ends.

    `since` is the pulse the page was made at. No content goes this way: the page
    fetches itself again, through the access rule.
    """
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    hub, known = desk_of(request).hub, request.query.get("since", "")
    try:
        await response.write(b"retry: 2000\n\n")
        with hub.page() as woken:
            while not hub.closed:
                woken.clear()
                known, event = await _next(request, known)
                await response.write(event)
                if event == OVER:
                    break
                await woken.wait()
    except (ConnectionResetError, asyncio.CancelledError):
        pass
    return response


QUIET_EVENT = b": all quiet\n\n"
NEWS = b"event: news\ndata:\n\n"
OVER = b"event: over\ndata:\n\n"


async def _next(request: web.Request, known: str) -> tuple[str, bytes]:
    desk = desk_of(request)
    try:
        async with desk.database.reading() as session:
            visitor = await sessions.find(session, get_cookie(request, SESSION), desk.clock.now())
            if visitor is None:
                return known, OVER
            pulse = await desk_news.pulse(session, visitor.member)
    except StorageUnavailable:
        return known, QUIET_EVENT
    return pulse, QUIET_EVENT if pulse == known else NEWS
