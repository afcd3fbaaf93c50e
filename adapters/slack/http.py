"""HTTP mode: Slack calls this server. Whoever else calls it is refused, and stops nobody."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.gate import Gate, Handler
from adapters.slack.manifest import EVENTS_PATH
from bot.core.outgoing import CannotStart

log = logging.getLogger(__name__)

HEALTH_PATH = "/healthz"
LARGEST = 2**20
GOODBYE_SECONDS = 5.0
_STAMP, _SIGNATURE = re.compile(r"[0-9]{1,12}"), re.compile(r"v0=[0-9a-f]{64}")


def events_route(app: AsyncApp) -> web.RouteDef:
    """Make the address to which Slack sends everything."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if not _looks_signed(request):
            return web.Response(status=401, text="This is where Slack calls. Nothing else is answered here.")
        try:
            asked = AsyncBoltRequest(
                body=await request.text(),
                query=request.query_string,
                headers=dict(request.headers),
            )
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            # The SDK reads before it checks who sent it.
            log.info("A request could not be read: %s", type(error).__name__)
            return web.Response(status=400, text="This cannot be read.")
        return await to_aiohttp_response(await app.async_dispatch(asked))

    return web.post(EVENTS_PATH, answer)


def _looks_signed(request: web.Request) -> bool:
    """Let through what slack-bolt can check; on some other things it would stumble."""
    stamp, signature = (request.headers.get(f"X-Slack-{name}", "") for name in ("Request-Timestamp", "Signature"))
    return bool(_STAMP.fullmatch(stamp) and _SIGNATURE.fullmatch(signature))


async def _healthy(request: web.Request) -> web.StreamResponse:
    return web.Response(text="ok")


@asynccontextmanager
async def serving(routes: Iterable[web.RouteDef], host: str, port: int, gate: Gate | None = None) -> AsyncIterator[int]:
    """Serve these addresses until the block ends; the port is where they are served."""
    gate = gate or Gate()
    site = web.Application(client_max_size=LARGEST, middlewares=[_small, gate.middleware])
    site.add_routes([web.get(HEALTH_PATH, _healthy), *routes])
    runner = web.AppRunner(
        site,
        access_log=None,
        auto_decompress=False,  # a small body could hide a very large one
        lingering_time=0.0,
        shutdown_timeout=GOODBYE_SECONDS,
        handle_signals=False,
    )
    await runner.setup()
    server = await _listen(runner, gate, host, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await runner.cleanup()


async def _listen(runner: web.AppRunner, gate: Gate, host: str, port: int) -> asyncio.Server:
    if runner.server is None:
        raise RuntimeError("The server is not set up.")
    try:
        return await asyncio.get_running_loop().create_server(gate.guard(runner.server), host, port, backlog=1024)
    except OSError as error:
        raise CannotStart(
            f"Slack cannot call here: {host}:{port} is not free ({error.strerror}). Choose another port."
        ) from None


@web.middleware
async def _small(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a large body by what its head says, before any of it is read."""
    if (request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
    return await handler(request)
