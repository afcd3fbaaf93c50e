"""The network between the bot and a platform, to which things can be done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

PIECE = 65_536


class Relay:
    """Carries bytes both ways, until it is cut; and not before a while, when it is slow."""

    def __init__(self, port: int) -> None:
        self._beyond = port
        self._open: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._works = True
        self.port, self.delay = 0, 0.0

    async def start(self) -> None:
        """Listen at a free port."""
        self._open = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._open.sockets[0].getsockname()[1]

    def instead_of(self, url: str) -> str:
        """Return an address that leads through here."""
        return url.replace(f":{urlsplit(url).port}", f":{self.port}", 1)

    def cut(self) -> None:
        """Break every line, and let nothing through."""
        self._works = False
        for one in tuple(self._lines):
            one.transport.abort()

    def mend(self) -> None:
        """Let everything through again."""
        self._works = True

    async def close(self) -> None:
        """Stop carrying."""
        assert self._open is not None
        self._open.close()
        self.cut()
        for one in tuple(self._tasks):
            one.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if not self._works:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._beyond)
        self._lines |= {writer, back}
        try:
            await asyncio.gather(self._one_way(reader, back), self._one_way(there, writer))
        finally:
            self._lines -= {writer, back}

    async def _one_way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while piece := await reader.read(PIECE):
                if self.delay:
                    await asyncio.sleep(self.delay)
                writer.write(piece)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def relayed(port: int) -> AsyncIterator[Relay]:
    """Carry to this port until the block ends."""
    relay = Relay(port)
    await relay.start()
    try:
        yield relay
    finally:
        await relay.close()
