"""Pages from templates, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.errors import NotFound
from bot.i18n import Words
from bot.languages import DESK_LANGUAGES
from bot.staff.model import Member
from bot.web.keys import SIGNED_IN, WORDS, desk_of
from bot.web.naming import Naming
from bot.web.times import Times

HERE = Path(__file__).resolve().parent
LANGUAGE_NAMES = {"ru": "Русский", "kk": "Қазақша", "en": "English"}


def set_up_templates(app: web.Application) -> None:
    """Loads the templates; a place without a value is an error, not an empty string."""
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def member_of(request: web.Request) -> Member:
    """The member who is signed in. Raises NotFound on a page that is open to all."""
    if SIGNED_IN not in request:
        raise NotFound("nobody is signed in")
    return request[SIGNED_IN].member


def page(
    request: web.Request, template: str, *, status: int = 200, **values: object
) -> web.Response:
    """The page, with what every template may use."""
    visitor = request.get(SIGNED_IN)
    words = words_of(request)
    context = {
        "words": words,
        "naming": Naming(words, desk_of(request).topic_title),
        "times": Times(words, now_of(request)),
        "member": visitor.member if visitor else None,
        "form_token": visitor.csrf if visitor else "",
        "languages": [(code, LANGUAGE_NAMES[code]) for code in DESK_LANGUAGES],
        "notice": request.query.get("notice", ""),
        **values,
    }
    return aiohttp_jinja2.render_template(template, request, context, status=status)


def see_other(path: str) -> web.Response:
    """Sends the browser on, so that reloading does not send a form again."""
    return web.Response(status=303, headers={"Location": path})


def words_of(request: web.Request) -> Words:
    """The words of the reader."""
    return request.get(WORDS) or desk_of(request).locales[DESK_LANGUAGES[0]]


def now_of(request: web.Request) -> datetime:
    """The present moment."""
    return desk_of(request).clock.now()


def error_page(request: web.Request, status: int, *, too_old: bool = False) -> web.Response:
    """A kind page that says what to do; for scripts, the sentence alone."""
    words, reading = words_of(request), request.method in {"GET", "HEAD"}
    if status == 403 and reading:
        title, advice = _not_for_this_role(words)
    else:
        title, advice = _error_words(words, status, too_old=too_old)
    if "X-Quiet" in request.headers:
        return web.Response(status=status, text=advice)
    # What could not be done to a case is best looked at in the case.
    number = request.match_info.get("id") if request.path.startswith("/cases/") else None
    case = number if number and not reading and status in {403, 409} else None
    return page(request, "error.html", status=status, title=title, advice=advice, case=case)


def _not_for_this_role(words: Words) -> tuple[str, str]:
    return words("This page is not part of your work"), words(
        "It is for people with another role. If you need it, ask whoever runs Komek."
    )


def _error_words(words: Words, status: int, *, too_old: bool) -> tuple[str, str]:
    if too_old:
        return words("This page has expired"), words(
            "Nothing was changed. Go back, reload the page and try again."
        )
    match status:
        case 401:
            return words("You are signed out"), words("Please sign in again. Your text is kept.")
        case 403:
            return words("This is not possible"), words(
                "Nothing was changed. Perhaps a colleague has taken the case, it was closed, or it "
                "is not part of your work. Open it from the queue and look again."
            )
        case 404:
            return words("There is nothing here"), words(
                "The case or page does not exist, or it belongs to another organisation."
            )
        case 409:
            return words("A colleague was quicker"), words(
                "The case has changed in the meantime. Open it again to see how it stands."
            )
        case 413:
            return words("That is too much"), words("Please send a shorter text.")
        case 503:
            return words("The desk is resting for a moment"), words(
                "The database does not answer. Nothing is lost; try again in a minute."
            )
        case _ if status < 500:
            return words("This does not work"), words("Go back to the queue and try another way.")
        case _:
            return words("Something broke"), words(
                "It is our fault, not yours. Try again; if it stays, tell whoever runs Komek."
            )
