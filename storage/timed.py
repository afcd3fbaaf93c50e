"""A writer and readers that say how long each piece of work took, waiting included."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from bot.clock import Clock
from storage.line import Line, Work
from storage.reads import Reads, Row
from storage.writer import Writer

T = TypeVar("T")
# Hears what was done (read, write), and how many seconds it took.
Timing = Callable[[str, float], None]


class TimedWriter(Writer):
    """Times each write from when it is handed in until it is committed."""

    def __init__(self, line: Line, clock: Clock, timing: Timing, *, before: Callable[[], None] | None = None) -> None:
        super().__init__(line, before=before)
        self._clock, self._timing = clock, timing

    def run(self, work: Work[T]) -> asyncio.Future[T]:
        """Take this write."""
        written, began = super().run(work), self._clock.monotonic()
        written.add_done_callback(partial(self._done, began))
        return written

    def _done(self, began: float, _: asyncio.Future[Any]) -> None:
        self._timing("write", self._clock.monotonic() - began)


class TimedReads(Reads):
    """Times each read from when it is asked until its rows are here."""

    def __init__(self, lines: Sequence[Line], clock: Clock, timing: Timing) -> None:
        super().__init__(lines)
        self._clock, self._timing = clock, timing

    async def rows(self, query: str, *values: object) -> list[Row]:
        """Return every row of a query."""
        return await self._timed(super().rows(query, *values))

    async def glance(self, work: Work[T]) -> T:
        """Run several quick queries."""
        return await self._timed(super().glance(work))

    async def run(self, work: Work[T]) -> T:
        """Run several queries in a hop of their own."""
        return await self._timed(super().run(work))

    async def _timed(self, reading: Awaitable[T]) -> T:
        began = self._clock.monotonic()
        try:
            return await reading
        finally:
            self._timing("read", self._clock.monotonic() - began)
