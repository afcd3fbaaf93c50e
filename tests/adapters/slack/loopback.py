"""A few methods of Slack's Web API on this machine, for the unmodified client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]
Handler = Callable[[Json], Awaitable[web.StreamResponse]]


@dataclass
class Loopback:
    """Answers each method with its handler, and remembers what it was asked."""

    session: ClientSession
    base_url: str = ""
    handlers: dict[str, Handler] = field(default_factory=dict)
    asked: list[tuple[str, Json]] = field(default_factory=list)

    def client(self, token: str = "xoxb-1") -> AsyncWebClient:
        return AsyncWebClient(token=token, base_url=self.base_url, session=self.session, retry_handlers=[])

    def bodies(self, method: str) -> list[Json]:
        return [body for name, body in self.asked if name == method]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        sent: Mapping[str, Any] = await (request.json() if request.content_type.endswith("json") else request.post())
        body = {**sent, "_authorization": request.headers.get("Authorization", "")}
        self.asked.append((method, body))
        return await self.handlers[method](body)


def says(error: str = "", status: int = 200, **more: Any) -> web.Response:
    return web.json_response({"ok": not error, **({"error": error} if error else {}), **more}, status=status)


@asynccontextmanager
async def loopback() -> AsyncIterator[Loopback]:
    app = web.Application()
    async with ClientSession(timeout=ClientTimeout(total=5)) as session:
        slack = Loopback(session)
        app.router.add_post("/api/{method}", slack.answer)
        async with TestServer(app) as server:
            slack.base_url = str(server.make_url("/api/"))
            yield slack
