"""Two accounts of one person, joined by a code."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from hashlib import sha256

from bot.clock import Clock
from bot.models import Handle, Person
from storage.instants import to_text
from storage.joining import join_person, part_person
from storage.people import FIND, NAMED, add_person, key_of, person_of
from storage.reads import Reads, Row
from storage.writes import Writes

_CLEAR = "DELETE FROM link_codes WHERE person_id = ? OR until <= ?"
_OFFER = "INSERT INTO link_codes (hash, person_id, until) VALUES (?, ?, ?)"
_OFFERED = """
SELECT coalesce(p.joined_to, p.id) FROM link_codes AS l JOIN people AS p ON p.id = l.person_id
WHERE l.hash = ? AND l.until > ?
"""
_USE = "DELETE FROM link_codes WHERE hash = ?"
_BORN = """
SELECT person_id, born_id FROM identities
WHERE platform = ? AND realm = ? AND account = ? AND born_id <> person_id
"""


class SqliteJoins:
    """Joins and parts accounts in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def offer(self, person_id: int, code: str, until: datetime) -> None:
        now, end, kept = to_text(self._clock.now()), to_text(until), _hash(code)

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_CLEAR, (person_id, now))
            connection.execute(_OFFER, (kept, person_id, end))

        await self._writes.submit(self._writes.step("joins.offer"), write)

    async def offered(self, code: str) -> Person | None:
        values = (_hash(code), to_text(self._clock.now()))

        def read(connection: sqlite3.Connection) -> Row | None:
            offerer: Row | None = connection.execute(_OFFERED, values).fetchone()
            return connection.execute(NAMED, offerer).fetchone() if offerer else None

        row = await self._reads.run(read)
        return person_of(row) if row else None

    async def join(self, code: str, handle: Handle) -> Person | None:
        kept, now = _hash(code), to_text(self._clock.now())

        def write(connection: sqlite3.Connection) -> list[object] | None:
            offerer = connection.execute(_OFFERED, (kept, now)).fetchone()
            if offerer is None:
                return None
            connection.execute(_USE, (kept,))
            return _join(connection, handle, offerer[0], now)

        row = await self._writes.submit(self._writes.step("joins.join"), write)
        return person_of(row) if row else None

    async def part(self, handle: Handle) -> Person | None:
        now = to_text(self._clock.now())

        def write(connection: sqlite3.Connection) -> list[object] | None:
            joined = connection.execute(_BORN, key_of(handle)).fetchone()
            if joined is None:
                return None
            part_person(connection, joined[1], joined[0], now)
            return list(connection.execute(FIND, key_of(handle)).fetchone())

        row = await self._writes.submit(self._writes.step("joins.part"), write)
        return person_of(row) if row else None


def _join(connection: sqlite3.Connection, handle: Handle, offerer: int, now: str) -> list[object]:
    found = connection.execute(FIND, key_of(handle)).fetchone()
    if found is None:  # a person of its own, or it could not part again
        other = add_person(connection, handle, connection.execute(NAMED, (offerer,)).fetchone()[1])
    else:
        other = found[0]
    if other != offerer:
        join_person(connection, other, offerer, now)
    return list(connection.execute(FIND, key_of(handle)).fetchone())


def _hash(code: str) -> str:
    """Return what is kept of a code: however somebody typed it, it is the same."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return sha256(letters.encode()).hexdigest()
