"""The weeks of the communities, with their challenges."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.models.challenges import Round
from storage.instants import from_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

# The name of the secret from which members' data is made, and how long it is.
OF_DATA, BYTES = "challenges", 32

_SELECT = "SELECT id, community_id, challenge, content, opens, closes, wound_up FROM rounds"
_OPEN = """
INSERT INTO rounds (community_id, challenge, content, opens, closes) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (community_id, opens) DO NOTHING
"""
_OPENED = f"{_SELECT} WHERE community_id = ? AND opens = ?"
_AT = f"{_SELECT} WHERE community_id = ? AND opens <= ? AND closes > ? ORDER BY opens DESC LIMIT 1"
_FIND = f"{_SELECT} WHERE id = ?"
_OF = f"{_SELECT} WHERE community_id = ? ORDER BY opens DESC LIMIT ? OFFSET ?"
_USED = "SELECT challenge, max(opens) FROM rounds WHERE community_id = ? AND opens >= ? GROUP BY challenge"
_PLAN = """
INSERT INTO round_plans (community_id, opens, challenge) VALUES (?, ?, ?)
ON CONFLICT (community_id, opens) DO UPDATE SET challenge = excluded.challenge
"""
_UNPLAN = "DELETE FROM round_plans WHERE community_id = ? AND opens = ?"
_PLANS = "SELECT opens, challenge FROM round_plans WHERE community_id = ? AND opens >= ? ORDER BY opens"
_SWAPPABLE = """
SELECT challenge FROM rounds
WHERE id = ? AND NOT EXISTS (SELECT 1 FROM efforts WHERE round_id = rounds.id AND tried > 0)
"""
_SWAP = "UPDATE rounds SET challenge = ?, content = ? WHERE id = ?"
# They were hints to the other challenge, and nobody shall pay for them here.
_CLOSE_HINTS = "DELETE FROM hints_opened WHERE round_id = ?"
_MOVE_CLOSE = "UPDATE rounds SET closes = ?1 WHERE id = ?2 AND wound_up IS NULL AND closes > ?3 AND opens < ?1"
_TO_WIND_UP = f"{_SELECT} WHERE wound_up IS NULL AND closes <= ? ORDER BY closes, id LIMIT ?"
_WIND_UP = "UPDATE rounds SET wound_up = ? WHERE id = ? AND wound_up IS NULL"
_KEY = "SELECT value FROM secrets WHERE name = ?"
_KEEP_KEY = "INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"


class SqliteRounds:
    """Keeps the rounds in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def secret(self) -> bytes:
        step = self._writes.step("rounds.secret")
        row = await self._reads.row(_KEY, OF_DATA)
        if row is None:
            await self._writes.submit(step, _make_secret)  # it returns nothing: no step keeps the secret
            row = await self._reads.row(_KEY, OF_DATA)
        if row is None:
            raise LookupError("The secret of the challenges is gone.")
        return bytes.fromhex(row[0])

    async def open(self, community_id: int, challenge: str, content: str, opens: datetime, closes: datetime) -> Round:
        beginning = to_text(opens)
        values = (community_id, challenge, content, beginning, to_text(closes))

        def write(connection: sqlite3.Connection) -> list[object]:
            connection.execute(_OPEN, values)
            return list(connection.execute(_OPENED, (community_id, beginning)).fetchone())

        return round_of(await self._writes.submit(self._writes.step("rounds.open"), write))

    async def at(self, community_id: int, now: datetime) -> Round | None:
        row = await self._reads.row(_AT, community_id, to_text(now), to_text(now))
        return round_of(row) if row else None

    async def find(self, round_id: int) -> Round | None:
        row = await self._reads.row(_FIND, round_id)
        return round_of(row) if row else None

    async def of(self, community_id: int, *, offset: int = 0, limit: int = 5) -> Sequence[Round]:
        return [round_of(row) for row in await self._reads.rows(_OF, community_id, limit, offset)]

    async def used(self, community_id: int, since: datetime) -> Mapping[str, datetime]:
        rows = await self._reads.rows(_USED, community_id, to_text(since))
        return {challenge: from_text(opened) for challenge, opened in rows}

    async def plan(self, community_id: int, opens: datetime, challenge: str | None) -> None:
        values = (community_id, to_text(opens), challenge)

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_PLAN, values)

        await self._writes.submit(self._writes.step("rounds.plan"), write)

    async def unplan(self, community_id: int, opens: datetime) -> bool:
        values = (community_id, to_text(opens))

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_UNPLAN, values).rowcount == 1

        unplanned: bool = await self._writes.submit(self._writes.step("rounds.unplan"), write)
        return unplanned

    async def plans(self, community_id: int, since: datetime) -> Mapping[datetime, str | None]:
        rows = await self._reads.rows(_PLANS, community_id, to_text(since))
        return {from_text(opens): challenge for opens, challenge in rows}

    async def swap_content(self, round_id: int, challenge: str, content: str) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            return _swap(connection, round_id, challenge, content)

        swapped: bool = await self._writes.submit(self._writes.step("rounds.swap_content"), write)
        return swapped

    async def move_close(self, round_id: int, closes: datetime) -> bool:
        values = (to_text(closes), round_id, to_text(self._clock.now()))

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_MOVE_CLOSE, values).rowcount == 1

        moved: bool = await self._writes.submit(self._writes.step("rounds.move_close"), write)
        return moved

    async def to_wind_up(self, now: datetime, limit: int) -> Sequence[Round]:
        return [round_of(row) for row in await self._reads.rows(_TO_WIND_UP, to_text(now), limit)]

    async def wind_up(self, round_id: int) -> bool:
        values = (to_text(self._clock.now()), round_id)

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_WIND_UP, values).rowcount == 1

        wound_up: bool = await self._writes.submit(self._writes.step("rounds.wind_up"), write)
        return wound_up


def round_of(row: Row) -> Round:
    """Return the round of a row that names all its columns."""
    number, community_id, challenge, content, opens, closes, wound_up = row
    end = from_text(wound_up) if wound_up else None
    return Round(number, community_id, challenge, content, from_text(opens), from_text(closes), end)


def _make_secret(connection: sqlite3.Connection) -> None:
    """Make the secret unless there is one: of two programs, the second keeps the first one's."""
    connection.execute(_KEEP_KEY, (OF_DATA, secrets.token_hex(BYTES)))


def _swap(connection: sqlite3.Connection, round_id: int, challenge: str, content: str) -> bool:
    found = connection.execute(_SWAPPABLE, (round_id,)).fetchone()
    if found is None:
        return False
    connection.execute(_SWAP, (challenge, content, round_id))
    if found[0] != challenge:
        connection.execute(_CLOSE_HINTS, (round_id,))
    return True
