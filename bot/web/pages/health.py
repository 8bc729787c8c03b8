"""How the service is, for whoever watches it on this machine."""

from __future__ import annotations

from dataclasses import asdict

from aiohttp import web

from bot.web.address import is_this_machine
from bot.web.keys import desk_of


async def show(request: web.Request) -> web.StreamResponse:
    """Everything at a glance; 503 when the database is away. Other machines see nothing."""
    if not is_this_machine(request):
        raise web.HTTPNotFound
    health = await desk_of(request).health()
    return web.json_response(asdict(health), status=200 if health.database else 503)
