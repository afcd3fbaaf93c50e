"""Look over discord.py's shoulder: what it really sends, and how Discord really answers."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from types import SimpleNamespace

import aiohttp

from adapters.discord.breaker import Breaker, Timing
from adapters.discord.pacer import Pacer
from adapters.discord.setbacks import Unsettled

# A turn is for now: kept longer than this, many kept ones could come together to a burst.
FRESH = 0.2
LONGEST_PAUSE = 3_600.0
SWITCHING_PROTOCOLS = 101
# Marks requests that come back at once when Discord has a fault, because somebody waits for them.
PROMPT = object()


class Attempt:
    """One try of ours; discord.py may make several requests of it."""

    def __init__(self, pacer: Pacer, timing: Timing, key: str) -> None:
        self._pacer, self._timing, self._key = pacer, timing, key
        self._turn_at = timing.monotonic()
        self._sent = False
        self.told_to_wait = False

    async def leave(self) -> None:
        """Go out with a turn that is fresh; stop what would be said twice."""
        if self._sent and not self.told_to_wait:
            raise Unsettled(0)
        if self._sent or self._pacer.paused or self._timing.monotonic() - self._turn_at > FRESH:
            await self._pacer.turn(self._key, again=True)
        self._sent, self.told_to_wait = True, False


def trace_config(pacer: Pacer, breaker: Breaker) -> aiohttp.TraceConfig:
    """Make what a client takes as `http_trace`: it counts refusals and stops all on a global 429."""

    async def start(
        session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        attempt = context.trace_request_ctx
        if isinstance(attempt, Attempt):
            await attempt.leave()

    async def end(
        session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        response, attempt = request.response, context.trace_request_ctx
        ours = isinstance(attempt, Attempt)
        if response.status == SWITCHING_PROTOCOLS:
            return
        if not _shared(response):
            breaker.saw(response.status, paced=ours)
        if response.status == 429:
            await _obey(pacer, response)
        if isinstance(attempt, Attempt):
            attempt.told_to_wait = response.status == 429
        if response.status >= 500 and (ours or attempt is PROMPT):
            # discord.py would wait and repeat it by itself, past the pacer and even where that posts twice.
            raise Unsettled(response.status)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(start)
    trace.on_request_end.append(end)
    return trace


def _shared(response: aiohttp.ClientResponse) -> bool:
    """Say whether the limit was used up by others, which Discord does not hold against us."""
    return response.status == 429 and response.headers.get("X-RateLimit-Scope") == "shared"


async def _obey(pacer: Pacer, response: aiohttp.ClientResponse) -> None:
    """Stop everything when the limit is that of the whole bot, or when we are shut out before Discord even hears us."""
    headers = response.headers
    try:
        said = json.loads(await response.text(errors="replace"))
    except ValueError:
        said = None
    body = said if isinstance(said, dict) else {}
    everybody = headers.get("X-RateLimit-Global", "").lower() == "true" or body.get("global") is True
    if everybody or not headers.get("Via") or said is None:
        pacer.pause(told_to_wait(body, headers))


def told_to_wait(said: object, headers: Mapping[str, str]) -> float:
    """Return for how long Discord asks to wait: its words are more exact than its headers, but may be missing."""
    return _seconds(said.get("retry_after") if isinstance(said, dict) else None, headers.get("Retry-After"))


def _seconds(*said: object) -> float:
    for one in said:
        try:
            seconds = float(str(one))
        except ValueError:
            continue
        if math.isfinite(seconds):
            return min(max(seconds, 0.0), LONGEST_PAUSE)
    return 1.0
