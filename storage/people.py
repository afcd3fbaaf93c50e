"""The members, and the platform identities by which they are known."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.models import Handle, Person, Preferences, QuietHours
from storage.instants import time_from_text, time_to_text
from storage.reads import Reads, Row
from storage.writes import Writes

_FIND = """
SELECT p.id, p.name, p.zone, p.zone_asked, p.quiet_start, p.quiet_end, p.reminders, p.level
FROM identities AS i JOIN people AS p ON p.id = i.person_id
WHERE i.platform = ? AND i.realm = ? AND i.account = ?
"""
_RENAME = "UPDATE people SET name = ? WHERE id = ?"
_ADD = "INSERT INTO people (name) VALUES (?) RETURNING id"
_ATTACH = """
INSERT INTO identities (platform, realm, account, person_id) VALUES (?, ?, ?, ?)
ON CONFLICT (platform, realm, account) DO UPDATE SET person_id = excluded.person_id
"""
_HANDLES = """
SELECT platform, realm, account FROM identities WHERE person_id = ? ORDER BY platform, realm, account
"""
_PREFER = """
UPDATE people SET zone = ?, zone_asked = ?, quiet_start = ?, quiet_end = ?, reminders = ?, level = ? WHERE id = ?
"""


class SqlitePeople:
    """Keeps the people in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def find(self, handle: Handle) -> Person | None:
        row = await self._reads.row(_FIND, *_key(handle))
        return _person(row) if row else None

    async def enter(self, handle: Handle, name: str) -> Person:
        step = self._writes.step("people.enter")
        known = await self.find(handle)
        if known is not None and known.name == name:
            return known

        def write(connection: sqlite3.Connection) -> list[object]:
            return _enter(connection, handle, name)

        return _person(await self._writes.submit(step, write))

    async def attach(self, person_id: int, handle: Handle) -> None:
        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_ATTACH, (*_key(handle), person_id))

        await self._writes.submit(self._writes.step("people.attach"), write)

    async def handles(self, person_id: int) -> Sequence[Handle]:
        return [Handle(*row) for row in await self._reads.rows(_HANDLES, person_id)]

    async def prefer(self, person_id: int, preferences: Preferences) -> None:
        values = (*_preferred(preferences), person_id)

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_PREFER, values).rowcount == 1

        if not await self._writes.submit(self._writes.step("people.prefer"), write):
            raise LookupError(f"There is no person {person_id}.")


def _enter(connection: sqlite3.Connection, handle: Handle, name: str) -> list[object]:
    found = connection.execute(_FIND, _key(handle)).fetchone()
    if found is None:
        (number,) = connection.execute(_ADD, (name,)).fetchall()[0]
        connection.execute(_ATTACH, (*_key(handle), number))
    else:
        connection.execute(_RENAME, (name, found[0]))
    return list(connection.execute(_FIND, _key(handle)).fetchone())


def _key(handle: Handle) -> tuple[str, str, str]:
    return handle.platform, handle.realm, handle.user


def _person(row: Row) -> Person:
    number, name, zone, asked, start, end, reminders, level = row
    quiet = QuietHours(time_from_text(start), time_from_text(end)) if start is not None else None
    return Person(number, name, Preferences(zone, bool(asked), quiet, bool(reminders), level))


def _preferred(preferences: Preferences) -> tuple[object, ...]:
    quiet = preferences.quiet
    start, end = (time_to_text(quiet.start), time_to_text(quiet.end)) if quiet else (None, None)
    return preferences.zone, int(preferences.zone_asked), start, end, int(preferences.reminders), preferences.level
