"""The ledger. Facts are added, never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from bot.models import Activity
from storage.instants import from_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

ADD = """
INSERT INTO activities (person_id, community_id, kind, subject, at, zone, day, key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO NOTHING
"""
_OF = """
SELECT person_id, community_id, kind, subject, at, zone, day, key
FROM activities WHERE person_id = ? ORDER BY at, id
"""


class SqliteActivities:
    """Keeps the ledger in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def record(self, activity: Activity) -> bool:
        values = values_of(activity)

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(ADD, values).rowcount == 1

        added: bool = await self._writes.submit(self._writes.step("activities.record"), write)
        return added

    async def of(self, person_id: int) -> Sequence[Activity]:
        return [_activity(row) for row in await self._reads.rows(_OF, person_id)]


def values_of(activity: Activity) -> tuple[object, ...]:
    """Return what ADD binds for this fact."""
    return (
        activity.person_id,
        activity.community_id,
        activity.kind,
        activity.subject,
        to_text(activity.at),
        activity.zone,
        activity.day.isoformat(),
        activity.key,
    )


def _activity(row: Row) -> Activity:
    person_id, community_id, kind, subject, at, zone, day, key = row
    return Activity(person_id, community_id, kind, subject, from_text(at), zone, date.fromisoformat(day), key)
