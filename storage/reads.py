"""Short reads, spread over the reading connections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storage.line import Line

Row = tuple[Any, ...]


class Reads:
    """Answers queries from whichever reading connection has the least to do."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    async def rows(self, query: str, *values: object) -> list[Row]:
        """Return every row of a query, read at one moment after every acknowledged write."""
        line = min(self._lines, key=lambda line: line.pending)
        # All rows at once: a cursor left open would hold its snapshot, and the log could not shrink.
        return await line.run(lambda connection: connection.execute(query, values).fetchall())

    async def row(self, query: str, *values: object) -> Row | None:
        """Return the only row of a query, if there is one."""
        rows = await self.rows(query, *values)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Finish the reads that wait, then close."""
        for line in self._lines:
            await line.close()
