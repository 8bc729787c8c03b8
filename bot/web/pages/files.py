"""Photos, documents and voice messages of cases."""

from __future__ import annotations

import re
from urllib.parse import quote

from aiohttp import web

from bot.cases import desk_view
from bot.cases.desk_view import FileContent
from bot.web.keys import desk_of
from bot.web.render import member_of, now_of

# Shown in the page only when the bytes are what they claim to be; the rest is downloaded.
SIGNS = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"OggS"), "audio/ogg"),
    (re.compile(rb"ID3|\xff[\xfb\xf3\xf2]"), "audio/mpeg"),
    (re.compile(rb"....ftypM4A", re.DOTALL), "audio/mp4"),
    (re.compile(rb"....ftyp", re.DOTALL), "video/mp4"),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/webm"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "audio/wav"),
)
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


async def show(request: web.Request) -> web.StreamResponse:
    """The file, if it belongs to a case the member may see."""
    async with desk_of(request).database.transaction() as session:
        file = await desk_view.file(
            session, member_of(request), int(request.match_info["id"]), now_of(request)
        )
    shown_as = _shown_as(file.content)
    response = _part(request, file.content)
    response.content_type = shown_as or "application/octet-stream"
    response.headers["Content-Disposition"] = _disposition(file, inline=shown_as is not None)
    response.headers["Accept-Ranges"] = "bytes"
    # Whatever it is, it may run nothing.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _shown_as(content: bytes) -> str | None:
    return next((mime for sign, mime in SIGNS if sign.match(content)), None)


def _disposition(file: FileContent, *, inline: bool) -> str:
    name = quote(file.name or f"{file.kind.value}", safe="")
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{name}"


def _part(request: web.Request, content: bytes) -> web.Response:
    """The bytes asked for: players jump within a recording by asking for a range."""
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", ""):
        return web.Response(body=content)
    first, last = asked.groups()
    total = len(content)
    start = int(first) if first else max(total - int(last), 0)
    end = min(int(last), total - 1) if first and last else total - 1
    if start > end:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{total}"})
    return web.Response(
        status=206,
        body=content[start : end + 1],
        headers={"Content-Range": f"bytes {start}-{end}/{total}"},
    )
