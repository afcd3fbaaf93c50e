"""What is kept of streaks, and what keeps them alive without doing anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.models import Basis, DayRange, Excuse, Excused, Outage, Pause
from storage.derived import kept_state, standing_of
from storage.excusing import day_range, excused_of
from storage.instants import from_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

_PAUSES = "SELECT id, first, last FROM pauses WHERE person_id = ? ORDER BY id DESC"
_PAUSE = "INSERT INTO pauses (person_id, first, last) VALUES (?, ?, ?)"
_MOVE_PAUSE = "UPDATE pauses SET first = ?, last = ? WHERE id = ?"
_END_PAUSE = "DELETE FROM pauses WHERE id = ?"
_EXCUSE = "INSERT INTO excuses (community_id, first, last, reason) VALUES (?, ?, ?, ?)"
_WITHDRAW = "DELETE FROM excuses WHERE id = ? RETURNING id, community_id, first, last, reason"
_EXCUSES = "SELECT id, community_id, first, last, reason FROM excuses WHERE community_id = ? ORDER BY id DESC"
_LAST_BEAT = "SELECT at FROM heartbeat WHERE id = 1"
_BEAT = "INSERT INTO heartbeat (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
_NOTE_OUTAGE = "INSERT INTO outages (start, until) VALUES (?, ?)"


class SqliteStreaks:
    """Keeps in SQLite what streaks are made of beside the ledger."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def kept(self, person_id: int) -> str | None:
        return await self._reads.glance(lambda connection: kept_state(connection, person_id))

    async def excused(self, person_id: int) -> Excused:
        return await self._reads.glance(lambda connection: excused_of(connection, person_id))

    async def standing(self, person_id: int) -> Basis:
        return await self._reads.glance(lambda connection: standing_of(connection, person_id))

    async def pauses(self, person_id: int) -> Sequence[Pause]:
        rows = await self._reads.rows(_PAUSES, person_id)
        return [Pause(number, day_range(first, last)) for number, first, last in rows]

    async def pause(self, person_id: int, days: DayRange) -> Pause:
        values = (person_id, *_texts(days))

        def write(connection: sqlite3.Connection) -> int | None:
            return connection.execute(_PAUSE, values).lastrowid

        return Pause(await self._writes.submit(self._writes.step("streaks.pause"), write), days)

    async def set_pause(self, pause_id: int, days: DayRange | None) -> bool:
        values = (*_texts(days), pause_id) if days else (pause_id,)
        statement = _MOVE_PAUSE if days else _END_PAUSE

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(statement, values).rowcount == 1

        done: bool = await self._writes.submit(self._writes.step("streaks.set_pause"), write)
        return done

    async def excuse(self, community_id: int, days: DayRange, reason: str) -> Excuse:
        values = (community_id, *_texts(days), reason)

        def write(connection: sqlite3.Connection) -> int | None:
            return connection.execute(_EXCUSE, values).lastrowid

        number = await self._writes.submit(self._writes.step("streaks.excuse"), write)
        return Excuse(number, community_id, days, reason)

    async def withdraw(self, excuse_id: int) -> Excuse | None:
        def write(connection: sqlite3.Connection) -> list[list[object]]:
            return [list(row) for row in connection.execute(_WITHDRAW, (excuse_id,)).fetchall()]

        rows = await self._writes.submit(self._writes.step("streaks.withdraw"), write)
        return _excuse(rows[0]) if rows else None

    async def excuses(self, community_id: int) -> Sequence[Excuse]:
        return [_excuse(row) for row in await self._reads.rows(_EXCUSES, community_id)]

    async def beat(self, longest: timedelta) -> Outage | None:
        now = self._clock.now()

        def write(connection: sqlite3.Connection) -> list[str] | None:
            found = connection.execute(_LAST_BEAT).fetchone()
            connection.execute(_BEAT, (to_text(now),))
            if found is None or now - from_text(found[0]) <= longest:
                return None
            outage = [found[0], to_text(now)]
            connection.execute(_NOTE_OUTAGE, outage)
            return outage

        outage = await self._writes.submit(self._writes.step("streaks.beat"), write)
        return Outage(*map(from_text, outage)) if outage else None


def _texts(days: DayRange) -> tuple[str, str]:
    if days.last < days.first:
        raise ValueError("These days end before they begin.")
    return days.first.isoformat(), days.last.isoformat()


def _excuse(row: Row) -> Excuse:
    number, community_id, first, last, reason = row
    return Excuse(number, community_id, day_range(first, last), reason)
