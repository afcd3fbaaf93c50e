"""Whether an answer helped: one vote for each member and answer."""

from __future__ import annotations

import sqlite3

from storage.reads import Reads
from storage.writes import Writes

_CAST = """
INSERT INTO votes (faq, person_id, helped) VALUES (?, ?, ?)
ON CONFLICT (faq, person_id) DO UPDATE SET helped = excluded.helped
"""
_TALLY = "SELECT coalesce(sum(helped), 0), coalesce(sum(1 - helped), 0) FROM votes WHERE faq = ?"


class SqliteVotes:
    """Keeps the votes in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def cast(self, person_id: int, faq: str, *, helped: bool) -> None:
        values = (faq, person_id, int(helped))

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_CAST, values)

        await self._writes.submit(self._writes.step("votes.cast"), write)

    async def tally(self, faq: str) -> tuple[int, int]:
        ((helped, not_helped),) = await self._reads.rows(_TALLY, faq)
        return helped, not_helped
