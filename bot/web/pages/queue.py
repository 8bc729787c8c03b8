"""The queue."""

from __future__ import annotations

from aiohttp import web

from bot.cases import desk_news, desk_view
from bot.cases.desk_view import View
from bot.web.keys import desk_of
from bot.web.render import member_of, page


async def show(request: web.Request) -> web.StreamResponse:
    """The cases of a tab. Whoever does not work cases is sent to their own page."""
    member = member_of(request)
    if not member.role.works_cases:
        raise web.HTTPSeeOther("/content" if member.role.edits_texts else "/account")
    wanted = request.query.get("view", "")
    async with desk_of(request).database.reading() as session:
        pulse = await desk_news.pulse(session, member)
        counts = await desk_view.counts(session, member)
        view = View(wanted) if wanted in list(View) else _first_view(counts)
        lines = await desk_view.queue(session, member, view)
        unread = await desk_news.unread(session, member)
    return page(
        request, "queue.html", view=view, counts=counts, lines=lines, unread=unread, pulse=pulse
    )


def _first_view(counts: desk_view.Counts) -> View:
    # Cases nobody has taken come first: a new one must not wait behind an empty tab.
    return View.UNASSIGNED if counts.unassigned or not counts.mine else View.MINE
