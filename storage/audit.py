"""What organisers changed, in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.models.audit import Deed
from storage.instants import from_text, to_text
from storage.reads import Reads
from storage.writes import Writes

_NOTE = "INSERT INTO audit (community_id, person_id, at, what, call_id) VALUES (?, ?, ?, ?, ?)"
OF = """
SELECT a.community_id, a.at, a.what, a.call_id, a.person_id, p.name
FROM audit AS a LEFT JOIN people AS p ON p.id = a.person_id
WHERE a.community_id = ? ORDER BY a.id DESC LIMIT ? OFFSET ?
"""
# Written in order, so the oldest come first by their number too.
_FORGET = "DELETE FROM audit WHERE id IN (SELECT id FROM audit ORDER BY id LIMIT 1000) AND at < ?"


class SqliteAudit:
    """Keeps the changes in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def note(self, deed: Deed) -> None:
        values = (deed.community_id, deed.person_id, to_text(deed.at), deed.what, deed.call_id)

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_NOTE, values)

        await self._writes.submit(self._writes.step("audit.note"), write)

    async def of(self, community_id: int, *, offset: int = 0, limit: int = 10) -> Sequence[Deed]:
        rows = await self._reads.rows(OF, community_id, limit, offset)
        return [
            Deed(community, from_text(at), what, call_id, person_id, name or "")
            for community, at, what, call_id, person_id, name in rows
        ]

    async def forget_before(self, moment: datetime) -> int:
        text = to_text(moment)

        def write(connection: sqlite3.Connection) -> int:
            return connection.execute(_FORGET, (text,)).rowcount

        gone: int = await self._writes.submit(self._writes.step("audit.forget_before"), write)
        return gone
