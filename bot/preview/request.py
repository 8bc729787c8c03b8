"""Reads one API call from HTTP: JSON, form, multipart or query, as Telegram allows."""

from __future__ import annotations

import json

from aiohttp import web

from bot.preview.wire import Json, Refused, Upload, bad_request


async def read_params(request: web.Request) -> Json:
    """The call's parameters; files are Uploads, "attach://" names are resolved."""
    params: Json = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        params.update(await _read_json(request))
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            form = await request.post()
        except web.HTTPRequestEntityTooLarge:
            raise Refused(413, "Request Entity Too Large") from None
        except ValueError:
            raise bad_request("can't parse the form") from None
        for name, value in form.items():
            params[name] = value if isinstance(value, str) else _upload(value)
    return _attached(params)


async def _read_json(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text())
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


def _upload(part: object) -> Upload:
    if isinstance(part, web.FileField):
        return Upload(part.filename or "file", part.content_type, part.file.read())
    raise bad_request("can't parse the form")


def _attached(params: Json) -> Json:
    """Parts that another parameter names with attach:// are its file, not parameters."""
    texts = [value for value in params.values() if isinstance(value, str)]
    attached = {
        name
        for name, value in params.items()
        if isinstance(value, Upload) and any(f"attach://{name}" in text for text in texts)
    }
    resolved: Json = {}
    for name, value in params.items():
        if name in attached:
            continue
        if isinstance(value, str) and value.startswith("attach://"):
            value = params.get(value.removeprefix("attach://"))
            if not isinstance(value, Upload):
                raise bad_request("file must be attached to the request")
        resolved[name] = value
    return resolved
