"""Serves health and metrics on a port of their own, which should stay private."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.core.outgoing import CannotStart

LARGEST = 1024
GOODBYE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Pages:
    """What is asked: whether all is ready, with its reasons, and the measures with their content type."""

    ready: Callable[[], Awaitable[tuple[bool, Mapping[str, object]]]]
    metrics: Callable[[], Awaitable[tuple[bytes, str]]]


@asynccontextmanager
async def serving(pages: Pages, host: str, port: int) -> AsyncIterator[int]:
    """Serve the pages until the block ends; the port is yielded."""

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")  # whoever answers is alive

    async def readyz(_: web.Request) -> web.Response:
        ready, reasons = await pages.ready()
        return web.json_response({"ready": ready, **reasons}, status=200 if ready else 503)

    async def metrics(_: web.Request) -> web.Response:
        body, content_type = await pages.metrics()
        return web.Response(body=body, headers={"Content-Type": content_type})

    app = web.Application(client_max_size=LARGEST)
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=GOODBYE_SECONDS)
    await runner.setup()
    try:
        yield await _listen(runner, host, port)
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> int:
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except OSError as error:
        raise CannotStart(
            f"Health and metrics cannot be at {host}:{port} ({error.strerror}). Choose another STEPWISE_MONITOR_PORT."
        ) from None
    await asyncio.sleep(0)
    return int(runner.addresses[0][1])
