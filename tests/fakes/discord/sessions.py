"""Sessions of the gateway: they outlive connections and remember what was not heard."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientConnectionError, web

from tests.fakes.discord.compression import Squeeze

REMEMBERED_EVENTS = 1_000
DISPATCH = 0


class Wire:
    """One websocket; what is said goes out in order, without anybody waiting for it."""

    def __init__(self, socket: web.WebSocketResponse, squeeze: Squeeze | None) -> None:
        self.socket, self._squeeze = socket, squeeze
        self._out: asyncio.Queue[str | int | None] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def say(self, text: str) -> None:
        """Send a text when its turn comes."""
        self._out.put_nowait(text)

    def close(self, code: int) -> None:
        """Close with a code after all that was said before."""
        self._out.put_nowait(code)

    def cut(self) -> None:
        """Break the connection without a word."""
        self._out.put_nowait(None)

    async def stop(self) -> None:
        """End the writing."""
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)

    async def _write(self) -> None:
        with contextlib.suppress(ClientConnectionError, ConnectionError):
            while True:
                said = await self._out.get()
                if isinstance(said, str):
                    await self._send(said)
                elif said is None:
                    self._break()
                    return
                else:
                    await self.socket.close(code=said)
                    return

    async def _send(self, text: str) -> None:
        if self._squeeze is None:
            await self.socket.send_str(text)
        else:
            await self.socket.send_bytes(self._squeeze(text.encode()))

    def _break(self) -> None:
        transport = self.socket._req.transport if self.socket._req else None
        if transport is not None:
            transport.abort()


@dataclass(slots=True, eq=False)
class Session:
    """What a client identified as. Events are numbered and kept, so that a lost connection can catch up."""

    id: str
    shard: int
    shards: int
    intents: int
    wire: Wire | None = None
    sequence: int = 0
    resumes: int = 0
    log: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REMEMBERED_EVENTS))

    def looks_after(self, guild: str) -> bool:
        """Say whether a guild belongs to this shard."""
        return (int(guild) >> 22) % self.shards == self.shard

    def emit(self, event: str, data: Any) -> None:
        """Tell an event, now or when the client is back."""
        self.sequence += 1
        text = json.dumps({"op": DISPATCH, "t": event, "s": self.sequence, "d": data})
        self.log.append((self.sequence, text))
        if self.wire is not None:
            self.wire.say(text)

    def can_replay(self, after: int) -> bool:
        """Say whether everything after this number is still remembered."""
        return after <= self.sequence and (not self.log or self.log[0][0] <= after + 1)

    def replay(self, after: int) -> None:
        """Tell again what the client did not hear."""
        assert self.wire is not None
        for number, text in self.log:
            if number > after:
                self.wire.say(text)
