"""Time that passes only when everybody sleeps."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tests.fakes.discord.deadline import WAIT_SECONDS

T = TypeVar("T")
ROUNDS_UNTIL_IDLE = 6


class VirtualTime:
    """Counts seconds; `through` lets them pass until some work is done."""

    def __init__(self, late: Callable[[], float] = lambda: 0.0) -> None:
        self.now, self._late = 1_000.0, late
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        awake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), awake))
        await awake

    async def through(self, work: Awaitable[T]) -> T:
        """Let time pass until the work is done, and fail if everybody waits for nothing."""
        task = asyncio.ensure_future(work)
        await self.idle()
        while not task.done():
            assert self._wake_one(), "everybody waits, nobody sleeps"
            await self.idle()
        return await task

    async def idle(self) -> None:
        """Let everybody go on who can."""
        for _ in range(ROUNDS_UNTIL_IDLE):
            await asyncio.sleep(0)

    def _wake_one(self) -> bool:
        while self._sleepers:
            due, _, awake = heapq.heappop(self._sleepers)
            if not awake.done():
                self.now = max(self.now, due + self._late())
                awake.set_result(None)
                return True
        return False


async def until(holds: Callable[[], bool]) -> None:
    """Let everybody go on until something has come true."""
    clock = asyncio.get_running_loop()
    end = clock.time() + WAIT_SECONDS
    while clock.time() < end:
        if holds():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came true")


class HastyTime:
    """Does not wait: whoever sleeps finds the time passed at once. For tests that talk to a real server."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)
        await asyncio.sleep(0)
