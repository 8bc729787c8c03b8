"""What people found wrong about places, for editors to look into."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.clock import day_of
from bot.directory.model import Place
from bot.errors import NotFound
from bot.i18n import Words
from bot.insight import place_reports
from bot.insight.model import PlaceReport, Wrong
from bot.staff import audit
from bot.web.keys import desk_of
from bot.web.pages.editor import editor_of
from bot.web.render import now_of, page, see_other, words_of


@dataclass(frozen=True, slots=True)
class Line:
    """One report with the entry it speaks of; None when that is gone from the files."""

    report: PlaceReport
    place: Place | None
    language: str

    @property
    def name(self) -> str:
        """What the place is called; its id when it is gone."""
        return self.place.name(self.language) if self.place else self.report.place


async def show(request: web.Request) -> web.StreamResponse:
    """The reports nobody has looked into yet, the newest first."""
    editor_of(request)
    desk, words = desk_of(request), words_of(request)
    async with desk.database.reading() as session:
        reports = await place_reports.open_reports(session)
    directory = desk.texts.current.directory
    # The names are written in the bot's languages; a reader of English gets the Russian one.
    lines = [Line(one, directory.place(one.place), words.language) for one in reports]
    names = {reason.value: _reason(words, reason) for reason in Wrong}
    return page(request, "place-reports.html", lines=lines, reasons=names)


async def done(request: web.Request) -> web.StreamResponse:
    """The editor has looked into a report."""
    member, form = editor_of(request), await request.post()
    place, reason = str(form.get("place", "")), str(form.get("reason", ""))
    if reason not in list(Wrong):
        raise NotFound("no such report")
    now = now_of(request)
    async with desk_of(request).database.transaction() as session:
        today = day_of(now)
        if await place_reports.settle(session, place, Wrong(reason), today):
            await audit.record(session, member, "place-checked", now, detail=f"{place}: {reason}")
    return see_other("/places/reports?notice=done")


def _reason(words: Words, reason: Wrong) -> str:
    return {
        Wrong.PHONE: words("The phone number is wrong"),
        Wrong.ADDRESS: words("The address is wrong"),
        Wrong.HOURS: words("The opening hours are wrong"),
        Wrong.CLOSED: words("Closed, or something else is wrong"),
    }[reason]
