"""Wait for what a connection asks, but not for ever: strangers who ask for nothing must not use up what others need."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.web.limits import FIRST_SECONDS, NEXT_SECONDS, SILENT


class Patience:
    """Knows which connections have asked for nothing yet, and hangs up on them in time."""

    def __init__(self, first: float = FIRST_SECONDS, next: float = NEXT_SECONDS, most: int = SILENT) -> None:
        self._first, self._next, self._most = first, next, most
        self._silent: dict[asyncio.BaseProtocol, asyncio.TimerHandle] = {}

    def greeting(self, make: Callable[[], asyncio.Protocol]) -> Callable[[], asyncio.Protocol]:
        """Let each new connection say in time what it wants."""

        def greet() -> asyncio.Protocol:
            made = make()
            self._wait(made, self._first)
            return made

        return greet

    @web.middleware
    async def listen(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a request take its time, and wait again when it has its answer."""
        self._forget(request.protocol)
        try:
            return await handler(request)
        finally:
            self._wait(request.protocol, self._next)

    def _wait(self, silent: asyncio.BaseProtocol, seconds: float) -> None:
        self._forget(silent)
        self._silent[silent] = asyncio.get_running_loop().call_later(seconds, self._hang_up, silent)
        if len(self._silent) > self._most:
            self._hang_up(next(iter(self._silent)))

    def _forget(self, heard: asyncio.BaseProtocol) -> None:
        timer = self._silent.pop(heard, None)
        if timer is not None:
            timer.cancel()

    def _hang_up(self, silent: asyncio.BaseProtocol) -> None:
        self._forget(silent)
        transport = getattr(silent, "transport", None)
        if transport is not None:
            transport.abort()

    def stop(self) -> None:
        """Wait for nobody any more."""
        for one in tuple(self._silent):
            self._forget(one)
