"""The Web API's door: reads a call, holds it to the rules, lets it meet its fault, and writes it down."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack import chat, conversations, directory, files, oauth_methods, view_methods
from tests.fakes.slack.asked import Asked, Method
from tests.fakes.slack.faults import Fault
from tests.fakes.slack.tokens import Token
from tests.fakes.slack.trouble import ApiError

if TYPE_CHECKING:
    from tests.fakes.slack.world import FakeSlack

METHODS: Mapping[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **directory.METHODS,
    **files.METHODS,
    **oauth_methods.METHODS,
    **view_methods.METHODS,
}
STRUCTURED = ("blocks", "view", "files", "attachments", "metadata")


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call as it was made, and the error that it met."""

    method: str
    args: dict[str, Any]
    error: str
    team: str
    at: float


class Door:
    """Answers at /api/."""

    def __init__(self, world: FakeSlack) -> None:
        self._world = world
        self.calls: list[ApiCall] = []

    async def api(self, request: web.Request) -> web.Response:
        """Answer one call."""
        name = request.match_info["method"]
        args = await _arguments(request)
        token: Token | None = None
        error, headers = "lost", {}
        try:
            token = self._token(name, request, args)
            headers = {"x-oauth-scopes": ",".join(token.scopes)} if token else {}
            answered = await self._run(request, Asked(self._world, name, args, token, _basic(request)))
            error = ""
            return web.json_response({"ok": True, **answered}, headers=headers)
        except ApiError as refusal:
            error = refusal.code
            return _refused(refusal)
        finally:
            self.record(name, args, error, token.team if token else "")

    async def _run(self, request: web.Request, asked: Asked) -> dict[str, Any]:
        team = (asked.token.team or asked.token.enterprise) if asked.token else ""
        channel = asked.text("channel")
        fault = await self.trouble(request, asked.method, team, channel)
        self._world.rates.check(asked.method, team, channel)
        try:
            answered = METHODS[asked.method].run(asked)
        except (ValueError, TypeError) as error:
            raise ApiError("invalid_arguments", response_metadata={"messages": [str(error)]}) from error
        if fault:
            await self.aftermath(request, fault)
        return answered

    async def trouble(self, request: web.Request, method: str, team: str = "", channel: str = "") -> Fault | None:
        """Let a planned fault strike; return one that waits until the effect took place."""
        fault = self._world.faults.take(method, team, channel)
        if fault is None or fault.lost == "after" or fault.after:
            return fault
        await self._strike(request, fault)
        return None

    async def aftermath(self, request: web.Request, fault: Fault) -> None:
        """Let a fault strike although everything was done."""
        await self._strike(request, fault)

    async def _strike(self, request: web.Request, fault: Fault) -> None:
        if fault.hang:
            await self._world.closing.wait()
        if (fault.lost or fault.hang) and request.transport is not None:
            request.transport.abort()
            raise ConnectionResetError
        if fault.status >= 500:
            raise ApiError("service_unavailable", status=fault.status)
        if fault.retry_after:
            raise ApiError("ratelimited", status=429, retry_after=fault.retry_after)
        if fault.error:
            raise ApiError(fault.error)

    def record(self, method: str, args: dict[str, Any], error: str, team: str = "") -> None:
        """Write a call down."""
        self.calls.append(ApiCall(method, args, error, team, self._world.clock.monotonic()))
        self._world.log.ring()

    def _token(self, name: str, request: web.Request, args: dict[str, Any]) -> Token | None:
        method = METHODS.get(name)
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        shown = request.headers.get("Authorization", "")
        value = shown.removeprefix("Bearer ") if shown.startswith("Bearer ") else str(args.get("token") or "")
        if not method.token:
            return None
        token = self._world.vault.check(value)
        if method.token not in ("any", token.kind):
            raise ApiError("not_allowed_token_type")
        if method.scopes and not {*method.scopes} & {*token.scopes}:
            raise ApiError("missing_scope", needed=",".join(method.scopes[:1]), provided=",".join(token.scopes))
        return token


def _refused(refusal: ApiError) -> web.Response:
    if refusal.status >= 500:
        return web.Response(status=refusal.status, text="<html>upstream trouble</html>", content_type="text/html")
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    body = {"ok": False, "error": refusal.code, **refusal.extra}
    return web.json_response(body, status=refusal.status, headers=headers)


def _basic(request: web.Request) -> tuple[str, str]:
    shown = request.headers.get("Authorization", "")
    if not shown.startswith("Basic "):
        return "", ""
    name, _, secret = base64.b64decode(shown.removeprefix("Basic ")).decode().partition(":")
    return name, secret


async def _arguments(request: web.Request) -> dict[str, Any]:
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        args |= json.loads(await request.text() or "{}")
    else:
        args |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for name in STRUCTURED:
        if isinstance(args.get(name), str):
            try:
                args[name] = json.loads(args[name]) if args[name] else None
            except json.JSONDecodeError:
                args[name] = {"not": "json"}
    return args
