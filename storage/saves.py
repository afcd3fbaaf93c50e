"""What members keep for later."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.clock import Clock
from bot.models import Saved
from storage.instants import from_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

_KEEP = """
INSERT INTO saves (person_id, kind, entry, at) VALUES (?, ?, ?, ?) ON CONFLICT (person_id, entry) DO NOTHING
"""
_DROP = "DELETE FROM saves WHERE person_id = ? AND entry = ?"
_OF = "SELECT kind, entry, at FROM saves WHERE person_id = ? ORDER BY at DESC, id DESC"


class SqliteSaves:
    """Keeps in SQLite what members keep."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def keep(self, person_id: int, kind: str, entry: str) -> bool:
        values = (person_id, kind, entry, to_text(self._clock.now()))

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_KEEP, values).rowcount == 1

        kept: bool = await self._writes.submit(self._writes.step("saves.keep"), write)
        return kept

    async def drop(self, person_id: int, entry: str) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_DROP, (person_id, entry)).rowcount == 1

        dropped: bool = await self._writes.submit(self._writes.step("saves.drop"), write)
        return dropped

    async def of(self, person_id: int) -> Sequence[Saved]:
        return [_saved(row) for row in await self._reads.rows(_OF, person_id)]


def _saved(row: Row) -> Saved:
    kind, entry, at = row
    return Saved(kind, entry, from_text(at))
