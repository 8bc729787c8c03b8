"""Only this machine may talk to the server, and only its own page may act in a browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

LOCAL_NAMES = frozenset(("localhost", "127.0.0.1", "::1"))

# A page open in the same browser must neither read the chats (by pointing its own name at
# 127.0.0.1) nor write in them (by posting a form here).
FOREIGN = "This address is for programs on this machine."

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@web.middleware
async def only_from_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses requests made under a foreign name or from a foreign page."""
    if urlsplit(f"//{request.host}").hostname not in LOCAL_NAMES:
        raise web.HTTPForbidden(text=FOREIGN)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden(text=FOREIGN)
    response = await handler(request)
    if request.path.startswith("/chat") and not response.prepared:
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
