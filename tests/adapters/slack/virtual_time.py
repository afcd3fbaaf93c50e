"""Time that passes only when nothing else happens."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

SETTLED = 20


@dataclass
class VirtualTime:
    """A clock and its sleep. `run` lets time go on to the next sleeper whenever no request is under way."""

    seconds: float = 100.0
    _sleepers: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)
    _flying: set[asyncio.Task[Any]] = field(default_factory=set)

    def now(self) -> datetime:
        return datetime(2026, 11, 21, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        assert seconds > 0
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.seconds + seconds, next(self._numbers), woken))
        await woken

    def request(self, call: Callable[[], Awaitable[Any]]) -> Callable[[], Awaitable[Any]]:
        """Make a call known, so that time stands still while it is under way."""

        async def known() -> Any:
            task = asyncio.ensure_future(call())
            self._flying.add(task)
            task.add_done_callback(self._flying.discard)
            return await task

        return known

    async def run(self, *things: Awaitable[Any]) -> list[Any]:
        """Wait for these, and return what each returned or raised."""
        tasks = [asyncio.ensure_future(one) for one in things]
        while not all(task.done() for task in tasks):
            for _ in range(SETTLED):
                await asyncio.sleep(0)
            if self._flying:
                await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
            elif not all(task.done() for task in tasks):
                self._go_on()
        return await asyncio.gather(*tasks, return_exceptions=True)

    def _go_on(self) -> None:
        assert self._sleepers, "Everybody waits, and nobody sleeps."
        moment, _, woken = heapq.heappop(self._sleepers)
        self.seconds = max(self.seconds, moment)
        if not woken.done():
            woken.set_result(None)
