"""The members, and the platform identities by which they are known."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.models import Handle, Person, Preferences, QuietHours
from storage import personal
from storage.instants import time_from_text, time_to_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

FIND = """
SELECT p.id, p.name, p.zone, p.zone_asked, p.quiet_start, p.quiet_end, p.level, nullif(i.born_id, i.person_id)
FROM identities AS i JOIN people AS p ON p.id = i.person_id
WHERE i.platform = ? AND i.realm = ? AND i.account = ?
"""
NAMED = "SELECT id, name, zone, zone_asked, quiet_start, quiet_end, level, NULL FROM people WHERE id = ?"
_RENAME = "UPDATE people SET name = ? WHERE id = ?"
_ADD = "INSERT INTO people (name) VALUES (?) RETURNING id"
_ATTACH = """
INSERT INTO identities (platform, realm, account, person_id, born_id) VALUES (?1, ?2, ?3, ?4, ?4)
ON CONFLICT (platform, realm, account) DO UPDATE SET person_id = excluded.person_id, born_id = excluded.born_id
"""
_HANDLES = """
SELECT platform, realm, account FROM identities WHERE person_id = ? ORDER BY platform, realm, account
"""
_PREFER = "UPDATE people SET zone = ?, zone_asked = ?, quiet_start = ?, quiet_end = ?, level = ? WHERE id = ?"
# The rest of the row that FIND finds of somebody new.
_NOTHING_TOLD = (None, 0, None, None, None, None)

TURN = timedelta(minutes=10)  # much longer than a write ever waits for its turn


class SqlitePeople:
    """Keeps the people in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def find(self, handle: Handle) -> Person | None:
        row = await self._reads.row(FIND, *key_of(handle))
        return person_of(row) if row else None

    async def named(self, person_id: int) -> Person | None:
        row = await self._reads.row(NAMED, person_id)
        return person_of(row) if row else None

    async def enter(self, handle: Handle, name: str) -> Person:
        def write(connection: sqlite3.Connection) -> list[object]:
            return _enter(connection, handle, name)

        return person_of(await self._writes.submit(self._writes.step("people.enter"), write))

    async def attach(self, person_id: int, handle: Handle) -> None:
        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_ATTACH, (*key_of(handle), person_id))

        await self._writes.submit(self._writes.step("people.attach"), write)

    async def handles(self, person_id: int) -> Sequence[Handle]:
        return [Handle(*row) for row in await self._reads.rows(_HANDLES, person_id)]

    async def prefer(self, person_id: int, preferences: Preferences) -> None:
        values = (*_preferred(preferences), person_id)

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_PREFER, values).rowcount == 1

        if not await self._writes.submit(self._writes.step("people.prefer"), write):
            raise LookupError(f"There is no person {person_id}.")

    async def export(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        return await self._reads.run(lambda connection: personal.export(connection, person_id))

    async def forget(self, person_id: int) -> None:
        step = self._writes.step("people.forget")
        since = to_text(self._clock.now() - TURN)
        seen = await self._reads.run(lambda connection: personal.calls_before(connection, person_id))

        def write(connection: sqlite3.Connection) -> None:
            members = personal.forget(connection, person_id, seen, since)
            self._writes.forgotten.add(members)  # inside, so that whatever is written next knows

        await self._writes.submit(step, write)


def add_person(connection: sqlite3.Connection, handle: Handle, name: str) -> int:
    """Make a person for a handle that nobody wrote from, and return their number."""
    (number,) = connection.execute(_ADD, (name,)).fetchall()[0]
    connection.execute(_ATTACH, (*key_of(handle), number))
    return int(number)


def key_of(handle: Handle) -> tuple[str, str, str]:
    """Return the columns that name a handle."""
    return handle.platform, handle.realm, handle.user


def person_of(row: Row) -> Person:
    """Return the person of a row that FIND or NAMED found."""
    number, name, zone, asked, start, end, level, origin_id = row
    quiet = QuietHours(time_from_text(start), time_from_text(end)) if start is not None else None
    return Person(number, name, Preferences(zone, bool(asked), quiet, level), origin_id)


def _enter(connection: sqlite3.Connection, handle: Handle, name: str) -> list[object]:
    found = connection.execute(FIND, key_of(handle)).fetchone()
    if found is None:
        return [add_person(connection, handle, name), name, *_NOTHING_TOLD]
    number, old_name, *rest = found
    if old_name == name or person_of(found).origin_id is not None:
        return list(found)  # joined accounts have names of their own, and the person keeps theirs
    connection.execute(_RENAME, (name, number))
    return [number, name, *rest]


def _preferred(preferences: Preferences) -> tuple[object, ...]:
    quiet = preferences.quiet
    start, end = (time_to_text(quiet.start), time_to_text(quiet.end)) if quiet else (None, None)
    return preferences.zone, int(preferences.zone_asked), start, end, preferences.level
