"""The questions that nothing answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.clock import Clock
from bot.models import Gap, GapState
from storage.instants import from_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

# An answer did not reach whoever asks again, so the question is open again; what was dismissed stays so.
_ASK = """
INSERT INTO gaps (community_id, question, folded, last) VALUES (?, ?, ?, ?)
ON CONFLICT (community_id, folded) DO UPDATE SET
    last = excluded.last,
    state = CASE gaps.state WHEN 'answered' THEN 'open' ELSE gaps.state END
RETURNING id
"""
_COUNT_ASKER = "INSERT INTO gap_askers (gap_id, person_id) VALUES (?, ?) ON CONFLICT (gap_id, person_id) DO NOTHING"
_FIND = "SELECT id, community_id, question, asked, last, state FROM gaps WHERE id = ?"
_OPEN = """
SELECT id, community_id, question, asked, last, state FROM gaps
WHERE community_id = ? AND state = 'open'
ORDER BY asked DESC, last DESC, id DESC LIMIT ? OFFSET ?
"""
_COUNT = "SELECT count(*) FROM gaps WHERE community_id = ? AND state = 'open'"
_SETTLE = "UPDATE gaps SET state = ? WHERE id = ?"
_ASKERS = "SELECT person_id FROM gap_askers WHERE gap_id = ? ORDER BY person_id"


class SqliteGaps:
    """Keeps the open questions in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def ask(self, community_id: int, question: str, person_id: int) -> Gap:
        values = (community_id, question, _fold(question), to_text(self._clock.now()))

        def write(connection: sqlite3.Connection) -> list[object]:
            (gap_id,) = connection.execute(_ASK, values).fetchall()[0]
            connection.execute(_COUNT_ASKER, (gap_id, person_id))
            return list(connection.execute(_FIND, (gap_id,)).fetchone())

        return _gap(await self._writes.submit(self._writes.step("gaps.ask"), write))

    async def open(self, community_id: int, *, offset: int = 0, limit: int = 5) -> Sequence[Gap]:
        return [_gap(row) for row in await self._reads.rows(_OPEN, community_id, limit, offset)]

    async def count(self, community_id: int) -> int:
        ((count,),) = await self._reads.rows(_COUNT, community_id)
        return int(count)

    async def find(self, gap_id: int) -> Gap | None:
        row = await self._reads.row(_FIND, gap_id)
        return _gap(row) if row else None

    async def settle(self, gap_id: int, state: GapState) -> Sequence[int]:
        def write(connection: sqlite3.Connection) -> list[int] | None:
            if connection.execute(_SETTLE, (state.value, gap_id)).rowcount == 0:
                return None
            return [person_id for (person_id,) in connection.execute(_ASKERS, (gap_id,)).fetchall()]

        askers: list[int] | None = await self._writes.submit(self._writes.step("gaps.settle"), write)
        if askers is None:
            raise LookupError(f"There is no question {gap_id}.")
        return askers


def _fold(question: str) -> str:
    """Return what two askings of one question have in common."""
    words = " ".join(question.casefold().split())
    return words.rstrip("?!. ") or words


def _gap(row: Row) -> Gap:
    number, community_id, question, asked, last, state = row
    return Gap(number, community_id, question, asked, from_text(last), GapState(state))
