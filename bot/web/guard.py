"""The gate of the desk: who comes in, whether a form is ours, and kind pages for errors.

Closed by default: a route is for signed-in members unless it is named in OPEN.
"""

from __future__ import annotations

import secrets
from urllib.parse import quote, urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.errors import Conflict, NotAllowed, NotFound, StorageUnavailable
from bot.languages import DESK_LANGUAGES
from bot.staff import sessions
from bot.staff.sessions import SignedIn
from bot.web.headers import get_cookie
from bot.web.keys import SIGNED_IN, WORDS, desk_of
from bot.web.render import error_page

log = structlog.get_logger()

SESSION = "desk"
FORM = "desk-form"
LANGUAGE = "desk-language"
# Names of the routes that need no sign-in.
OPEN = frozenset({"door", "door-form", "static", "health"})
# Telegram's webhook may live on the same server; it is no form and checks its own secret.
MACHINES = frozenset({"/telegram"})
# A page that refreshes itself says so: that is no sign of anybody being there.
QUIET = "X-Quiet"


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns every error into a page that says what to do; unknown ones are only named in logs."""
    try:
        return await handler(request)
    except web.HTTPException as exc:
        if exc.status < 400:
            raise
        return error_page(request, exc.status)
    except NotFound:
        return error_page(request, 404)
    except NotAllowed:
        return error_page(request, 403)
    except Conflict:
        return error_page(request, 409)
    except StorageUnavailable:
        return error_page(request, 503)
    except (ConnectionResetError, TimeoutError):
        raise
    except Exception as exc:
        # Never the message: it may hold what somebody wrote.
        log.error("desk.failed", route=_route(request), error=type(exc).__name__)
        return error_page(request, 500)


@web.middleware
async def language(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Chooses the words for a visitor who is not known yet."""
    request[WORDS] = desk_of(request).locales[_wanted_language(request)]
    return await handler(request)


def _wanted_language(request: web.Request) -> str:
    accepted = request.headers.get("Accept-Language", "").lower().split(",")
    wanted = [
        request.query.get("language", ""),
        get_cookie(request, LANGUAGE),
        *(entry.split(";")[0].split("-")[0].strip() for entry in accepted),
    ]
    return next((code for code in wanted if code in DESK_LANGUAGES), DESK_LANGUAGES[0])


@web.middleware
async def signed_in(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets members in; sends others to the sign-in page and, after it, where they wanted to go."""
    if _is_open(request):
        return await handler(request)
    visitor = await _visitor(request)
    if visitor is None:
        if QUIET in request.headers:
            raise web.HTTPUnauthorized
        wanted = _wanted(request)
        raise web.HTTPSeeOther("/sign-in" + (f"?next={quote(wanted)}" if wanted else ""))
    request[SIGNED_IN] = visitor
    request[WORDS] = desk_of(request).locales[visitor.member.language]
    return await handler(request)


def _wanted(request: web.Request) -> str:
    """Where somebody wants to be: the page they ask for, or the one with the form they send."""
    if request.method == "GET":
        return request.path_qs if request.path != "/" else ""
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.host else ""


def _is_open(request: web.Request) -> bool:
    known = request.match_info.http_exception is None
    return not known or _route(request) in OPEN or request.path in MACHINES


async def _visitor(request: web.Request) -> SignedIn | None:
    token = get_cookie(request, SESSION)
    if not token:
        return None
    desk = desk_of(request)
    now = desk.clock.now()
    async with desk.database.reading() as session:
        visitor = await sessions.find(session, token, now)
    quiet = QUIET in request.headers and request.method == "GET"
    if (
        visitor is not None
        and not visitor.seen_lately
        and not (quiet or _route(request) == "events")
    ):
        async with desk.database.transaction() as session:
            await sessions.seen(session, token, now)
    return visitor


@web.middleware
async def own_forms(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses every change that does not come from a form this browser was given by us."""
    if request.method not in {"GET", "HEAD"} and request.path not in MACHINES:
        expected = request[SIGNED_IN].csrf if SIGNED_IN in request else get_cookie(request, FORM)
        form = await request.post()
        given = form.get("form_token")
        matches = isinstance(given, str) and secrets.compare_digest(
            given.encode(), expected.encode()
        )
        if not (expected and matches and _is_own_origin(request)):
            return error_page(request, 403, too_old=True)
    return await handler(request)


def _is_own_origin(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is None:  # an old browser; the form token has been checked
        return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    own = {request.host, urlsplit(desk_of(request).settings.desk_url).netloc}
    return bool(urlsplit(origin).netloc) and urlsplit(origin).netloc in own


def _route(request: web.Request) -> str:
    return request.match_info.route.name or ""


MIDDLEWARES = (errors, language, signed_in, own_forms)
