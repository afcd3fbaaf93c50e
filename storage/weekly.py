"""What communities have posted by themselves, and who wants to hear before a week is over."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.models import Place
from bot.models.weekly import Nudge, Weekly
from storage.instants import from_text, to_text
from storage.line import Work
from storage.reads import Reads, Row
from storage.writes import Writes

OF = "SELECT channel, role, track, recap, tips, digest FROM weekly WHERE community_id = ?"
_KEEP = """
INSERT INTO weekly (community_id, channel, role, track, recap, tips, digest) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (community_id) DO UPDATE SET channel = excluded.channel, role = excluded.role, track = excluded.track,
    recap = excluded.recap, tips = excluded.tips, digest = excluded.digest
"""
_DROP = "DELETE FROM weekly WHERE community_id = ?"
_BELONG = "INSERT OR IGNORE INTO memberships (community_id, person_id, on_board) VALUES (?, ?, 0)"
_WISH = "UPDATE memberships SET nudge = ?1 WHERE community_id = ?2 AND person_id = ?3 AND nudge <> ?1"
WISHES = "SELECT nudge FROM memberships WHERE community_id = ? AND person_id = ?"
# Crossed, so that it always begins with the rounds that close soon: they come in order, and each page reads no more.
TO_NUDGE = """
SELECT r.id, m.community_id, m.person_id, c.platform, c.place_key, r.closes
FROM rounds AS r
CROSS JOIN memberships AS m INDEXED BY memberships_to_nudge ON m.community_id = r.community_id AND m.nudge = 1
CROSS JOIN communities AS c ON c.id = r.community_id AND c.left_at IS NULL
LEFT JOIN efforts AS e ON e.round_id = r.id AND e.person_id = m.person_id
WHERE r.wound_up IS NULL AND r.closes >= ?1 AND r.closes <= ?2 AND r.opens <= ?3 AND m.nudged IS NOT r.id
    AND e.solved IS NULL AND (r.closes, r.id, m.person_id) > (?1, ?4, ?5)
"""
# No round has a number like this.
BEHIND_ALL = 2**62
_NUDGED = """
UPDATE memberships SET nudged = ?1
WHERE community_id = ?2 AND person_id = ?3 AND nudge = 1 AND nudged IS NOT ?1
"""


class SqliteWeekly:
    """Keeps the weekly posts in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def of(self, community_id: int) -> Weekly | None:
        row = await self._reads.row(OF, community_id)
        return _weekly(row) if row else None

    async def keep(self, community_id: int, weekly: Weekly) -> None:
        recap, digest = int(weekly.recap), int(weekly.digest)
        values = (community_id, weekly.channel, weekly.role, weekly.track, recap, weekly.tips, digest)
        await self._write("keep", lambda connection: connection.execute(_KEEP, values).rowcount == 1)

    async def drop(self, community_id: int) -> bool:
        return await self._write("drop", lambda connection: connection.execute(_DROP, (community_id,)).rowcount == 1)

    async def wish(self, community_id: int, person_id: int, *, nudged: bool) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            connection.execute(_BELONG, (community_id, person_id))
            return connection.execute(_WISH, (int(nudged), community_id, person_id)).rowcount == 1

        return await self._write("wish", write)

    async def wishes(self, community_id: int, person_id: int) -> bool:
        row = await self._reads.row(WISHES, community_id, person_id)
        return bool(row and row[0])

    async def to_nudge(
        self, closing: datetime, platforms: Collection[str], limit: int, after: Nudge | None = None
    ) -> Sequence[Nudge]:
        now, marks = to_text(self._clock.now()), ", ".join("?" * len(platforms))
        found = f"{TO_NUDGE} AND c.platform IN ({marks}) ORDER BY r.closes, r.id, m.person_id LIMIT ?"
        begin = (to_text(after.closes), after.round_id, after.person_id) if after else (now, BEHIND_ALL, 0)
        values = (begin[0], to_text(closing), now, *begin[1:], *platforms, limit)
        return [_nudge(row) for row in await self._reads.rows(found, *values)]

    async def nudged(self, nudge: Nudge) -> bool:
        values = (nudge.round_id, nudge.community_id, nudge.person_id)
        return await self._write("nudged", lambda connection: connection.execute(_NUDGED, values).rowcount == 1)

    async def _write(self, method: str, work: Work[bool]) -> bool:
        done: bool = await self._writes.submit(self._writes.step(f"weekly.{method}"), work)
        return done


def _nudge(row: Row) -> Nudge:
    found, community, person, platform, key, closes = row
    return Nudge(found, community, person, Place(platform, key), from_text(closes))


def _weekly(row: Row) -> Weekly:
    channel, role, track, recap, tips, digest = row
    return Weekly(channel, role, track, bool(recap), tips, bool(digest))
