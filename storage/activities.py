"""The ledger. Facts are added, never changed; one that was taken back stays, and counts no longer."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.clock import Clock
from bot.models import Activity, Basis, DayCount
from storage import derived
from storage.facts import SELECT, fact_of, values_of
from storage.instants import to_text
from storage.line import Work
from storage.reads import Reads
from storage.writes import Writes

__all__ = ["ADD", "SqliteActivities", "add_fact", "values_of"]

ADD = """
INSERT INTO activities (person_id, community_id, kind, subject, at, zone, day, key, credited, points, origin_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (person_id, key) WHERE taken_back IS NULL DO NOTHING
"""
_PAID = """
SELECT count(*) FROM activities
WHERE person_id = ? AND day = ? AND kind = ? AND points > 0 AND taken_back IS NULL
"""
_OF = f"{SELECT} WHERE person_id = ? AND taken_back IS NULL ORDER BY at, id"
_OF_KINDS = f"{SELECT} WHERE person_id = ? AND taken_back IS NULL AND kind IN (%s) ORDER BY at, id"
_LAST = f"{SELECT} WHERE person_id = ? AND taken_back IS NULL ORDER BY at DESC, id DESC LIMIT 1"
_LAST_OF_KINDS = f"""
{SELECT} WHERE person_id = ? AND taken_back IS NULL AND kind IN (%s) ORDER BY at DESC, id DESC LIMIT 1
"""
_STANDING = f"{SELECT} WHERE person_id = ? AND key = ? AND taken_back IS NULL"
_FIND = f"{SELECT} WHERE id = ?"
_TAKE_BACK = "UPDATE activities SET taken_back = ? WHERE id = ? AND person_id = ? AND taken_back IS NULL"
MEMBERS = """
SELECT count(DISTINCT person_id) FROM activities
WHERE community_id = ? AND at >= ? AND at < ? AND taken_back IS NULL
"""
_COUNTS = "SELECT kind, count(*) FROM activities WHERE person_id = ? AND taken_back IS NULL GROUP BY kind"
_DAYS = """
SELECT day, count(*), sum(points) FROM activities
WHERE person_id = ? AND day >= ? AND credited = 1 AND taken_back IS NULL
GROUP BY day ORDER BY day
"""


class SqliteActivities:
    """Keeps the ledger in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def record(self, activity: Activity, *, paid_a_day: int | None = None) -> bool:
        fact = _in_utc(activity)
        return await self._step(lambda connection: add_fact(connection, fact, paid_a_day)) != 0

    async def add(self, activity: Activity, *, paid_a_day: int | None = None) -> tuple[Activity | None, Basis]:
        fact, person, before = _in_utc(activity), activity.person_id, list[Basis]()

        def write(connection: sqlite3.Connection) -> int:
            basis = derived.standing_of(connection, person)  # here, because it saves a hop to a thread
            before[:] = [basis]
            return add_fact(connection, fact, paid_a_day, is_first=not basis.kept and not basis.facts)

        number = await self._step(write)
        if not before:
            before.append(await self._reads.glance(lambda connection: derived.standing_of(connection, person)))
        return replace(activity, id=number) if number else None, before[0]

    async def _step(self, write: Work[int]) -> int:
        number: int = await self._writes.submit(self._writes.step("activities.record"), write)
        return number

    async def of(self, person_id: int, kinds: Collection[str] = ()) -> Sequence[Activity]:
        query = _OF_KINDS % _marks(kinds) if kinds else _OF
        return [fact_of(row) for row in await self._reads.rows(query, person_id, *kinds)]

    async def last(self, person_id: int, kinds: Collection[str] = ()) -> Activity | None:
        query = _LAST_OF_KINDS % _marks(kinds) if kinds else _LAST
        row = await self._reads.row(query, person_id, *kinds)
        return fact_of(row) if row else None

    async def standing(self, person_id: int, key: str) -> Activity | None:
        row = await self._reads.row(_STANDING, person_id, key)
        return fact_of(row) if row else None

    async def take_back(self, person_id: int, activity_id: int) -> bool:
        values = (to_text(self._clock.now()), activity_id, person_id)

        def write(connection: sqlite3.Connection) -> bool:
            if connection.execute(_TAKE_BACK, values).rowcount == 0:
                return False
            derived.unfollow(connection, fact_of(connection.execute(_FIND, (activity_id,)).fetchone()))
            return True

        taken: bool = await self._writes.submit(self._writes.step("activities.take_back"), write)
        return taken

    async def members(self, community_id: int, since: datetime, until: datetime) -> int:
        row = await self._reads.row(MEMBERS, community_id, to_text(since), to_text(until))
        return int(row[0]) if row else 0

    async def counts(self, person_id: int) -> Mapping[str, int]:
        return dict(await self._reads.rows(_COUNTS, person_id))

    async def days(self, person_id: int, since: date) -> Sequence[DayCount]:
        rows = await self._reads.rows(_DAYS, person_id, since.isoformat())
        return [DayCount(date.fromisoformat(day), count, points) for day, count, points in rows]


def add_fact(
    connection: sqlite3.Connection, fact: Activity, paid_a_day: int | None = None, *, is_first: bool = False
) -> int:
    """Write a fact and all that follows from it, and return its number; 0 when it stands already.

    `is_first`: it is known that its member has no credited fact yet.
    """
    if paid_a_day is not None and fact.points and _paid(connection, fact) >= paid_a_day:
        fact = replace(fact, points=0)
    added = connection.execute(ADD, values_of(fact))
    if added.rowcount == 0:
        return 0
    number = added.lastrowid or 0
    derived.follow(connection, replace(fact, id=number), is_first=is_first)
    return number


def _in_utc(activity: Activity) -> Activity:
    to_text(activity.at)  # a moment without a zone is refused here, where its writer can see it
    return activity if activity.at.tzinfo is UTC else replace(activity, at=activity.at.astimezone(UTC))


def _paid(connection: sqlite3.Connection, fact: Activity) -> int:
    values = (fact.person_id, fact.day.isoformat(), fact.kind)
    (paid,) = connection.execute(_PAID, values).fetchone()
    return int(paid)


def _marks(kinds: Collection[str]) -> str:
    return ", ".join("?" * len(kinds))
