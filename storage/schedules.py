"""When which job of which community posts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.models.posting import News, Planned, Rule, Schedule, Why
from storage.instants import from_text, time_from_text, time_to_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

# A slot further ahead was planned by a clock that ran fast, and those before it may not have been.
LONGEST_AHEAD = timedelta(hours=12)
# Posts of one community that are due at once take turns with those of others: each waits so much longer.
STEP = timedelta(milliseconds=1)

_ARRANGE = """
INSERT INTO schedules (community_id, job, weekday, wall, zone, since, next, reckoned, paused)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (community_id, job) DO UPDATE SET
    weekday = excluded.weekday, wall = excluded.wall, zone = excluded.zone, since = excluded.since,
    next = excluded.next, reckoned = excluded.reckoned, paused = excluded.paused, trouble = '', revision = revision + 1
"""
_SELECT = """
SELECT community_id, job, weekday, wall, zone, since, next, paused, trouble, revision, (
    SELECT due FROM posts
    WHERE posts.community_id = schedules.community_id AND posts.job = schedules.job AND due <= ?
        AND due < schedules.next
    ORDER BY due DESC LIMIT 1
) FROM schedules
"""
OF = f"{_SELECT} WHERE community_id = ? ORDER BY job"
RIPE = f"{_SELECT} WHERE next <= ? ORDER BY next, community_id, job LIMIT ?"
RECKONED_AHEAD = f"{_SELECT} WHERE reckoned > ? ORDER BY reckoned, community_id, job LIMIT ?"
_MOVE = """
UPDATE schedules SET next = ?, reckoned = ?, revision = revision + 1
WHERE community_id = ? AND job = ? AND revision = ?
"""
_PAUSE = "UPDATE schedules SET paused = ?, revision = revision + 1 WHERE community_id = ? AND job = ?"
_CANCEL = "DELETE FROM schedules WHERE community_id = ? AND job = ?"
_LEAVE_OUT = """
UPDATE posts SET state = 'missed', why = 'skipped', ended = ?, worker = NULL, lease_until = NULL, fence = fence + 1
WHERE community_id = ? AND job = ? AND state = 'pending'
"""
_OPEN = "SELECT count(*) FROM posts WHERE community_id = ? AND due <= ? AND state IN ('pending', 'sending')"
_PLATFORM = "SELECT platform FROM communities WHERE id = ?"
_WRITE = """
INSERT INTO posts (community_id, platform, job, due, until, turn, state, why, ended, news)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (community_id, job, due) DO NOTHING
"""
_FORGET_WHAT_LIES_AHEAD = """
DELETE FROM posts
WHERE community_id = ? AND job = ? AND due > ? AND began IS NULL AND worker IS NULL
    AND (state = 'pending' OR why = 'late')
"""
_TROUBLE = "SELECT trouble FROM schedules WHERE community_id = ? AND job = ?"


class SqliteSchedules:
    """Keeps the schedules in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def arrange(self, schedule: Schedule) -> None:
        rule, now = schedule.rule, to_text(self._clock.now())
        moments = to_text(schedule.since), to_text(schedule.next), now
        where = schedule.community_id, schedule.job
        values = (*where, rule.weekday, time_to_text(rule.wall), rule.zone, *moments, int(schedule.paused))

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_FORGET_WHAT_LIES_AHEAD, (*where, now))
            connection.execute(_ARRANGE, values)

        await self._writes.submit(self._writes.step("posts.arrange"), write)

    async def arranged(self, community_id: int) -> Sequence[Schedule]:
        return [_schedule(row) for row in await self._reads.rows(OF, self._horizon(), community_id)]

    async def ripe(self, limit: int) -> Sequence[Schedule]:
        horizon, now = self._horizon(), to_text(self._clock.now())
        rows = await self._reads.rows(RECKONED_AHEAD, horizon, now, limit)
        if len(rows) < limit:
            rows += await self._reads.rows(RIPE, horizon, now, limit - len(rows))
        return list({(row[0], row[1]): _schedule(row) for row in rows}.values())

    async def lay_out(self, schedule: Schedule, planned: Sequence[Planned], next_at: datetime) -> bool:
        now = self._clock.now()
        move = to_text(next_at), to_text(now), schedule.community_id, schedule.job, schedule.revision

        def write(connection: sqlite3.Connection) -> bool:
            if connection.execute(_MOVE, move).rowcount != 1:
                return False
            for one in planned:
                write_down(connection, one, now)
            return True

        laid_out: bool = await self._writes.submit(self._writes.step("posts.lay_out"), write)
        return laid_out

    async def pause(self, community_id: int, job: str, *, paused: bool) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_PAUSE, (int(paused), community_id, job)).rowcount == 1

        found: bool = await self._writes.submit(self._writes.step("posts.pause"), write)
        return found

    async def cancel(self, community_id: int, job: str) -> bool:
        now = to_text(self._clock.now())

        def write(connection: sqlite3.Connection) -> bool:
            connection.execute(_LEAVE_OUT, (now, community_id, job))
            return connection.execute(_CANCEL, (community_id, job)).rowcount == 1

        found: bool = await self._writes.submit(self._writes.step("posts.cancel"), write)
        return found

    def _horizon(self) -> str:
        return to_text(self._clock.now() + LONGEST_AHEAD)


def write_down(connection: sqlite3.Connection, planned: Planned, now: datetime) -> bool:
    """Write the row of a slot; False when it is there already."""
    slot, is_missed = planned.slot, planned.why is not None
    platform = connection.execute(_PLATFORM, (slot.community_id,)).fetchone()
    if platform is None:
        raise LookupError(f"There is no community {slot.community_id}.")
    (ahead,) = connection.execute(_OPEN, (slot.community_id, to_text(slot.due))).fetchone()
    key = slot.community_id, *platform, slot.job, to_text(slot.due)
    state, ended = ("missed", to_text(now)) if is_missed else ("pending", None)
    news = News.MISSED if planned.why is Why.LATE and not _is_stuck(connection, planned) else None
    values = to_text(planned.until), to_text(slot.due + ahead * STEP), state, planned.why, ended, news
    return connection.execute(_WRITE, (*key, *values)).rowcount == 1


def _is_stuck(connection: sqlite3.Connection, planned: Planned) -> bool:
    """Say whether an organiser has heard already why nothing is posted."""
    row = connection.execute(_TROUBLE, (planned.slot.community_id, planned.slot.job)).fetchone()
    return row is not None and row[0] != ""


def _schedule(row: Row) -> Schedule:
    community_id, job, weekday, wall, zone, since, following, paused, trouble, revision, last = row
    return Schedule(
        community_id,
        job,
        Rule(time_from_text(wall), zone, weekday),
        since=from_text(since),
        next=from_text(following),
        paused=bool(paused),
        trouble=trouble,
        last=from_text(last) if last else None,
        revision=revision,
    )
