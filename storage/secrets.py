"""Keys to other places: encrypted by whoever keeps them here, and gone for good when they are deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from storage.reads import Reads
from storage.writer import Writer
from storage.writes import Writes

_PUT = """
INSERT INTO sealed (key, value) VALUES (?, ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""
_GET = "SELECT value FROM sealed WHERE key = ?"
_DELETE = "DELETE FROM sealed WHERE key = ?"
_KEYS = "SELECT key FROM sealed WHERE key >= ? AND key < ? ORDER BY key"

_BEHIND_ALL = "\U0010ffff"  # sorts behind every character that a key may hold


class SqliteSecrets:
    """Keeps the secrets in SQLite."""

    def __init__(self, reads: Reads, writer: Writer, writes: Writes) -> None:
        self._reads, self._writer, self._writes = reads, writer, writes

    async def put(self, key: str, text: str) -> None:
        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_PUT, (key, text))

        await self._writes.submit(self._writes.step("secrets.put"), write)

    async def get(self, key: str) -> str | None:
        row = await self._reads.row(_GET, key)
        return row[0] if row else None

    async def delete(self, key: str) -> bool:
        """Delete the row, which overwrites it in the file, and then empty the log, which still holds its pages."""

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_DELETE, (key,)).rowcount == 1

        deleted: bool = await self._writes.submit(self._writes.step("secrets.delete"), write)
        await self._writer.empty_log()  # even after a second delivery: the first may have died before this
        return deleted

    async def keys(self, prefix: str) -> Sequence[str]:
        return [key for (key,) in await self._reads.rows(_KEYS, prefix, prefix + _BEHIND_ALL)]
