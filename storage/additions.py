"""The entries of the communities' own."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.clock import Clock
from bot.models import Addition, AdditionState, NewAddition, Place
from storage.instants import from_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

_ADD = """
INSERT INTO additions (community_id, kind, entry, body, state, author_id, changed) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (community_id, entry) DO NOTHING
RETURNING id
"""
_CHANGE = """
UPDATE additions SET body = coalesce(?, body), state = coalesce(?, state), changed = ? WHERE id = ?
"""
_SELECT = """
SELECT a.id, a.community_id, c.platform, c.place_key, a.kind, a.entry, a.body, a.state, a.author_id, a.changed
FROM additions AS a JOIN communities AS c ON c.id = a.community_id
"""
_FIND = f"{_SELECT} WHERE a.id = ?"
_OF = f"{_SELECT} WHERE a.community_id = ? AND a.state = ? ORDER BY a.id DESC"
_LIVE = f"{_SELECT} WHERE a.state = 'live' ORDER BY a.id"


class SqliteAdditions:
    """Keeps the communities' entries in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def add(self, new: NewAddition) -> Addition:
        values = (*_values(new), to_text(self._clock.now()))

        def write(connection: sqlite3.Connection) -> list[object] | None:
            added = connection.execute(_ADD, values).fetchall()
            return list(connection.execute(_FIND, added[0]).fetchone()) if added else None

        row = await self._writes.submit(self._writes.step("additions.add"), write)
        if row is None:
            raise ValueError(f"This community has an entry {new.entry} already.")
        return _addition(row)

    async def change(self, addition_id: int, *, body: str | None = None, state: AdditionState | None = None) -> bool:
        values = (body, state.value if state else None, to_text(self._clock.now()), addition_id)

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_CHANGE, values).rowcount == 1

        changed: bool = await self._writes.submit(self._writes.step("additions.change"), write)
        return changed

    async def find(self, addition_id: int) -> Addition | None:
        row = await self._reads.row(_FIND, addition_id)
        return _addition(row) if row else None

    async def of(self, community_id: int, state: AdditionState) -> Sequence[Addition]:
        return [_addition(row) for row in await self._reads.rows(_OF, community_id, state.value)]

    async def live(self) -> Sequence[Addition]:
        return [_addition(row) for row in await self._reads.rows(_LIVE)]


def _values(new: NewAddition) -> tuple[object, ...]:
    return new.community_id, new.kind, new.entry, new.body, new.state.value, new.author_id


def _addition(row: Row) -> Addition:
    number, community_id, platform, key, kind, entry, body, state, author_id, changed = row
    return Addition(
        id=number,
        community_id=community_id,
        place=Place(platform, key),
        kind=kind,
        entry=entry,
        body=body,
        state=AdditionState(state),
        author_id=author_id,
        changed=from_text(changed),
    )
