"""A member's own page: language and password."""

from __future__ import annotations

from aiohttp import web

from bot.staff import store
from bot.staff.passwords import SHORTEST, weakness
from bot.staff.sign_in import Refused
from bot.web.address import client_address
from bot.web.guard import LANGUAGE, SESSION
from bot.web.headers import set_cookie
from bot.web.keys import desk_of
from bot.web.render import member_of, page, see_other


async def show(request: web.Request) -> web.StreamResponse:
    """The page."""
    return _account(request)


async def language(request: web.Request) -> web.StreamResponse:
    """Changes the language the desk speaks to this member."""
    wanted = str((await request.post()).get("language", ""))
    async with desk_of(request).database.transaction() as session:
        await store.set_language(session, member_of(request).id, wanted)
    response = see_other("/account?notice=language")
    set_cookie(request, response, LANGUAGE, wanted)
    return response


async def password(request: web.Request) -> web.StreamResponse:
    """Changes the password; every other browser is signed out."""
    form, member = await request.post(), member_of(request)
    old, new = str(form.get("old", "")), str(form.get("new", ""))
    if new != str(form.get("again", "")):
        return _account(request, problem="different")
    if (weak := weakness(new, member.email)) is not None:
        return _account(request, problem=weak.value)
    result = await desk_of(request).sign_in.change_password(
        member, old, new, client_address(request)
    )
    if isinstance(result, Refused):
        return _account(request, problem="wrong", refused=result)
    response = see_other("/account?notice=password")
    set_cookie(request, response, SESSION, result.token)
    return response


def _account(
    request: web.Request, problem: str = "", refused: Refused | None = None
) -> web.Response:
    return page(
        request,
        "account.html",
        status=422 if problem else 200,
        problem=problem,
        refused=refused,
        shortest=SHORTEST,
    )
