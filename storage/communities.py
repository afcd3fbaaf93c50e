"""The places that the bot knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.models import Community, Place
from storage.instants import to_text
from storage.leavers import erase
from storage.reads import Reads, Row
from storage.writes import Writes

_FIND = "SELECT id, platform, place_key, name, zone FROM communities WHERE platform = ? AND place_key = ?"
_NAMED = "SELECT id, platform, place_key, name, zone FROM communities WHERE id = ?"
_ENTER = """
INSERT INTO communities (platform, place_key, name) VALUES (?, ?, ?)
ON CONFLICT (platform, place_key) DO UPDATE SET name = excluded.name
RETURNING id, platform, place_key, name, zone
"""
_OF = "SELECT id, platform, place_key, name, zone, left_at FROM communities WHERE platform = ?"
_LEAVE = "UPDATE communities SET left_at = ? WHERE platform = ? AND place_key = ? AND left_at IS NULL"
_COME_BACK = "UPDATE communities SET left_at = NULL WHERE platform = ? AND place_key = ? AND left_at IS NOT NULL"
_GONE = "SELECT id FROM communities WHERE left_at < ? ORDER BY left_at LIMIT ?"
_IS_GONE = "SELECT 1 FROM communities WHERE id = ? AND left_at < ?"
_ERASE = "DELETE FROM communities WHERE id = ? AND left_at < ?"
_SET_ZONE = "UPDATE communities SET zone = ? WHERE id = ?"


class SqliteCommunities:
    """Keeps the communities in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def find(self, place: Place) -> Community | None:
        row = await self._reads.row(_FIND, place.platform, place.key)
        return _community(row) if row else None

    async def named(self, community_id: int) -> Community | None:
        row = await self._reads.row(_NAMED, community_id)
        return _community(row) if row else None

    async def enter(self, place: Place, name: str) -> Community:
        step = self._writes.step("communities.enter")
        known = await self.find(place)
        if known is not None and known.name == name:
            return known

        def write(connection: sqlite3.Connection) -> list[object]:
            return list(connection.execute(_ENTER, (place.platform, place.key, name)).fetchall()[0])

        return _community(await self._writes.submit(step, write))

    async def set_zone(self, community_id: int, zone: str | None) -> None:
        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_SET_ZONE, (zone, community_id)).rowcount == 1

        if not await self._writes.submit(self._writes.step("communities.set_zone"), write):
            raise LookupError(f"There is no community {community_id}.")

    async def of(self, platform: str) -> Sequence[tuple[Community, bool]]:
        rows = await self._reads.rows(_OF, platform)
        return [(_community(row[:5]), row[5] is not None) for row in rows]

    async def leave(self, place: Place, at: datetime) -> bool:
        return await self._mark("communities.leave", _LEAVE, (to_text(at), place.platform, place.key))

    async def come_back(self, place: Place) -> bool:
        return await self._mark("communities.come_back", _COME_BACK, (place.platform, place.key))

    async def erase_gone(self, before: datetime, limit: int) -> int:
        gone = [number for (number,) in await self._reads.rows(_GONE, to_text(before), limit)]
        for number in gone:
            await self._erase_leavers(number, to_text(before))
        # Looked at again while writing: it may have come back in between.
        return sum([await self._mark("communities.erase", _ERASE, (number, to_text(before))) for number in gone])

    async def _erase_leavers(self, community_id: int, before: str) -> None:
        """Erase the members who belong nowhere else, a few at a time; it may have come back in between."""

        def write(connection: sqlite3.Connection) -> bool:
            if connection.execute(_IS_GONE, (community_id, before)).fetchone() is None:
                return False
            members = erase(connection, community_id, before)
            self._writes.forgotten.add(members)
            return bool(members)

        while await self._writes.submit(self._writes.step("communities.erase_leavers"), write):
            continue

    async def _mark(self, step: str, sql: str, values: tuple[object, ...]) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(sql, values).rowcount == 1

        done: bool = await self._writes.submit(self._writes.step(step), write)
        return done


def _community(row: Row) -> Community:
    number, platform, key, name, zone = row
    return Community(id=number, place=Place(platform, key), name=name, zone=zone)
