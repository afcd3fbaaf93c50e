"""When to remind whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.models import Handle, Reminder
from storage.instants import from_text, time_from_text, time_to_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

_PLAN = """
INSERT INTO reminders (person_id, platform, realm, account, wall, due, zone, sent, ignored)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (person_id) DO UPDATE SET
    platform = excluded.platform, realm = excluded.realm, account = excluded.account, wall = excluded.wall,
    due = excluded.due, zone = excluded.zone, sent = coalesce(excluded.sent, sent), ignored = excluded.ignored
"""
_SELECT = "SELECT person_id, platform, realm, account, wall, due, zone, sent, ignored FROM reminders"
_OF = f"{_SELECT} WHERE person_id = ?"
_DUE = f"{_SELECT} WHERE platform = ? AND due <= ? ORDER BY due, person_id LIMIT ?"
_MOVE = """
UPDATE reminders SET platform = ?, realm = ?, account = ?, wall = ?, due = ?, zone = ?, sent = ?, ignored = ?
WHERE person_id = ? AND due = ?
"""
_STOP = "DELETE FROM reminders WHERE person_id = ?"


class SqliteReminders:
    """Keeps the reminders in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def plan(self, reminder: Reminder) -> None:
        values = (reminder.person_id, *_values(reminder))

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_PLAN, values)

        await self._writes.submit(self._writes.step("reminders.plan"), write)

    async def of(self, person_id: int) -> Reminder | None:
        row = await self._reads.row(_OF, person_id)
        return _reminder(row) if row else None

    async def due(self, limit: int, platforms: Collection[str]) -> Sequence[Reminder]:
        now = to_text(self._clock.now())

        def read(connection: sqlite3.Connection) -> list[Row]:
            # One after the other: those of a platform that is not running may wait in great numbers.
            return [row for each in platforms for row in connection.execute(_DUE, (each, now, limit)).fetchall()]

        found = [_reminder(row) for row in await self._reads.run(read)]
        return sorted(found, key=lambda reminder: (reminder.due, reminder.person_id))[:limit]

    async def move(self, reminder: Reminder, was_due: datetime) -> bool:
        values = (*_values(reminder), reminder.person_id, to_text(was_due))

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_MOVE, values).rowcount == 1

        moved: bool = await self._writes.submit(self._writes.step("reminders.move"), write)
        return moved

    async def stop(self, person_id: int) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_STOP, (person_id,)).rowcount == 1

        stopped: bool = await self._writes.submit(self._writes.step("reminders.stop"), write)
        return stopped


def _values(reminder: Reminder) -> tuple[object, ...]:
    handle, sent = reminder.handle, reminder.sent
    return (
        handle.platform,
        handle.realm,
        handle.user,
        time_to_text(reminder.wall),
        to_text(reminder.due),
        reminder.zone,
        to_text(sent) if sent else None,
        reminder.ignored,
    )


def _reminder(row: Row) -> Reminder:
    person_id, platform, realm, account, wall, due, zone, sent, ignored = row
    return Reminder(
        person_id=person_id,
        handle=Handle(platform, realm, account),
        wall=time_from_text(wall),
        due=from_text(due),
        zone=zone,
        sent=from_text(sent) if sent else None,
        ignored=ignored,
    )
