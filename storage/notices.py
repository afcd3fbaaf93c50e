"""Words that wait for members until they are here again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.models import Notice
from storage.reads import Reads
from storage.writes import Writes

_LEAVE = "INSERT INTO notices (person_id, text) VALUES (?, ?)"
_WAITING = "SELECT DISTINCT person_id FROM notices ORDER BY person_id"
_TAKE = "DELETE FROM notices WHERE person_id = ? RETURNING id, person_id, text"


class SqliteNotices:
    """Keeps the waiting words in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def leave(self, person_id: int, text: str) -> None:
        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_LEAVE, (person_id, text))

        await self._writes.submit(self._writes.step("notices.leave"), write)

    async def waiting(self) -> Sequence[int]:
        return [person_id for (person_id,) in await self._reads.rows(_WAITING)]

    async def take(self, person_id: int) -> Sequence[Notice]:
        """Return what waits and delete it; a second delivery of the call is given the same again."""

        def write(connection: sqlite3.Connection) -> list[list[object]]:
            taken = connection.execute(_TAKE, (person_id,)).fetchall()
            return [list(row) for row in sorted(taken)]  # the order of what RETURNING gives is not promised

        rows = await self._writes.submit(self._writes.step("notices.take"), write)
        return [Notice(*row) for row in rows]
