"""What members were told once."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from storage.reads import Reads
from storage.writes import Writes

_TELL = "INSERT INTO told (person_id, what) VALUES (?, ?) ON CONFLICT (person_id, what) DO NOTHING"
_OF = "SELECT what FROM told WHERE person_id = ?"


class SqliteTold:
    """Keeps in SQLite what members were told."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def tell(self, person_id: int, what: Sequence[str]) -> Sequence[str]:
        def write(connection: sqlite3.Connection) -> list[str]:
            return [each for each in what if connection.execute(_TELL, (person_id, each)).rowcount == 1]

        new: list[str] = await self._writes.submit(self._writes.step("told.tell"), write)
        return new

    async def of(self, person_id: int) -> Collection[str]:
        return frozenset(what for (what,) in await self._reads.rows(_OF, person_id))
