"""Signing in and out."""

from __future__ import annotations

import secrets

from aiohttp import web

from bot.languages import DESK_LANGUAGES
from bot.staff import sessions
from bot.staff.sign_in import Refused
from bot.web.address import client_address
from bot.web.guard import FORM, LANGUAGE, SESSION
from bot.web.headers import drop_cookie, get_cookie, set_cookie
from bot.web.keys import desk_of
from bot.web.render import page, see_other


async def show(request: web.Request) -> web.StreamResponse:
    """The sign-in page."""
    return _form(request, wanted=request.query.get("next", ""))


async def enter(request: web.Request) -> web.StreamResponse:
    """Checks e-mail and password; one answer for everything that does not fit."""
    form = await request.post()
    email, password = str(form.get("email", "")), str(form.get("password", ""))
    wanted = str(form.get("next", ""))
    result = await desk_of(request).sign_in.enter(email, password, client_address(request))
    if isinstance(result, Refused):
        return _form(request, wanted=wanted, email=email, refused=result)
    response = see_other(_own_path(wanted))
    set_cookie(request, response, SESSION, result.token)
    drop_cookie(request, response, FORM)
    return response


async def leave(request: web.Request) -> web.StreamResponse:
    """Signs this browser out."""
    desk = desk_of(request)
    async with desk.database.transaction() as session:
        await sessions.end(session, get_cookie(request, SESSION))
    response = see_other("/sign-in?notice=signed-out")
    drop_cookie(request, response, SESSION)
    return response


def _form(
    request: web.Request, *, wanted: str, email: str = "", refused: Refused | None = None
) -> web.Response:
    token = get_cookie(request, FORM) or secrets.token_urlsafe(32)
    status = 200 if refused is None else 429 if refused.wait else 403
    response = page(
        request,
        "sign-in.html",
        status=status,
        sign_in_token=token,
        wanted=_own_path(wanted),
        email=email,
        refused=refused,
    )
    if refused is not None and refused.wait:
        response.headers["Retry-After"] = str(int(refused.wait.total_seconds()) + 1)
    set_cookie(request, response, FORM, token)
    if request.query.get("language") in DESK_LANGUAGES:
        set_cookie(request, response, LANGUAGE, request.query["language"])
    return response


def _own_path(wanted: str) -> str:
    """A path of this site, whatever the address said; the queue when it said something else."""
    is_own = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return wanted if is_own and wanted.isprintable() else "/"
