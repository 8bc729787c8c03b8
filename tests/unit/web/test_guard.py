"""The gate: sign-in, cookies, forms, headers, and that every route is closed to outsiders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.staff import sessions
from bot.staff.store import deactivate
from bot.storage.database import Database
from bot.web.guard import OPEN
from bot.web.site import ROUTES, SUBJECT
from tests.conftest import HandClock
from tests.unit.cases.scenery import PASSWORD, Scenery
from tests.unit.web.conftest import Browser, HeldTexts, site_of, token_in


def _paths(scenery: Scenery) -> list[tuple[str, str]]:
    """Every closed route with the ids of a real case and file filled in."""
    routes = [
        route
        for route in ROUTES
        if isinstance(route, web.RouteDef) and route.kwargs.get("name") not in OPEN
    ]
    assert len(routes) >= 12
    wanted = {"/cases": scenery.case.id, "/files": scenery.file_id}
    return [
        (
            route.method,
            route.path.replace(r"{id:\d{1,9}}", str(wanted.get(route.path[:6], "")))
            .replace(SUBJECT, "/content/unpaid-wages")
            .replace("{language:ky|tg|uz|ru|kk}", "ru"),
        )
        for route in routes
    ]


WITHOUT_CASES = ("/account", "/content", "/places")
FIELDS = {"text": "hello", "request_key": "k", "outcome": "helped"}


async def test_without_sign_in_every_route_leads_to_the_door(
    browser: Browser, scenery: Scenery
) -> None:
    for method, path in _paths(scenery):
        if method == "GET":
            answer = await browser.get(path)
        else:
            answer = await browser.post(path, FIELDS)
        assert (answer.status, path) == (303, path)
        assert answer.headers["Location"].startswith("/sign-in")
        quiet = await browser.client.request(method, path, headers={"X-Quiet": "1"})
        assert quiet.status == 401


@pytest.mark.parametrize("outsider", ["editor", "admin", "stranger"])
async def test_outsiders_get_nothing_of_a_case_on_any_route(
    browsers: list[Browser], scenery: Scenery, outsider: str
) -> None:
    browser = browsers[0]
    assert (await browser.sign_in(f"{outsider}@example.org")).status == 303
    for method, path in _paths(scenery):
        # No case is on the pages about texts and places, which have tests of their own.
        if path in {"/sign-out", "/events"} or path.startswith(WITHOUT_CASES):
            continue
        if method == "GET":
            answer = await browser.get(path)
        else:
            answer = await browser.post(path, FIELDS)
        assert (answer.status, path) in {(404, path), (303, "/"), (200, "/")}
        page = await answer.text()
        assert "Шымкент" not in page
        assert "мектеп" not in page


async def test_a_deactivated_member_is_out_at_the_next_click(
    browser: Browser, scenery: Scenery, database: Database
) -> None:
    await browser.sign_in("aliya@example.org")
    assert (await browser.get("/")).status == 200
    async with database.transaction() as session:
        await deactivate(session, "aliya@example.org")
    assert (await browser.get("/")).status == 303
    assert (await browser.sign_in("aliya@example.org")).status == 403


async def test_forms_without_our_token_change_nothing(browser: Browser, scenery: Scenery) -> None:
    await browser.sign_in("aliya@example.org")
    take, good = f"/cases/{scenery.case.id}/take", browser.form_token
    for token in ("", "wrong", good[:-1], good + "x", "ключ"):
        browser.form_token = token
        assert (await browser.post(take, {})).status == 403
    assert (await browser.client.post(take, allow_redirects=False)).status == 403
    browser.form_token = good
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        assert (await browser.post(take, {}, {"Origin": origin})).status == 403
    assert (await browser.post(take, {}, {"Sec-Fetch-Site": "cross-site"})).status == 403
    own = f"http://{browser.client.host}:{browser.client.port}"
    assert (await browser.post(take, {}, {"Origin": own})).status == 303


async def test_the_sign_in_form_needs_its_token_too(browser: Browser, scenery: Scenery) -> None:
    fields = {"email": "aliya@example.org", "password": PASSWORD}
    assert (await browser.post("/sign-in", fields)).status == 403
    await browser.get("/sign-in")
    browser.form_token = "made up"
    assert (await browser.post("/sign-in", fields)).status == 403


async def test_a_token_of_one_browser_is_worth_nothing_in_another(
    browsers: list[Browser], scenery: Scenery
) -> None:
    one, other = browsers[:2]
    await one.sign_in("aliya@example.org")
    await other.sign_in("berik@example.org")
    one.form_token = other.form_token
    assert (await one.post(f"/cases/{scenery.case.id}/take", {})).status == 403


async def test_guessing_is_slowed_down_and_the_answer_is_the_same_for_everybody(
    browsers: list[Browser], scenery: Scenery
) -> None:
    pages = []
    for browser, email in zip(browsers, ("aliya@example.org", "nobody@example.org"), strict=False):
        for _ in range(5):
            assert (await browser.sign_in(email, "wrong password")).status == 403
        answer = await browser.sign_in(email)
        assert answer.status == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 16
        page = await answer.text()
        pages.append(page.replace(email, "").replace(token_in(page), ""))
    assert pages[0] == pages[1]


async def test_cookies_over_plain_http(browser: Browser, scenery: Scenery) -> None:
    answer = await browser.sign_in("aliya@example.org")
    cookie = next(c for c in answer.headers.getall("Set-Cookie") if c.startswith("desk="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "Expires" not in cookie


async def test_cookies_and_headers_over_tls(
    database: Database, clock: HandClock, scenery: Scenery, texts: HeldTexts, folder: Path
) -> None:
    site = site_of(database, clock, texts, folder, "https://desk.example.org")
    async with TestClient(TestServer(site), cookie_jar=CookieJar(unsafe=True)) as client:
        answer = await client.get("/sign-in")
        [cookie] = answer.headers.getall("Set-Cookie")
        assert cookie.startswith("__Host-desk-form=")
        assert "Secure" in cookie
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


async def test_every_answer_carries_the_security_headers(
    browser: Browser, scenery: Scenery
) -> None:
    await browser.sign_in("aliya@example.org")
    for path in ("/", "/account", f"/cases/{scenery.case.id}", "/nowhere", "/static/desk.js"):
        headers = (await browser.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == ("no-cache" if "static" in path else "no-store")
        assert "Server" not in headers


async def test_pages_hold_no_inline_script_or_style(browser: Browser, scenery: Scenery) -> None:
    await browser.sign_in("aliya@example.org")
    for path in ("/", "/account", f"/cases/{scenery.case.id}", "/nowhere"):
        page = await (await browser.get(path)).text()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == 1


async def test_signing_out_ends_the_session_not_only_the_cookie(
    browser: Browser, scenery: Scenery, database: Database, clock: HandClock
) -> None:
    answer = await browser.sign_in("aliya@example.org")
    token = answer.cookies["desk"].value
    assert (await browser.post("/sign-out", {})).status == 303
    async with database.reading() as session:
        assert await sessions.find(session, token, clock.now()) is None


async def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(
    browser: Browser, scenery: Scenery, clock: HandClock
) -> None:
    await browser.sign_in("aliya@example.org")
    for _ in range(3):
        clock.move(minutes=25)
        status = (await browser.client.get("/", headers={"X-Quiet": "1"})).status
    assert status == 401


async def test_working_keeps_somebody_signed_in(
    browser: Browser, scenery: Scenery, clock: HandClock
) -> None:
    await browser.sign_in("aliya@example.org")
    for _ in range(5):
        clock.move(minutes=25)
        assert (await browser.get("/")).status == 200


async def test_after_sign_in_one_lands_where_one_wanted_but_never_elsewhere(
    browser: Browser, scenery: Scenery
) -> None:
    answer = await browser.get("/cases/1?x=1")
    assert answer.headers["Location"] == "/sign-in?next=/cases/1?x%3D1"
    for wanted, expected in (
        ("/cases/1", "/cases/1"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
    ):
        browser.form_token = token_in(await (await browser.get("/sign-in")).text())
        fields = {"email": "aliya@example.org", "password": PASSWORD, "next": wanted}
        landed = await browser.post("/sign-in", fields)
        assert landed.headers["Location"] == expected


async def test_health_is_for_this_machine_only(browser: Browser, scenery: Scenery) -> None:
    answer = await browser.get("/health")
    assert json.loads(await answer.text())["outbox_waiting"] == 2
    passed_on = await browser.client.get("/health", headers={"X-Forwarded-For": "203.0.113.5"})
    assert passed_on.status == 404


async def test_the_webhook_beside_the_desk_is_left_to_its_own_secret(
    database: Database, clock: HandClock, scenery: Scenery, texts: HeldTexts, folder: Path
) -> None:
    async def hook(_request: web.Request) -> web.Response:
        return web.Response(text="stored")

    site = site_of(database, clock, texts, folder)
    site.router.add_post("/telegram", hook)
    async with TestClient(TestServer(site)) as client:
        assert await (await client.post("/telegram", data=b"{}")).text() == "stored"
    async with TestClient(TestServer(site_of(database, clock, texts, folder))) as client:
        assert (await client.post("/telegram", data=b"{}")).status == 404


async def test_errors_are_kind_pages_in_the_readers_language(
    browser: Browser, scenery: Scenery
) -> None:
    answer = await browser.get("/nowhere", **{"Accept-Language": "kk-KZ,kk;q=0.9"})
    assert answer.status == 404
    assert "Мұнда ештеңе жоқ" in await answer.text()
