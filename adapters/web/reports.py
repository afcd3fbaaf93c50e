"""Answer who asks for the organiser's page, or for one of its tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from adapters.web.exporting import table_of
from adapters.web.organiser import organiser_page
from bot.models.reports import Report

Reporter = Callable[[int | None], Awaitable[Report | None]]


def report_routes(reporter: Reporter) -> Sequence[web.RouteDef]:
    """Return the addresses of the organiser's page."""

    async def show(request: web.Request) -> web.StreamResponse:
        report = await reporter(_community(request))
        return web.Response(text=organiser_page(report), content_type="text/html")

    async def export(request: web.Request) -> web.StreamResponse:
        report = await reporter(_community(request))
        table = table_of(report, request.match_info["name"]) if report else None
        if table is None:
            raise web.HTTPNotFound(text="There is no such table.")
        name = f"{request.match_info['name']}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(text=table, content_type="text/csv", headers=headers)

    return [web.get("/organiser", show), web.get(r"/organiser/{name:[a-z]+}.csv", export)]


def _community(request: web.Request) -> int | None:
    asked = request.query.get("community", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None
