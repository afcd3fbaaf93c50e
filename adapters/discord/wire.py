"""Send to Discord over discord.py's own HTTP client, once where it matters, and say plainly what went wrong."""

from __future__ import annotations

import hashlib
import io
import json
import logging
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient

from adapters.discord.breaker import Timing
from adapters.discord.pacer import NoTurn, Pacer
from adapters.discord.routes import is_repeatable, route_of, split_query
from adapters.discord.setbacks import Setback, setback_of
from adapters.discord.tracing import Attempt, trace_config
from bot.core.outgoing import PostFailed, Trouble

__all__ = ["Files", "Wire", "nonce_of", "trace_config"]

log = logging.getLogger(__name__)

Files = tuple[tuple[str, bytes], ...]
WAITS = (1.0, 2.0, 4.0, 8.0)
# Discord knows a nonce again for "a few minutes"; so long after a first doubt we no longer rely on it.
NONCE_LASTS = 90.0
DETAIL_LENGTH = 200
CONNECT_WITHIN, ANSWER_WITHIN = 10.0, 30.0
UNSURE = (Trouble.LATER, Trouble.UNKNOWN)


def nonce_of(*parts: str) -> str:
    """Make the nonce of a message from what makes the message what it is; the same parts give the same nonce."""
    digest = hashlib.sha256(json.dumps(parts).encode()).digest()
    return urlsafe_b64encode(digest[:18]).decode()


@dataclass(frozen=True, slots=True)
class _Errand:
    """What is to be sent."""

    key: str
    method: str
    path: str
    body: dict[str, Any] | None
    files: Files
    nonce: str

    @property
    def harmless(self) -> bool:
        """Say whether it may be done twice at any time."""
        return is_repeatable(self.method, self.path)

    def payload(self) -> dict[str, Any]:
        """Make the arguments that carry the body; files are new each time, for they are read."""
        body = {**(self.body or {}), **({"nonce": self.nonce, "enforce_nonce": True} if self.nonce else {})}
        if not self.files:
            return {} if self.body is None else {"json": body}
        files = [discord.File(io.BytesIO(data), filename=name) for name, data in self.files]
        parts: list[dict[str, Any]] = [{"name": "payload_json", "value": json.dumps(body)}]
        for index, (file, (name, _)) in enumerate(zip(files, self.files, strict=True)):
            kind = "application/octet-stream"
            parts.append({"name": f"files[{index}]", "value": file.fp, "filename": name, "content_type": kind})
        return {"files": files, "form": parts}


class Wire:
    """Sends what is not the answer to an interaction."""

    def __init__(self, http: HTTPClient, pacer: Pacer, timing: Timing, *, answer_within: float = ANSWER_WITHIN) -> None:
        self._http, self._pacer, self._timing = http, pacer, timing
        # No total: waiting for a turn or for a channel's own limit is no fault of the connection.
        self._patience = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_WITHIN, sock_read=answer_within)

    async def send(
        self,
        key: str,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        files: Files = (),
        nonce: str = "",
    ) -> Any:
        """Send when this key's turn comes and return Discord's answer, or raise `PostFailed`."""
        errand = _Errand(key, method, path, body, files, nonce)
        unsure_since: float | None = None
        for count, wait in enumerate((*WAITS, None)):
            outcome = await self._try(errand, again=count > 0)
            if not isinstance(outcome, Setback):
                return outcome
            if outcome.trouble is Trouble.UNKNOWN and unsure_since is None:
                unsure_since = self._timing.monotonic()
            if wait is None or outcome.final or not self._may_repeat(errand, unsure_since, wait):
                break
            log.info("%s; trying again in %.0f s.", self._speakable(outcome.detail), wait)
            await self._timing.sleep(wait)
        raise self._failure(errand, outcome, unsure=unsure_since is not None)

    def _may_repeat(self, errand: _Errand, unsure_since: float | None, wait: float) -> bool:
        if errand.harmless or unsure_since is None:
            return True
        return bool(errand.nonce) and self._timing.monotonic() + wait - unsure_since <= NONCE_LASTS

    def _failure(self, errand: _Errand, setback: Setback, *, unsure: bool) -> PostFailed:
        trouble = setback.trouble
        if trouble in UNSURE:
            trouble = Trouble.UNKNOWN if unsure and not errand.harmless else Trouble.LATER
        return PostFailed(trouble, self._speakable(setback.detail), setback.wait)

    def _speakable(self, detail: str) -> str:
        """Take the bot's token out, should somebody between us and Discord have repeated it."""
        token = self._http.token
        return (detail.replace(token, "[token]") if token else detail)[:DETAIL_LENGTH]

    async def _try(self, errand: _Errand, *, again: bool) -> Any:
        """Try once; what failed comes back as a value, for an error would carry the token with it in its request."""
        try:
            await self._pacer.turn(errand.key, again=again)
            return await self._request(errand)
        except Exception as error:
            setback = setback_of(error)
            if setback is None:
                raise
            return setback

    async def _request(self, errand: _Errand) -> Any:
        if self._http.token is None:
            raise NoTurn(0.0)
        path, query = split_query(errand.path)
        return await self._http.request(
            route_of(errand.method, path),
            **errand.payload(),
            params=query,
            allow_redirects=False,
            timeout=self._patience,
            trace_request_ctx=Attempt(self._pacer, self._timing, errand.key),
        )
