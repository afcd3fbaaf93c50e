"""Connections that ask for nothing, or so slowly that they would use up what others need."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.web.patience import Patience

SECONDS = 30.0
LONG = 600.0
HALF = b"GET / HTTP/1.1\r\nHost: here\r\n"
WHOLE = HALF + b"\r\n"
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def answering(patience: Patience, handler: Handler) -> AsyncIterator[Callable[..., asyncio.Task[Line]]]:
    """Serve one address with this much patience, and give a way to call it."""
    app = web.Application(middlewares=[patience.listen])
    app.add_routes([web.get("/", handler)])
    runner, loop, lines = web.AppRunner(app, handle_signals=False), asyncio.get_running_loop(), list[Line]()
    await runner.setup()
    assert runner.server is not None
    listening = await loop.create_server(patience.greeting(runner.server), "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]

    async def call(said: bytes) -> Line:
        line = await asyncio.open_connection("127.0.0.1", port)
        lines.append(line)
        line[1].write(said)
        return line

    try:
        async with asyncio.timeout(SECONDS):
            yield lambda said: loop.create_task(call(said))
    finally:
        for _, writer in lines:
            writer.close()
        listening.close()
        patience.stop()
        await runner.cleanup()


async def hello(_request: web.Request) -> web.StreamResponse:
    return web.Response(text="hello")


async def is_closed(line: Line) -> bool:
    """Wait until the other side hangs up."""
    try:
        return await line[0].read() == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize("said", [b"", HALF], ids=["nothing", "half a request"])
async def test_who_does_not_come_to_the_point_is_hung_up_on(said: bytes) -> None:
    async with answering(Patience(first=0.05), hello) as call:
        assert await is_closed(await call(said))


async def test_who_has_their_answer_and_stays_is_hung_up_on_later() -> None:
    async with answering(Patience(first=LONG, next=0.05), hello) as call:
        reader, _ = await call(WHOLE)
        assert (await reader.read()).endswith(b"hello")


async def test_a_request_may_take_its_time() -> None:
    others_are_gone = asyncio.Event()

    async def slow(_request: web.Request) -> web.StreamResponse:
        await others_are_gone.wait()
        return web.Response(text="at last")

    async with answering(Patience(first=1.0, next=LONG), slow) as call:
        asked = await call(WHOLE)
        assert await is_closed(await call(b""))
        others_are_gone.set()
        assert await asked[0].readuntil(b"at last")


async def test_of_many_who_say_nothing_the_oldest_goes() -> None:
    async with answering(Patience(first=LONG, next=LONG, most=2), hello) as call:
        silent = [await call(b"") for _ in range(2)]
        asked = await call(WHOLE)
        assert await is_closed(silent[0])
        assert await asked[0].readuntil(b"hello")
        silent[1][1].write(WHOLE)
        assert await silent[1][0].readuntil(b"hello")
