"""The loopback server: REST, gateway and files on one free port."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

import yarl
from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_parser import RawRequestMessage
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.discord.door import Door
from tests.fakes.discord.world import World

API, FILES, GATEWAY = "/api/v10", "/attachments/", "/gateway"
LARGEST_REQUEST = 256 * 1024 * 1024


class FakeDiscord(World):
    """A Discord to log in to: `async with FakeDiscord() as world`."""

    def __init__(self, **settings: Any) -> None:
        """Take the settings of a world."""
        super().__init__(**settings)
        self._door = Door(self)
        self._runner: web.ServerRunner | None = None
        self.api_url = self.gateway_url = ""

    async def __aenter__(self) -> Self:
        server = web.Server(self._serve, access_log=None, request_factory=_request)
        self._runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.api_url, self.gateway_url = f"http://{host}:{port}{API}", f"ws://{host}:{port}{GATEWAY}"
        self.shelf.base, self.gateway.base = f"http://{host}:{port}", self.gateway_url
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.gateway.drops()
        if self._runner is not None:
            await self._runner.cleanup()

    @contextlib.contextmanager
    def redirected(self) -> Iterator[None]:
        """Send every discord.py client in this process here, for a while."""
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.api_url, yarl.URL(self.gateway_url)
        try:
            yield
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith(API):
            return await self._door.enter(request, path.removeprefix(API))
        if path.startswith(GATEWAY):
            return await self.gateway.connect(request)
        if path.startswith(FILES):
            return await self._file(path)
        return web.Response(status=404)

    async def _file(self, path: str) -> web.Response:
        if not self.shelf.answers:
            await self.closing.wait()
        if self.shelf.answers != 200:
            return web.Response(status=self.shelf.answers, text="This content is no longer available.")
        number, _, name = path.removeprefix(FILES).partition("/")[2].partition("/")
        found = self.shelf.find(number)
        if found is None or found.name != unquote(name):
            return web.Response(status=404)
        return web.Response(body=found.data)


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: web.RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    """Take larger requests than the server would by itself."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST_REQUEST)
