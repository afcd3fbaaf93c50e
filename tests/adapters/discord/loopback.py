"""A very small Discord on this machine, for one client: it keeps messages by nonce and misbehaves when told to."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "MTIzNDU2.secret.token-of-the-bot"


@dataclass
class Heard:
    """One request as it came."""

    method: str
    path: str
    at: float
    body: dict[str, Any]
    files: dict[str, tuple[str | None, bytes]]
    headers: dict[str, str]


Mood = Callable[["Loopback", web.Request, Heard], Awaitable[web.StreamResponse]]


@dataclass
class Loopback:
    """Answers requests, each in the next mood; without moods it does what it is asked."""

    monotonic: Callable[[], float]
    moods: deque[Mood] = field(default_factory=deque)
    heard: list[Heard] = field(default_factory=list)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    never: asyncio.Event = field(default_factory=asyncio.Event)

    def server(self) -> TestServer:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_get("/users/@me", self._me)
        app.router.add_route("*", "/{path:.*}", self._any)
        return TestServer(app)

    def will(self, *moods: Mood) -> None:
        self.moods.extend(moods)

    async def _me(self, request: web.Request) -> web.Response:
        return answer({"id": "1", "username": "stepwise"})

    async def _any(self, request: web.Request) -> web.StreamResponse:
        heard = await self._read(request)
        self.heard.append(heard)
        mood = self.moods.popleft() if self.moods else obliging
        return await mood(self, request, heard)

    async def _read(self, request: web.Request) -> Heard:
        body: dict[str, Any] = {}
        files: dict[str, tuple[str | None, bytes]] = {}
        if request.content_type == "multipart/form-data":
            async for part in await request.multipart():
                data = bytes(await part.read(decode=False))  # type: ignore[union-attr]
                if part.name == "payload_json":  # type: ignore[union-attr]
                    body = json.loads(data)
                else:
                    files[str(part.name)] = (part.filename, data)  # type: ignore[union-attr]
        elif request.can_read_body:
            body = await request.json()
        path = request.path_qs.removeprefix("/")
        return Heard(request.method, path, self.monotonic(), body, files, dict(request.headers))

    def keep(self, heard: Heard) -> dict[str, Any]:
        """Write a message, or find the one that has its nonce."""
        nonce = str(heard.body.get("nonce") or f"none {len(self.messages)}")
        return self.messages.setdefault(nonce, {"id": str(len(self.messages) + 100), "nonce": nonce})


def answer(said: object, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """Make a response as Discord does: its Content-Type says nothing of a charset."""
    kind = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(said).encode(), status=status, headers={**kind, **(headers or {})})


async def obliging(discord: Loopback, request: web.Request, heard: Heard) -> web.StreamResponse:
    if heard.method == "DELETE":
        return web.Response(status=204)
    return answer(discord.keep(heard))


def status(number: int, *, effect: bool = False) -> Mood:
    """Fail, with or without having done what was asked."""

    async def mood(discord: Loopback, request: web.Request, heard: Heard) -> web.StreamResponse:
        if effect:
            discord.keep(heard)
        return web.Response(status=number, text="upstream connect error")

    return mood


def refusing(number: int, code: int = 0, message: str = "No.") -> Mood:
    async def mood(discord: Loopback, request: web.Request, heard: Heard) -> web.StreamResponse:
        return answer({"code": code, "message": message}, status=number)

    return mood


def limiting(retry_after: float, headers: Mapping[str, str] | None = None, *, everybody: bool = False) -> Mood:
    async def mood(discord: Loopback, request: web.Request, heard: Heard) -> web.StreamResponse:
        said = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everybody}
        return answer(said, status=429, headers={"Via": "1.1 google", **(headers or {})})

    return mood


def page(number: int, text: str, headers: Mapping[str, str] | None = None) -> Mood:
    """Answer as something between us and Discord does."""

    async def mood(discord: Loopback, request: web.Request, heard: Heard) -> web.StreamResponse:
        return web.Response(status=number, text=text, content_type="text/html", headers=headers)

    return mood


def lost(*, effect: bool, harsh: bool = False) -> Mood:
    """Lose the connection before or after doing what was asked."""

    async def mood(discord: Loopback, request: web.Request, heard: Heard) -> web.StreamResponse:
        if effect:
            discord.keep(heard)
        assert request.transport is not None
        (request.transport.abort if harsh else request.transport.close)()
        return web.Response()

    return mood


async def silent(discord: Loopback, request: web.Request, heard: Heard) -> web.StreamResponse:
    """Do what was asked and never answer."""
    discord.keep(heard)
    await discord.never.wait()
    return web.Response()
