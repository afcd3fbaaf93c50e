"""Short reads, spread over the reading connections."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from storage.driver import DatabaseError
from storage.faults import fail
from storage.line import Line, Work
from storage.transaction import Failure, Outcomes, Works

T = TypeVar("T")
Row = tuple[Any, ...]
_Asked = list[tuple[Work[Any], asyncio.Future[Any]]]


class Reads:
    """Answers queries from whichever reading connection has the least to do.

    What is asked in the same turn of the event loop goes together: a hop to a thread costs more than most queries.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._asked: _Asked = []
        self._hops: set[asyncio.Task[Outcomes]] = set()

    async def rows(self, query: str, *values: object) -> list[Row]:
        """Return every row of a query, read at one moment after every acknowledged write."""
        # All rows at once: a cursor left open would hold its snapshot, and the log could not shrink.
        return await self._together(lambda connection: connection.execute(query, values).fetchall())

    async def row(self, query: str, *values: object) -> Row | None:
        """Return the only row of a query, if there is one."""
        rows = await self.rows(query, *values)
        return rows[0] if rows else None

    async def glance(self, work: Work[T]) -> T:
        """Run several queries that are quick; all of them see the same moment."""
        return await self._together(lambda connection: _at_one_moment(connection, work))

    async def run(self, work: Work[T]) -> T:
        """Run several queries in a hop of their own; all of them see the same moment."""
        return await self._idlest().run(lambda connection: _at_one_moment(connection, work))

    async def close(self) -> None:
        """Finish the reads that wait, then close."""
        for line in self._lines:
            await line.close()

    def _together(self, work: Work[T]) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[T] = loop.create_future()
        if not self._asked:
            loop.call_soon(self._ask)  # and whoever comes before that comes along
        self._asked.append((work, waiter))
        return waiter

    def _ask(self) -> None:
        asked, self._asked = self._asked, []
        line = self._idlest()
        hop = asyncio.get_running_loop().create_task(line.run(partial(_each, [work for work, _ in asked])))
        self._hops.add(hop)
        hop.add_done_callback(partial(self._tell, line, asked))

    def _tell(self, line: Line, asked: _Asked, hop: asyncio.Task[Outcomes]) -> None:
        self._hops.discard(hop)
        error = asyncio.CancelledError() if hop.cancelled() else hop.exception()
        outcomes = [Failure(error)] * len(asked) if error else hop.result()
        for (_, waiter), outcome in zip(asked, outcomes, strict=True):
            if waiter.done():  # whoever asked left
                continue
            if isinstance(outcome, Failure):
                fail(waiter, outcome.error, line.path)
            else:
                waiter.set_result(outcome)

    def _idlest(self) -> Line:
        return min(self._lines, key=lambda line: line.pending)


def _each(works: Works, connection: sqlite3.Connection) -> Outcomes:
    return [_outcome(work, connection) for work in works]


def _outcome(work: Work[Any], connection: sqlite3.Connection) -> Any:
    try:
        return work(connection)
    except Exception as error:
        return Failure(error)


def _at_one_moment(connection: sqlite3.Connection, work: Work[T]) -> T:
    connection.execute("BEGIN")
    try:
        return work(connection)
    finally:
        with suppress(*DatabaseError):
            connection.execute("ROLLBACK")  # nothing was written
