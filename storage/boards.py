"""Who has how many points in a period."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence

from bot.models import Board, Standing
from storage.derived import fill_boards
from storage.reads import Reads, Row
from storage.writes import Writes

STEP = 256  # how many points the coarse counts take together, as in the schema

_JOIN = """
INSERT INTO memberships (community_id, person_id, on_board) VALUES (?, ?, 1)
ON CONFLICT (community_id, person_id) DO UPDATE SET on_board = 1 WHERE on_board = 0
"""
_LEAVE = "UPDATE memberships SET on_board = 0 WHERE community_id = ? AND person_id = ? AND on_board = 1"
_CLEAR = "DELETE FROM board_scores WHERE community_id = ? AND person_id = ?"
_HAS = "SELECT 1 FROM memberships WHERE community_id = ? AND person_id = ? AND on_board = 1"
_NAMES = """
SELECT p.id, p.name FROM json_each(?) AS wanted
CROSS JOIN people AS p ON p.id = wanted.value
CROSS JOIN memberships AS m ON m.community_id = ? AND m.person_id = p.id
WHERE m.on_board = 1
"""
_MEMBERS = "SELECT coalesce(sum(members), 0) FROM board_steps WHERE community_id = ? AND period = ?"
_POINTS = "SELECT points FROM board_scores WHERE community_id = ? AND period = ? AND person_id = ?"
_ABOVE = """
SELECT coalesce((SELECT sum(members) FROM board_steps WHERE community_id = ? AND period = ? AND step > ?), 0)
    + coalesce((SELECT sum(members) FROM board_counts
                WHERE community_id = ? AND period = ? AND points > ? AND points < ?), 0)
"""
# Each line with how many have as many points: that tells the rank of the line after it.
_LINE = """
SELECT b.person_id, p.name, b.points, c.members FROM board_scores AS b
CROSS JOIN people AS p ON p.id = b.person_id
CROSS JOIN board_counts AS c ON c.community_id = b.community_id AND c.period = b.period AND c.points = b.points
WHERE b.community_id = ? AND b.period = ?
"""
_TOP = f"{_LINE} ORDER BY b.points DESC, b.person_id DESC LIMIT ?"
_FROM = f"{_LINE} AND (b.points, b.person_id) <= (?, ?) ORDER BY b.points DESC, b.person_id DESC LIMIT ?"
_BEFORE = f"{_LINE} AND (b.points, b.person_id) > (?, ?) ORDER BY b.points, b.person_id LIMIT ?"


class SqliteBoards:
    """Keeps the boards in SQLite."""

    def __init__(self, reads: Reads, writes: Writes) -> None:
        self._reads, self._writes = reads, writes

    async def join(self, community_id: int, person_id: int) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            if connection.execute(_JOIN, (community_id, person_id)).rowcount == 0:
                return False
            fill_boards(connection, person_id, [community_id])
            return True

        joined: bool = await self._writes.submit(self._writes.step("boards.join"), write)
        return joined

    async def leave(self, community_id: int, person_id: int) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            connection.execute(_CLEAR, (community_id, person_id))
            return connection.execute(_LEAVE, (community_id, person_id)).rowcount == 1

        left: bool = await self._writes.submit(self._writes.step("boards.leave"), write)
        return left

    async def has(self, community_id: int, person_id: int) -> bool:
        return await self._reads.row(_HAS, community_id, person_id) is not None

    async def names(self, community_id: int, person_ids: Collection[int]) -> Mapping[int, str]:
        rows = await self._reads.rows(_NAMES, json.dumps(list(person_ids)), community_id)
        return dict(rows)

    async def show(self, community_id: int, period: str, person_id: int | None, *, top: int, near: int) -> Board:
        return await self._reads.run(
            lambda connection: show_board(connection, (community_id, period), person_id, top=top, near=near)
        )


_Which = tuple[int, str]


def show_board(connection: sqlite3.Connection, board: _Which, person_id: int | None, *, top: int, near: int) -> Board:
    """Read a part of a board: the best, and those around one member."""
    (members,) = connection.execute(_MEMBERS, board).fetchone()
    best = connection.execute(_TOP, (*board, top)).fetchall()
    around = _around(connection, board, person_id, near) if person_id is not None else ()
    return Board(members, _ranked(best, 1), around)


def _around(connection: sqlite3.Connection, board: _Which, person_id: int, near: int) -> tuple[Standing, ...]:
    found = connection.execute(_POINTS, (*board, person_id)).fetchone()
    if found is None:
        return ()
    me = (found[0], person_id)
    before = connection.execute(_BEFORE, (*board, *me, near)).fetchall()
    lines = [*reversed(before), *connection.execute(_FROM, (*board, *me, near + 1)).fetchall()]
    return _ranked(lines, 1 + _above(connection, board, lines[0][2]))


def _above(connection: sqlite3.Connection, board: _Which, points: int) -> int:
    """Count who has more points."""
    step = points // STEP
    values = (*board, step, *board, points, (step + 1) * STEP)
    (above,) = connection.execute(_ABOVE, values).fetchone()
    return int(above)


def _ranked(lines: Sequence[Row], rank: int) -> tuple[Standing, ...]:
    """Give each of these lines, which follow one another on the board, its rank; the first has this one."""
    standings: list[Standing] = []
    former = lines[0] if lines else None
    for line in lines:
        person_id, name, points, _ = line
        if former is not None and points != former[2]:
            rank += former[3]
        standings.append(Standing(rank, person_id, name, points))
        former = line
    return tuple(standings)
