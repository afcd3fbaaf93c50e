"""A shelf for what is too long for a button's token."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime

from bot.clock import Clock
from storage.instants import to_text
from storage.reads import Reads
from storage.writes import Writes

_PUT = "INSERT INTO stash (key, value, until, whose) VALUES (?, ?, ?, ?)"
_GET = "SELECT value FROM stash WHERE key = ? AND until > ?"

_KEY_BYTES = 9  # twelve characters, and nobody guesses one


class SqliteStash:
    """Keeps the shelf in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def put(self, value: str, *, until: datetime) -> str:
        row = (secrets.token_urlsafe(_KEY_BYTES), value, to_text(until))

        def write(connection: sqlite3.Connection) -> str:
            connection.execute(_PUT, (*row, self._writes.whose))
            return row[0]

        key: str = await self._writes.submit(self._writes.step("stash.put"), write)
        return key

    async def get(self, key: str) -> str | None:
        row = await self._reads.row(_GET, key, to_text(self._clock.now()))
        return row[0] if row else None
