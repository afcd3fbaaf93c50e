"""Answer what the author's page asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from adapters.web.drawing import draw_entry
from adapters.web.entries import Entry
from adapters.web.hall import Author, Hall
from adapters.web.people import handle_of
from bot.core.calls import Answer
from bot.core.reply import Reply, Update

Json = dict[str, Any]
AUTHOR = handle_of("the author")
ROOM = "author"


def author_routes(author: Author, hall: Hall) -> Sequence[web.RouteDef]:
    """Return the addresses of the author's page."""

    async def look(_request: web.Request) -> web.StreamResponse:
        return web.json_response(await author.look())

    async def search(request: web.Request) -> web.StreamResponse:
        return web.json_response(await author.search(request.query.get("q", "")[:500]))

    async def show(request: web.Request) -> web.StreamResponse:
        query = request.query
        answer = await author.show(query.get("kind", ""), query.get("id", "")[:100])
        return web.json_response(_shown(answer, hall))

    async def sample(request: web.Request) -> web.StreamResponse:
        found = await author.sample(request.query.get("id", "")[:100], _number(request.query, "turn"))
        return web.json_response(found or {})

    async def changed(request: web.Request) -> web.StreamResponse:
        return web.json_response({"version": await author.changed(_number(request.query, "seen"))})

    return [
        web.get("/author/look", look),
        web.get("/author/search", search),
        web.get("/author/show", show),
        web.get("/author/sample", sample),
        web.get("/author/changed", changed),
    ]


def _number(query: Mapping[str, str], name: str) -> int:
    text = query.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _shown(answer: Answer | None, hall: Hall) -> Json:
    """Draw an entry here and on every platform."""
    match answer.outcome if answer else None:
        case Update(reply) | (Reply() as reply):
            entry: Entry = hall.rooms.say(ROOM, reply, only=AUTHOR)
            payloads = {name: one.reply(reply, True) for name, one in hall.scene.previews.items()}
            return {"entry": draw_entry(entry), "payloads": payloads}
        case _:
            return {}
