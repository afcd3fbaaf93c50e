"""The state of an installation under way: only the browser that began it may finish it, once and in time."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets

from adapters.slack.payloads import at, read_json
from adapters.slack.sealing import BrokenSeal, Seal, Shelf
from bot.clock import Clock

LASTS_SECONDS = 600.0
_SPENT = "slack:state:"


class States:
    """Makes states and takes them back.

    A state is sealed and carries its own end, so that nobody can fill the store by asking for many. Only those that
    came back are kept, until they are over anyway.
    """

    def __init__(self, seal: Seal, shelf: Shelf, clock: Clock) -> None:
        self._seal, self._shelf, self._clock = seal, shelf, clock
        self._turn = asyncio.Lock()

    def make(self) -> str:
        """Make a state."""
        return self._seal.seal(f'{{"state": "{secrets.token_urlsafe(16)}", "until": {self._now() + LASTS_SECONDS}}}')

    async def spend(self, state: str, cookie: str) -> bool:
        """Take a state back; False when it is not this browser's, over, forged, or was taken back before."""
        until = self._until(state)
        if not state or not hmac.compare_digest(state.encode(), cookie.encode()) or until <= self._now():
            return False
        key = _SPENT + hashlib.sha256(state.encode()).hexdigest()
        async with self._turn:
            await self._forget_old()
            if await self._shelf.get(key) is not None:
                return False
            await self._shelf.put(key, str(until))
        return True

    def _until(self, state: str) -> float:
        try:
            until = at(read_json(self._seal.open(state)), "until")
        except (BrokenSeal, ValueError):
            return 0.0
        return float(until) if isinstance(until, int | float) else 0.0

    async def _forget_old(self) -> None:
        for key in await self._shelf.keys(_SPENT):
            if float(await self._shelf.get(key) or 0) <= self._now():
                await self._shelf.delete(key)

    def _now(self) -> float:
        return self._clock.now().timestamp()
