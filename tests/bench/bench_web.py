"""200 chat clients on the page at once, beside a bare aiohttp echo over the same number of sockets."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import aiohttp
from aiohttp import web

from adapters.web.hall import Scene
from adapters.web.service import Account, on_web
from bot.clock import SystemClock
from bot.services.comings import Comings
from bot.settings import Settings
from bot.wiring import open_house
from tests.conftest import SMALL_PACK

CLIENTS, EACH = 200, 10
SECONDS = 120
QUESTION, SHORT = "/faq how often do i water tomatoes", "/about"

Ask = Callable[[aiohttp.ClientWebSocketResponse, str], Awaitable[None]]


@asynccontextmanager
async def page() -> AsyncIterator[str]:
    """Open the page over the whole bot with the small pack."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{Path(folder) / 'bench.db'}", content=str(SMALL_PACK))
        async with open_house(settings, SystemClock()) as house:
            door, shelf = house.services.get(Comings), house.store.secrets
            async with on_web(Account(port=0), house.dispatcher, door, shelf, Scene("Bench"), lambda _: None) as there:
                yield there.address


@asynccontextmanager
async def echo() -> AsyncIterator[str]:
    """Open a server that says back what it hears."""

    async def answer(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        async for message in socket:
            await socket.send_str(message.data)
        return socket

    app = web.Application()
    app.router.add_get("/socket", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}/"
    finally:
        await runner.cleanup()


async def ask_page(socket: aiohttp.ClientWebSocketResponse, line: str) -> None:
    """Type a line and wait until it is answered."""
    await socket.send_json({"do": "say", "room": "direct", "line": line, "n": 1, "id": uuid4().hex})
    while json.loads(await socket.receive_str())["about"] != "done":
        pass


async def ask_echo(socket: aiohttp.ClientWebSocketResponse, line: str) -> None:
    """Say a line and wait for it."""
    await socket.send_str(line)
    await socket.receive_str()


async def measure(name: str, address: str, ask: Ask, line: str) -> None:
    """Let everybody talk at once, and print how it went."""
    took: list[float] = []
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))
        headers = {"Origin": address.rstrip("/")}
        sockets = [
            await stack.enter_async_context(session.ws_connect(f"{address}socket", headers=headers, compress=0))
            for _ in range(CLIENTS)
        ]
        if ask is ask_page:
            for number, socket in enumerate(sockets):
                await socket.send_json({"do": "sit", "name": f"member-{number}", "organiser": False})
                await socket.receive_str()

        async def talk(socket: aiohttp.ClientWebSocketResponse) -> None:
            for _ in range(EACH):
                begun = time.perf_counter()
                await ask(socket, line)
                took.append(time.perf_counter() - begun)

        begun = time.perf_counter()
        await asyncio.gather(*map(talk, sockets))
        whole = time.perf_counter() - begun
    took.sort()
    rate, half, last = len(took) / whole, took[len(took) // 2] * 1000, took[int(len(took) * 0.99)] * 1000
    print(f"{name:<28} {rate:>9,.0f} messages/s   p50 {half:>7.1f} ms   p99 {last:>7.1f} ms")


async def run() -> None:
    """Measure both in one run."""
    print(f"web: {CLIENTS} clients at once, {EACH} lines each, client and server in one process")
    async with asyncio.timeout(SECONDS):
        async with echo() as address:
            await measure("bare aiohttp echo", address, ask_echo, QUESTION)
        async with page() as address:
            await measure(f"the page: {SHORT}", address, ask_page, SHORT)
        async with page() as address:
            await measure("the page: a question", address, ask_page, QUESTION)


def main() -> int:
    """Run the benchmark."""
    asyncio.run(run())
    return 0


if __name__ == "__main__":
    sys.exit(main())
