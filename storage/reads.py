"""Short reads, spread over the reading connections."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, TypeVar

from storage.driver import DatabaseError
from storage.line import Line, Work

T = TypeVar("T")
Row = tuple[Any, ...]


class Reads:
    """Answers queries from whichever reading connection has the least to do."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    async def rows(self, query: str, *values: object) -> list[Row]:
        """Return every row of a query, read at one moment after every acknowledged write."""
        # All rows at once: a cursor left open would hold its snapshot, and the log could not shrink.
        return await self._idlest().run(lambda connection: connection.execute(query, values).fetchall())

    async def row(self, query: str, *values: object) -> Row | None:
        """Return the only row of a query, if there is one."""
        rows = await self.rows(query, *values)
        return rows[0] if rows else None

    async def run(self, work: Work[T]) -> T:
        """Run several queries in one hop; all of them see the same moment."""
        return await self._idlest().run(lambda connection: _at_one_moment(connection, work))

    async def close(self) -> None:
        """Finish the reads that wait, then close."""
        for line in self._lines:
            await line.close()

    def _idlest(self) -> Line:
        return min(self._lines, key=lambda line: line.pending)


def _at_one_moment(connection: sqlite3.Connection, work: Work[T]) -> T:
    connection.execute("BEGIN")
    try:
        return work(connection)
    finally:
        with suppress(*DatabaseError):
            connection.execute("ROLLBACK")  # nothing was written
