"""Socket Mode: tickets, hello, envelopes and their acknowledgements, and sockets that die in all ways."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.delivery import Ack, Delivery
from tests.fakes.slack.trouble import NoAck

if TYPE_CHECKING:
    from tests.fakes.slack.world import FakeSlack

MOST_SOCKETS, MOST_ATTEMPTS = 10, 4


class Socket:
    """One connection of the bot."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request) -> None:
        self.ws, self._request = ws, request
        self.deaf, self.lost = False, asyncio.Event()
        self.sent: list[dict[str, Any]] = []
        self.pings = 0

    async def send(self, message: dict[str, Any]) -> None:
        """Send, unless the socket is deaf: then it swallows everything."""
        self.sent.append(message)
        if self.deaf:
            return
        try:
            await self.ws.send_str(json.dumps(message))
        except ConnectionError:
            self.lost.set()

    def goes_deaf(self) -> None:
        """Stay connected, and neither answer pings nor carry anything any more."""
        self.deaf = True

    async def disconnects(self, reason: str = "refresh_requested") -> None:
        """Announce the end: warning, refresh_requested or link_disabled."""
        await self.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}})

    def drops(self) -> None:
        """Die without a word."""
        self.lost.set()
        if self._request.transport is not None:
            self._request.transport.abort()

    async def listen(self, acked: dict[str, asyncio.Future[Any]]) -> None:
        """Answer pings and collect acknowledgements until the end."""
        async for message in self.ws:
            if message.type is WSMsgType.PING:
                self.pings += 1
                if not self.deaf:
                    await self.ws.pong(message.data)
            elif message.type is WSMsgType.TEXT and not self.deaf:
                answer = json.loads(message.data)
                future = acked.get(answer.get("envelope_id", ""))
                if future is not None and not future.done():
                    future.set_result(answer.get("payload"))


class Sockets:
    """All connections, and the courier that uses them in turn."""

    def __init__(self, world: FakeSlack) -> None:
        self._world = world
        self.all: list[Socket] = []
        self.opened = 0
        self._tickets: set[str] = set()
        self._acked: dict[str, asyncio.Future[Any]] = {}
        self._changed = asyncio.Condition()
        self._turn = 0

    def ticket(self) -> str:
        """Make an address that lets in one socket."""
        ticket = self._world.mint.secret("ticket")
        self._tickets.add(ticket)
        return f"{self._world.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self._world.app.id}"

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Let a socket in and stay with it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="this address was used before")
        self._tickets.discard(ticket)
        ws = web.WebSocketResponse(autoping=False, timeout=0.2)
        await ws.prepare(request)
        socket = Socket(ws, request)
        await self._enter(socket)
        try:
            await socket.listen(self._acked)
        finally:
            await self._leave(socket)
        return ws

    async def connected(self, number: int = 1, *, opened: int = 0) -> None:
        """Wait until so many sockets are open, or were opened in all."""
        async with asyncio.timeout(self._world.patience), self._changed:
            await self._changed.wait_for(lambda: len(self.living) >= number and self.opened >= opened)

    @property
    def living(self) -> list[Socket]:
        """The sockets that can carry something."""
        return [one for one in self.all if not one.deaf and not one.lost.is_set()]

    async def carry(self, delivery: Delivery, retry: int, reason: str) -> Ack:
        """Bring an envelope; one whose socket is lost goes out again on the next."""
        envelope = self._world.mint.id("env-")
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._acked[envelope] = waiting
        try:
            for attempt in range(MOST_ATTEMPTS):
                socket = await self._next()
                began = time.monotonic()
                await socket.send(
                    _envelope(envelope, delivery, retry + attempt, reason or ("timeout" if attempt else ""))
                )
                delivery.attempts += 1
                if await self._answered(waiting, socket):
                    return Ack(waiting.result(), time.monotonic() - began)
                if not socket.lost.is_set():
                    break
        finally:
            del self._acked[envelope]
        raise NoAck(f"{delivery.name}: operation_timeout, no acknowledgement over the socket")

    async def _answered(self, waiting: asyncio.Future[Any], socket: Socket) -> bool:
        lost = asyncio.ensure_future(socket.lost.wait())
        await asyncio.wait([waiting, lost], timeout=self._world.ack_seconds, return_when=asyncio.FIRST_COMPLETED)
        lost.cancel()
        return waiting.done()

    async def _next(self) -> Socket:
        try:
            await self.connected()
        except TimeoutError:
            raise NoAck("The bot has no socket open.") from None
        self._turn += 1
        return self.living[self._turn % len(self.living)]

    async def _enter(self, socket: Socket) -> None:
        if len(self.all) >= MOST_SOCKETS:
            await socket.disconnects("too_many_websockets")
            await socket.ws.close()
            return
        info = {"app_id": self._world.app.id}
        debug = {"host": "fake", "build_number": 1, "approximate_connection_time": 18060}
        await socket.send(
            {"type": "hello", "num_connections": len(self.all) + 1, "connection_info": info, "debug_info": debug}
        )
        async with self._changed:
            self.all.append(socket)
            self.opened += 1
            self._changed.notify_all()

    async def _leave(self, socket: Socket) -> None:
        socket.lost.set()
        async with self._changed:
            if socket in self.all:
                self.all.remove(socket)
            self._changed.notify_all()

    async def close(self) -> None:
        """Hang up on everybody."""
        for socket in [*self.all]:
            socket.drops()


def _envelope(name: str, delivery: Delivery, retry: int, reason: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"envelope_id": name, "type": delivery.kind, "payload": delivery.payload}
    shown["accepts_response_payload"] = delivery.kind != "events_api"
    if delivery.kind == "events_api":
        shown |= {"retry_attempt": retry, "retry_reason": reason}
    return shown
