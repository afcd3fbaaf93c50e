"""The door of the REST API: every request passes here, is judged and remembered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from tests.fakes.discord import routing
from tests.fakes.discord.calls import Call, Request, Upload
from tests.fakes.discord.faults import Fault, Kind
from tests.fakes.discord.judging import second_opinion
from tests.fakes.discord.rates import Verdict
from tests.fakes.discord.refusals import Refused, invalid_form, no_such_route, unauthorised

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

JSON, MULTIPART = "application/json", "multipart/form-data"
# Without it, a client takes a 429 for a ban.
VIA = {"Via": "1.1 google"}
BANNED = "error code: 1015"
MAJOR = ("channels", "guilds", "webhooks")


class Door:
    """Lets requests in, as Discord does."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def enter(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """Answer one request, with all the trouble that was asked for."""
        seen = Request(request.method, path, at=self._world.now())
        if self._world.remember:
            self._world.requests.append(seen)
        fault = self._world.faults.take(request.method, path)
        response = await (self._spoil(request, fault) if _is_early(fault) else self._answer(request, path, seen))
        if fault is not None and fault.kind is Kind.LOST_AFTER:
            _cut(request)
        self._world.rates.count(response.status, shared=False)
        seen.status = response.status if request.transport and not request.transport.is_closing() else 0
        self._world.bell.ring()
        return response

    async def _spoil(self, request: web.BaseRequest, fault: Fault | None) -> web.Response:
        assert fault is not None
        await request.read()
        if fault.kind is Kind.HANG:
            self._world.bell.ring()
            await self._world.closing.wait()
        if fault.kind is not Kind.STATUS:
            _cut(request)
            return web.Response(status=500)
        headers = VIA | dict(fault.headers)
        if isinstance(fault.body, str):
            return web.Response(status=fault.status, text=fault.body, headers=headers)
        return _json(fault.status, fault.body, headers)

    async def _answer(self, request: web.BaseRequest, path: str, seen: Request) -> web.Response:
        if self._world.rates.banned:
            return web.Response(status=429, text=BANNED)
        headers: dict[str, str] = {}
        try:
            route, ids = self._route(request, path)
            verdict = self._weigh(route, path)
            if verdict is not None and not verdict.passes:
                return _json(429, verdict.body, VIA | verdict.headers)
            headers = verdict.headers if verdict else {}
            call = await self._read(request, path, ids, seen)
            status, seen.answer = route.handler(self._world, call)
        except Refused as refusal:
            status, seen.answer = refusal.status, refusal.body
        return _json(status, seen.answer, VIA | headers)

    def _route(self, request: web.BaseRequest, path: str) -> tuple[routing.Route, tuple[str, ...]]:
        found = routing.find(request.method, path)
        if found is None:
            raise no_such_route()
        if not found[0].has_token and request.headers.get("Authorization") != f"Bot {self._world.token}":
            raise unauthorised()
        return found

    def _weigh(self, route: routing.Route, path: str) -> Verdict | None:
        if route.has_token:
            return None
        first, major, *_ = [*path.strip("/").split("/"), ""]
        return self._world.rates.weigh(route.key, major if first in MAJOR else "")

    async def _read(self, request: web.BaseRequest, path: str, ids: tuple[str, ...], seen: Request) -> Call:
        seen.reason = request.headers.get("X-Audit-Log-Reason", "")
        body, uploads = await _content(request)
        seen.body, seen.files = body, {one.name: one.data for one in uploads}
        problems = second_opinion(request.method, path, body) if self._world.judged else []
        if problems:
            raise invalid_form(*problems)
        return Call(request.method, path, ids, dict(request.query), body, uploads, seen.reason)


async def _content(request: web.BaseRequest) -> tuple[Any, tuple[Upload, ...]]:
    if request.headers.get("Content-Type", "").startswith(MULTIPART):
        return await _parts(request)
    raw = await request.read()
    if not raw:
        return None, ()
    if request.headers.get("Content-Type") != JSON:
        raise Refused(415, 0, f"415: {request.headers.get('Content-Type')} is not {JSON}")
    return _loads(raw), ()


async def _parts(request: web.BaseRequest) -> tuple[Any, tuple[Upload, ...]]:
    body: Any = None
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise invalid_form("parts within parts")
        name, data = part.name or "", bytes(await part.read())
        if name == "payload_json":
            body = _loads(data)
        elif name.startswith("files[") and name.endswith("]") and part.filename:
            uploads.append(Upload(name[6:-1], part.filename, data))
        else:
            raise invalid_form(f"a part called {name!r}")
    return body, tuple(uploads)


def _loads(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise Refused(400, 50109, "The request body contains invalid JSON.") from None


def _is_early(fault: Fault | None) -> bool:
    return fault is not None and fault.kind is not Kind.LOST_AFTER


def _json(status: int, answer: Any, headers: dict[str, str]) -> web.Response:
    if status == 204:
        return web.Response(status=204, headers=headers)
    # Exactly this type: clients read nothing else.
    return web.Response(status=status, body=json.dumps(answer).encode(), headers=headers | {"Content-Type": JSON})


def _cut(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.abort()
