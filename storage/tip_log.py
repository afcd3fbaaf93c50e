"""Which tips a member has seen, and when."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from bot.models import ShownTip
from storage.line import Work
from storage.reads import Reads, Row
from storage.writes import Writes

_SHOW = """
INSERT INTO tip_log (person_id, tip, day) VALUES (?, ?, ?) ON CONFLICT (person_id, day, tip) DO NOTHING
"""
_OF = "SELECT tip, day FROM tip_log WHERE person_id = ? ORDER BY day, id"


class SqliteTipLog:
    """Keeps the shown tips in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def show(self, person_id: int, tip: str, day: date) -> None:
        await self._writes.submit(self._writes.step("tips.show"), _showing(person_id, tip, day))

    async def choose(self, person_id: int, tip: str, day: date) -> None:
        await self._writes.repeat(_showing(person_id, tip, day))

    async def of(self, person_id: int) -> Sequence[ShownTip]:
        return [_shown(row) for row in await self._reads.rows(_OF, person_id)]


def _showing(person_id: int, tip: str, day: date) -> Work[None]:
    values = (person_id, tip, day.isoformat())

    def write(connection: sqlite3.Connection) -> None:
        connection.execute(_SHOW, values)

    return write


def _shown(row: Row) -> ShownTip:
    tip, day = row
    return ShownTip(tip, date.fromisoformat(day))
