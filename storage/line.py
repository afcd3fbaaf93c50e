"""One connection and the thread that it lives in."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import aiosqlite

from storage import faults

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_ROWS_A_HOP = 64


class Line(aiosqlite.Connection):
    """An aiosqlite connection that can run a whole piece of work in one hop to its thread."""

    def __init__(self, path: Path, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, _ROWS_A_HOP)
        # A program that ends without closing its store must end, not wait for this thread.
        self._thread.daemon = True
        self.path, self.pending = path, 0
        self._ending: asyncio.Future[object] | None = None

    async def open(self) -> Line:
        """Start the thread and connect."""
        try:
            await self
        except Exception as error:
            if self._ending is not None:
                await self._ending  # or the thread would still look for an event loop that may be gone
            raise faults.explain(error, self.path) from error
        return self

    def stop(self) -> asyncio.Future[object] | None:
        """Tell the thread to end after what it has to do."""
        self._ending = super().stop()
        return self._ending

    async def run(self, work: Work[T]) -> T:
        """Run this work in the connection's thread and return what it returns."""
        if not self._running or self._connection is None or not self._thread.is_alive():
            raise faults.closed()
        self.pending += 1
        try:
            # aiosqlite's public methods hop once per statement. Its own door for "run this in the thread"
            # is meant for subclasses; a hop for each statement would cost more than the statement.
            return cast(T, await self._execute(work, self._connection))  # type: ignore[no-untyped-call]
        except Exception as error:
            raise faults.explain(error, self.path) from error
        finally:
            self.pending -= 1

    async def close(self) -> None:
        """Finish what waits in the thread, then close; a second call does nothing."""
        if self._thread.is_alive():
            await super().close()
