"""The server behind the page: its files, its socket, and what is sent and fetched beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

from aiohttp import WSCloseCode, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler

from adapters.web.authoring import author_routes
from adapters.web.door import VISITOR, Door
from adapters.web.hall import Hall
from adapters.web.limits import FRAME, LOGIN_BODY, LOGIN_BODY_SECONDS, TABS, UPLOAD_SECONDS, UPLOADS_AT_ONCE
from adapters.web.pages import Pages
from adapters.web.patience import Patience
from adapters.web.reports import report_routes
from adapters.web.uploads import TooLarge
from adapters.web.visit import Visit

# Pictures that a browser may show in place; all else is saved.
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")


SLOW = "The file took too long to arrive. Try again, or send a smaller one."


class Server:
    """Answers browsers."""

    def __init__(self, hall: Hall, door: Door, patience: Patience) -> None:
        self._hall, self._door, self._pages = hall, door, Pages()
        self._sockets: set[web.WebSocketResponse] = set()
        self._uploading = 0
        self.app = web.Application(middlewares=[patience.listen, door.guard], client_max_size=LOGIN_BODY)
        self.app.add_routes(
            [
                web.get("/", self._page("chat.html")),
                web.get("/login", self._page("login.html")),
                web.post("/login", self._log_in),
                web.get("/page/{name}", self._file),
                web.get("/socket", self._socket),
                web.post("/upload", self._upload),
                web.get(r"/files/{entry:[0-9a-f]{32}}/{version:\d+}/{number:\d{1,2}}", self._download),
                *self._authors(),
                *(report_routes(hall.scene.reporter) if hall.scene.reporter else ()),
            ]
        )
        self.app.on_shutdown.append(self._say_good_bye)

    def _authors(self) -> Sequence[web.RouteDef]:
        author = self._hall.scene.author
        return [web.get("/author", self._page("author.html")), *author_routes(author, self._hall)] if author else []

    def _page(self, name: str) -> Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            return self._pages.answer(request, name)

        return serve

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return self._pages.answer(request, request.match_info["name"])

    async def _log_in(self, request: web.Request) -> web.StreamResponse:
        if not self._door.may_try(request.remote or ""):
            raise web.HTTPTooManyRequests(text="That were many tries. Wait a minute, then try again.")
        if not self._door.knows(await _password(request)):
            raise web.HTTPSeeOther("/login#wrong")
        response = web.Response(status=303, headers={"Location": "/"})
        self._door.let_in(request, response)
        return response

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if len(self._sockets) >= TABS:
            raise web.HTTPServiceUnavailable(text="There are too many open pages. Close some of them.")
        socket = web.WebSocketResponse(max_msg_size=FRAME, heartbeat=30, compress=False)
        self._door.welcome(request, socket)
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            await Visit(self._hall, request[VISITOR], socket).stay()
        finally:
            self._sockets.discard(socket)
        return socket

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        if self._uploading >= UPLOADS_AT_ONCE:
            raise web.HTTPServiceUnavailable(text="Many files are coming in just now. Try again in a moment.")
        self._uploading += 1
        try:
            name, pieces = request.query.get("name", ""), request.content.iter_any()
            async with asyncio.timeout(UPLOAD_SECONDS):
                key = await self._hall.uploads.take(request[VISITOR], name, pieces)
        except TooLarge as error:
            return web.json_response({"trouble": str(error)}, status=413, headers={"Connection": "close"})
        except TimeoutError:
            return web.json_response({"trouble": SLOW}, status=408, headers={"Connection": "close"})
        finally:
            self._uploading -= 1
        return web.json_response({"key": key})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        entry, number = self._hall.rooms.find(request.match_info["entry"]), int(request.match_info["number"])
        files = entry.files() if entry else []
        if number >= len(files):
            raise web.HTTPNotFound(text="This file is not kept any more. Ask for it again.")
        name, data, kind = files[number]
        kind = kind.partition(";")[0].strip()
        how = "inline" if kind in SHOWN else f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        kind = kind if kind in SHOWN else "application/octet-stream"
        return web.Response(body=data, content_type=kind, headers={"Content-Disposition": how})

    async def _say_good_bye(self, _app: web.Application) -> None:
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)


async def _password(request: web.Request) -> str:
    """Read the password from what the page sends; anything may come in its place."""
    try:
        async with asyncio.timeout(LOGIN_BODY_SECONDS):
            return str((await request.post()).get("password", ""))
    except TimeoutError as error:
        raise web.HTTPRequestTimeout(text="The password did not arrive. Go back to /login.") from error
    except (LookupError, ValueError, HttpProcessingError) as error:  # letters or parts of a kind that nobody knows
        raise web.HTTPBadRequest(text="This is no password. Go back to /login.") from error
