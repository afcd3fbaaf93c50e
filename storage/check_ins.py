"""What members wrote at their check-ins."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from bot.models import CheckIn
from storage.reads import Reads, Row
from storage.writes import Writes

_WRITE = """
INSERT INTO check_ins (person_id, day, text) VALUES (?, ?, ?)
ON CONFLICT (person_id, day) DO UPDATE SET text = excluded.text
"""
_OF = "SELECT id, day, text FROM check_ins WHERE person_id = ? ORDER BY day DESC LIMIT ? OFFSET ?"
_COUNT = "SELECT count(*) FROM check_ins WHERE person_id = ?"
_FIND = "SELECT id, day, text FROM check_ins WHERE id = ? AND person_id = ?"
_ERASE = "DELETE FROM check_ins WHERE id = ? AND person_id = ?"


class SqliteCheckIns:
    """Keeps the texts in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def write(self, person_id: int, day: date, text: str) -> None:
        values = (person_id, day.isoformat(), text)

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_WRITE, values)

        await self._writes.submit(self._writes.step("check_ins.write"), write)

    async def of(self, person_id: int, *, offset: int = 0, limit: int = 5) -> Sequence[CheckIn]:
        return [_check_in(row) for row in await self._reads.rows(_OF, person_id, limit, offset)]

    async def count(self, person_id: int) -> int:
        ((count,),) = await self._reads.rows(_COUNT, person_id)
        return int(count)

    async def find(self, person_id: int, check_in_id: int) -> CheckIn | None:
        row = await self._reads.row(_FIND, check_in_id, person_id)
        return _check_in(row) if row else None

    async def erase(self, person_id: int, check_in_id: int) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_ERASE, (check_in_id, person_id)).rowcount == 1

        erased: bool = await self._writes.submit(self._writes.step("check_ins.erase"), write)
        return erased


def _check_in(row: Row) -> CheckIn:
    number, day, text = row
    return CheckIn(number, date.fromisoformat(day), text)
