"""The Bot API over HTTP: token, method, checks, faults, answer."""

from __future__ import annotations

import asyncio
import hmac
from collections import deque
from datetime import UTC, datetime

from aiohttp import web

from bot.preview.faults import LONGEST_RECORD, Call, Fault, Faults, refusal_of
from bot.preview.files import Files
from bot.preview.methods import Methods
from bot.preview.request import read_params
from bot.preview.spec import load_spec
from bot.preview.wire import Json, Refused

UNAUTHORIZED = Refused(401, "Unauthorized")
NO_METHOD = Refused(404, "Not Found: method not found")


class Api:
    """Answers what a bot asks at /bot<token>/<method> and /file/bot<token>/<path>."""

    methods: Methods

    def __init__(self, token: str, files: Files, faults: Faults) -> None:
        self.latency = 0.0
        self.calls: deque[Call] = deque(maxlen=LONGEST_RECORD)
        self._token = token
        self._files = files
        self._faults = faults

    def routes(self) -> list[web.RouteDef]:
        """The two addresses of the Bot API."""
        return [
            web.route("*", "/bot{token}/{method}", self._method),
            web.get("/file/bot{token}/{path:.+}", self._file),
        ]

    async def call(self, method: str, params: Json) -> object:
        """Checks a call against the specification and does it. Raises Refused."""
        spec = load_spec()
        name = spec.method_name(method)
        if name is None:
            raise NO_METHOD
        work = self.methods.find(name)
        return await work(spec.check_call(name, params))

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = load_spec().method_name(request.match_info["method"])
        params: Json = {}
        try:
            self._check_token(request)
            if method is None:
                raise NO_METHOD
            params = await read_params(request)
            if self.latency:
                await asyncio.sleep(self.latency)
            fault = self._faults.next(method, params.get("chat_id"))
            if fault is not None:
                return await self._spoil(request, fault, method, params)
            result = await self.call(method, params)
        except Refused as exc:
            return self._refuse(method or request.match_info["method"], params, exc)
        self._record(method, params, 200)
        return web.json_response({"ok": True, "result": result})

    async def _spoil(
        self, request: web.Request, fault: Fault, method: str, params: Json
    ) -> web.StreamResponse:
        if fault.after:
            await self.call(method, params)
        if fault.drop:
            self._record(method, params, 0)
            if request.transport is not None:
                request.transport.abort()
            return web.Response()  # goes nowhere: the connection is gone
        refusal = refusal_of(fault)
        if fault.status == 502:  # a proxy's page, not Telegram's JSON
            self._record(method, params, 502)
            page = "<html><h1>502 Bad Gateway</h1></html>"
            return web.Response(status=502, text=page, content_type="text/html")
        return self._refuse(method, params, refusal)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            if self.latency:
                await asyncio.sleep(self.latency)
            fault = self._faults.next("file", None)
            if fault is not None:
                return await self._spoil_file(request, fault)
            stored = self._files.by_path(request.match_info["path"])
            if stored is None:
                raise Refused(404, "Not Found")
        except Refused as exc:
            return web.json_response(exc.as_json(), status=exc.code)
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def _spoil_file(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.drop and request.transport is not None:
            request.transport.abort()
            return web.Response()
        raise refusal_of(fault)

    def _check_token(self, request: web.Request) -> None:
        given = request.match_info["token"]
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            raise UNAUTHORIZED

    def _refuse(self, method: str, params: Json, refused: Refused) -> web.Response:
        self._record(method, params, refused.code)
        headers = {}
        if refused.parameters and "retry_after" in refused.parameters:
            headers["Retry-After"] = str(refused.parameters["retry_after"])
        return web.json_response(refused.as_json(), status=refused.code, headers=headers)

    def _record(self, method: str, params: Json, status: int) -> None:
        self.calls.append(Call(method, params, datetime.now(UTC), status))
