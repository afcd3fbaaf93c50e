"""A small server that answers as it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web


@asynccontextmanager
async def answering(
    answers: Mapping[str, tuple[int, Any]], headers: Mapping[str, str] | None = None
) -> AsyncIterator[str]:
    """Serve these answers by the end of the path; the address is yielded."""

    async def answer(request: web.Request) -> web.Response:
        status, body = next((said for end, said in answers.items() if request.path.endswith(end)), (404, {}))
        return web.json_response(body, status=status, headers=dict(headers or {}))

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
