"""Security headers of every answer."""

from __future__ import annotations

from aiohttp import web

from bot.web.keys import desk_of

# Nothing but our own files; no inline script or style anywhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Nothing is told to other sites. "no-referrer" would also turn the Origin of our
    # own forms into "null", which is what the guard compares.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Adds what is missing; a page that set a stricter header keeps its own."""
    if request.match_info.route.name == "static":
        response.headers["Cache-Control"] = "no-cache"  # kept, but asked about each time
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if desk_of(request).settings.desk_is_https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Server" in response.headers:
        del response.headers["Server"]


def cookie_name(name: str, *, https: bool) -> str:
    """Over TLS the name itself binds the cookie to this host and to https."""
    return f"__Host-{name}" if https else name


def set_cookie(request: web.Request, response: web.StreamResponse, name: str, value: str) -> None:
    """A cookie for this browser session that scripts cannot read."""
    https = desk_of(request).settings.desk_is_https
    response.set_cookie(
        cookie_name(name, https=https), value, httponly=True, secure=https, samesite="Lax", path="/"
    )


def get_cookie(request: web.Request, name: str) -> str:
    """A cookie of ours; empty when there is none."""
    https = desk_of(request).settings.desk_is_https
    return request.cookies.get(cookie_name(name, https=https), "")


def drop_cookie(request: web.Request, response: web.StreamResponse, name: str) -> None:
    """Removes a cookie of ours."""
    https = desk_of(request).settings.desk_is_https
    response.del_cookie(
        cookie_name(name, https=https), httponly=True, secure=https, samesite="Lax", path="/"
    )
