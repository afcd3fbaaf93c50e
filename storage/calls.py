"""The calls that were answered, so that a second delivery gets the same answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from bot.clock import Clock
from storage.instants import to_text
from storage.reads import Reads
from storage.writer import Writer
from storage.writes import Writes

_FIND = "SELECT outcome FROM calls WHERE id = ?"
_REMEMBER = "INSERT INTO calls (id, outcome, at, whose) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
_RECENT = "SELECT id FROM calls WHERE at >= ? ORDER BY at"
_FORGET_CALLS = """
DELETE FROM calls WHERE id IN (SELECT id FROM calls WHERE at < ? ORDER BY at LIMIT ?)
"""
_FORGET_STEPS = """
DELETE FROM call_steps WHERE (call_id, step) IN
    (SELECT call_id, step FROM call_steps WHERE at < ? ORDER BY at LIMIT ?)
"""
_FORGET_STASH = """
DELETE FROM stash WHERE key IN (SELECT key FROM stash WHERE until < ? ORDER BY until LIMIT ?)
"""

ROWS_AT_ONCE = 500  # so that no member waits while the old rows go


class SqliteCalls:
    """Keeps the answers in SQLite. Its writes are no steps of a call: doing them twice changes nothing."""

    def __init__(self, reads: Reads, writer: Writer, clock: Clock, writes: Writes) -> None:
        self._reads, self._writer, self._clock, self._writes = reads, writer, clock, writes

    async def find(self, call_id: str) -> str | None:
        row = await self._reads.row(_FIND, call_id)
        return row[0] if row else None

    async def remember_all(self, answers: Mapping[str, tuple[Self, str]]) -> None:
        """Keep answers with their members; not of those forgotten during their calls, for an answer may name them."""
        at = to_text(self._clock.now())

        def write(connection: sqlite3.Connection) -> None:
            views = ((call_id, text, view._writes) for call_id, (view, text) in answers.items())
            rows = [(call_id, text, at, writes.whose) for call_id, text, writes in views if not writes.forgot]
            connection.executemany(_REMEMBER, rows)

        await self._writer.run(write)

    async def recent(self, since: datetime) -> Sequence[str]:
        return [call_id for (call_id,) in await self._reads.rows(_RECENT, to_text(since))]

    async def forget_before(self, moment: datetime) -> int:
        await self._forget(_FORGET_STEPS, moment)
        await self._forget(_FORGET_STASH, moment)
        return await self._forget(_FORGET_CALLS, moment)

    async def _forget(self, statement: str, moment: datetime) -> int:
        values, gone, last = (to_text(moment), ROWS_AT_ONCE), 0, ROWS_AT_ONCE

        def write(connection: sqlite3.Connection) -> int:
            return connection.execute(statement, values).rowcount

        while last == ROWS_AT_ONCE:
            last = await self._writer.run(write)
            gone += last
        return gone
