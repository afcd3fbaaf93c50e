"""A door that slow and silent connections cannot block: each has little time, and only so many may wait."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import cast

from aiohttp import web

Serve = Callable[[], asyncio.Protocol]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MOST, REQUEST_SECONDS = 512, 10.0


class Gate:
    """Knows every connection that has not yet brought a whole request.

    A connection has so many seconds for each request, head and body, and also between two of them. When too many wait,
    the one that waits longest has to go: whoever brings a request at once never waits long.
    """

    def __init__(self, *, most: int = MOST, seconds: float = REQUEST_SECONDS) -> None:
        self._most, self._seconds = most, seconds
        self._waiting: OrderedDict[asyncio.Transport, asyncio.TimerHandle] = OrderedDict()
        self.turned_away = 0

    def guard(self, serve: Serve) -> Serve:
        """Put the gate in front of a server."""
        return lambda: _Guarded(serve(), self)

    @property
    def waiting(self) -> int:
        """Count the connections that have not brought their request yet."""
        return len(self._waiting)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Read the whole request while its time runs; afterwards the bot may take the time that it needs."""
        transport = request.transport
        await request.read()
        if transport is not None:
            self.left(transport)
        try:
            return await handler(request)
        finally:
            if transport is not None and not transport.is_closing():
                self.came(transport)

    def came(self, transport: asyncio.Transport) -> None:
        """Let a connection wait for its request."""
        self.left(transport)
        handle = asyncio.get_running_loop().call_later(self._seconds, self._send_away, transport)
        self._waiting[transport] = handle
        if len(self._waiting) > self._most:
            self._send_away(next(iter(self._waiting)))

    def left(self, transport: asyncio.Transport) -> None:
        """Let a connection wait no longer."""
        handle = self._waiting.pop(transport, None)
        if handle is not None:
            handle.cancel()

    def _send_away(self, transport: asyncio.Transport) -> None:
        self.left(transport)
        self.turned_away += 1
        transport.abort()


class _Guarded(asyncio.Protocol):
    """One connection: everything goes on to the server behind, and the gate hears of its coming and going."""

    def __init__(self, inner: asyncio.Protocol, gate: Gate) -> None:
        self._inner, self._gate = inner, gate
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._inner.connection_made(transport)
        self._gate.came(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._gate.left(self._transport)
        self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()
