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
_THAT_DAY = "SELECT text FROM check_ins WHERE person_id = ? AND day = ?"
# Words go with the account that wrote them, should it part again.
_NOTE_NO_MORE = """
DELETE FROM joined_rows WHERE tab = 'check_ins'
AND row_key = (SELECT CAST(id AS TEXT) FROM check_ins WHERE person_id = ?1 AND day = ?2)
AND joined_id IN (SELECT id FROM people WHERE joined_to = ?3)
"""
_NOTE = """
INSERT OR IGNORE INTO joined_rows (joined_id, tab, row_key)
SELECT ?, 'check_ins', CAST(id AS TEXT) FROM check_ins WHERE person_id = ? AND day = ?
"""
_OF = "SELECT id, day, text FROM check_ins WHERE person_id = ? ORDER BY day DESC LIMIT ? OFFSET ?"
_COUNT = "SELECT count(*) FROM check_ins WHERE person_id = ?"
_FIND = "SELECT id, day, text FROM check_ins WHERE id = ? AND person_id = ?"
_ERASE = "DELETE FROM check_ins WHERE id = ? AND person_id = ?"


class SqliteCheckIns:
    """Keeps the texts in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def write(self, person_id: int, day: date, text: str, origin_id: int | None = None) -> bool:
        key = (person_id, day.isoformat())

        def write(connection: sqlite3.Connection) -> bool:
            earlier = connection.execute(_THAT_DAY, key).fetchone()
            connection.execute(_WRITE, (*key, text))
            connection.execute(_NOTE_NO_MORE, (*key, person_id))
            if origin_id is not None:
                connection.execute(_NOTE, (origin_id, *key))
            return earlier is not None and earlier[0] != text

        replaced: bool = await self._writes.submit(self._writes.step("check_ins.write"), write)
        return replaced

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
