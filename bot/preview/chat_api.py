"""The chat page and what it asks: people, their chats, and events as they happen."""

from __future__ import annotations

import asyncio
import json
import mimetypes
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from bot.errors import Conflict, NotFound
from bot.preview.events import EVERYTHING, Event, Listener
from bot.preview.person import Person
from bot.preview.wire import Json, Refused
from bot.preview.world import World, shown

STATIC = Path(__file__).with_name("static")
SIGN_OF_LIFE = 20.0  # seconds; also finds out that a page is gone
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Act = Callable[[Person, Json], Awaitable[object]]


class ChatApi:
    """Serves /chat and /chat/api; every act goes through a Person, as in tests."""

    def __init__(
        self,
        world: World,
        person: Callable[[int, str, str | None], Person],
        people: Callable[[], list[Person]],
    ) -> None:
        self.world = world
        self._person = person
        self._people = people
        self._acts: dict[str, Act] = {
            "start": lambda p, b: p.start(b.get("payload", "")),
            "say": lambda p, b: p.say(b["text"], b.get("reply_to")),
            "tap": self._tap,
            "location": lambda p, b: p.send_location(float(b["latitude"]), float(b["longitude"])),
            "contact": lambda p, b: p.send_contact(b.get("phone_number", "+77010000000")),
            "sticker": lambda p, b: p.send_sticker(b.get("emoji", "👍")),
            "edit": lambda p, b: p.edit(int(b["message_id"]), b["text"]),
            "block": lambda p, _: p.block(),
            "unblock": lambda p, _: p.unblock(),
        }

    def routes(self) -> list[web.RouteDef]:
        """Everything under /chat."""
        return [
            web.get("/", self._home),
            web.get("/chat", self._page),
            web.get("/chat/static/{name}", self._static),
            web.get("/chat/api/people", self._list),
            web.post("/chat/api/people", self._add),
            web.get("/chat/api/events", self._all_events),
            web.get("/chat/api/files/{unique_id}", self._file),
            web.get(r"/chat/api/{user:\d+}", self._chat),
            web.get(r"/chat/api/{user:\d+}/events", self._events),
            web.post(r"/chat/api/{user:\d+}/{kind:photo|voice|document}", self._upload),
            web.post(r"/chat/api/{user:\d+}/{act:[a-z]+}", self._act),
        ]

    async def _home(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/chat")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        return _static_file("index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return _static_file(request.match_info["name"])

    async def _list(self, request: web.Request) -> web.StreamResponse:
        return web.json_response([_in_list(person) for person in self._people()])

    async def _add(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        name = str(body.get("first_name", "")).strip()
        if not name:
            raise _problem(400, "A person needs a name.")
        # Ids of the size Telegram gives; the page brings back people it knew before.
        user_id = int(body.get("id") or 10**9 + secrets.randbelow(6 * 10**9))
        person = self._person(user_id, name[:64], body.get("language_code") or None)
        if body.get("started") is True:  # they had, before this server was started anew
            person.chat.started = True
        return web.json_response(_in_list(person))

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        person = self._known(request)
        chat = person.chat
        language = (chat.user or {}).get("language_code", "")
        profile = self.world.profile
        return web.json_response(
            {
                **_in_list(person),
                "messages": [shown(message) for message in chat.messages.values()],
                "keyboard": chat.keyboard,
                "menu_button": chat.menu_button or profile.menu_button,
                "commands": profile.commands_for(chat.id, language),
                "bot": {
                    "name": profile.names.get(language) or profile.names[""],
                    "username": profile.username,
                    "description": profile.descriptions.get(language)
                    or profile.descriptions.get("", ""),
                },
            }
        )

    async def _act(self, request: web.Request) -> web.StreamResponse:
        person, act = self._known(request), self._acts.get(request.match_info["act"])
        if act is None:
            raise _problem(404, "There is no such act.")
        return await _answer(act, person, await _body(request))

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        person, form = self._known(request), await request.post()
        part = form.get("file")
        if not isinstance(part, web.FileField):
            raise _problem(400, "The file is missing.")
        data, mime, caption = part.file.read(), part.content_type, str(form.get("caption", ""))
        kind, name = request.match_info["kind"], part.filename or "file"

        async def send(person: Person, _: Json) -> int:
            if kind == "photo":
                return await person.send_photo(data, caption, mime)
            if kind == "voice":
                return await person.send_voice(data, int(str(form.get("duration", "0"))), mime)
            return await person.send_document(data, name, mime, caption)

        return await _answer(send, person, {})

    async def _tap(self, person: Person, body: Json) -> str:
        return (await person.tap(body["data"], int(body["message_id"]))).id

    async def _events(self, request: web.Request) -> web.StreamResponse:
        return await self._stream(request, self._known(request).id)

    async def _all_events(self, request: web.Request) -> web.StreamResponse:
        return await self._stream(request, EVERYTHING)

    async def _stream(self, request: web.Request, chat: int) -> web.StreamResponse:
        """Server-sent events; the page loads the chat again whenever the stream begins."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        with self.world.events.listening(chat) as events:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\nevent: ready\ndata: {}\n\n")
            with suppress(ConnectionError):  # the page was closed
                while (line := await _next_line(events)) is not None:
                    await response.write(line)
        return response

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self.world.files.by_unique_id(request.match_info["unique_id"])
        if stored is None:
            raise _problem(404, "There is no such file.")
        # Uploaded pages and drawings must not run as part of this site.
        headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
        response = web.Response(body=stored.data, headers=headers)
        response.headers["Content-Type"] = stored.mime or "application/octet-stream"
        if "download" in request.query:
            response.headers["Content-Disposition"] = "attachment"
        return response

    def _known(self, request: web.Request) -> Person:
        user_id = int(request.match_info["user"])
        for person in self._people():
            if person.id == user_id:
                return person
        raise _problem(404, "There is no such person.")


async def _answer(act: Act, person: Person, body: Json) -> web.Response:
    try:
        return web.json_response({"ok": True, "result": await act(person, body)})
    except (KeyError, TypeError, ValueError):
        raise _problem(400, "Something is missing in this request.") from None
    except NotFound as exc:
        raise _problem(404, str(exc)) from None
    except (Conflict, Refused) as exc:
        raise _problem(409, str(exc)) from None


async def _body(request: web.Request) -> Json:
    if not request.can_read_body:
        return {}
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise _problem(400, "The request must be a JSON object.")
    return body


def _problem(status: int, reason: str) -> web.HTTPException:
    kinds: dict[int, type[web.HTTPException]] = {
        400: web.HTTPBadRequest,
        404: web.HTTPNotFound,
        409: web.HTTPConflict,
    }
    text = json.dumps({"ok": False, "reason": reason})
    return kinds[status](text=text, content_type="application/json")


def _in_list(person: Person) -> Json:
    chat = person.chat
    newest = next(reversed(chat.messages.values()), None)
    return {
        "id": chat.id,
        "first_name": (chat.user or {}).get("first_name", ""),
        "language_code": (chat.user or {}).get("language_code", ""),
        "started": chat.started,
        "blocked": chat.blocked,
        "newest": shown(newest) if newest else None,
    }


async def _next_line(events: Listener) -> bytes | None:
    """The next event as a page reads it, or a sign of life; None when the stream is over."""
    try:
        async with asyncio.timeout(SIGN_OF_LIFE):
            event = await events.get()
    except TimeoutError:
        return b": still here\n\n"
    return None if event is None else _as_sse(event)


def _as_sse(event: Event) -> bytes:
    data = json.dumps({"person": event.chat, "kind": event.kind, **event.data})
    return f"event: {event.kind}\ndata: {data}\n\n".encode()


def _static_file(name: str) -> web.Response:
    path = STATIC / name
    if path.parent != STATIC or not path.is_file():
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Cache-Control": "no-cache"}
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=headers)
