"""Compares counts that are kept with the rows that they count."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from storage.boards import STEP
from storage.checking import SLICE, After, Cure, Finding, Slice

_NEXT_SCORES = """
SELECT community_id, period FROM board_scores WHERE (community_id, period) > (?, ?)
ORDER BY community_id, period LIMIT 1
"""
_NEXT_COUNTS = """
SELECT community_id, period FROM board_counts WHERE (community_id, period) > (?, ?)
ORDER BY community_id, period LIMIT 1
"""
_NEXT_STEPS = """
SELECT community_id, period FROM board_steps WHERE (community_id, period) > (?, ?)
ORDER BY community_id, period LIMIT 1
"""
_WRONG_COUNTS = """
SELECT points, sum(kept), sum(there) FROM (
    SELECT points, members AS kept, 0 AS there FROM board_counts WHERE community_id = ? AND period = ?
    UNION ALL
    SELECT points, 0, count(*) FROM board_scores WHERE community_id = ? AND period = ? GROUP BY points
) GROUP BY points HAVING sum(kept) <> sum(there)
"""
_WRONG_STEPS = """
SELECT step, sum(kept), sum(there) FROM (
    SELECT step, members AS kept, 0 AS there FROM board_steps WHERE community_id = ? AND period = ?
    UNION ALL
    SELECT points / 256, 0, count(*) FROM board_scores WHERE community_id = ? AND period = ?
    GROUP BY points / 256
) GROUP BY step HAVING sum(kept) <> sum(there)
"""
_CLEAR_COUNTS = "DELETE FROM board_counts WHERE community_id = ? AND period = ?"
_CLEAR_STEPS = "DELETE FROM board_steps WHERE community_id = ? AND period = ?"
_COUNT = """
INSERT INTO board_counts (community_id, period, points, members)
SELECT community_id, period, points, count(*) FROM board_scores WHERE community_id = ? AND period = ?
GROUP BY points
"""
_COUNT_STEPS = """
INSERT INTO board_steps (community_id, period, step, members)
SELECT community_id, period, points / 256, count(*) FROM board_scores WHERE community_id = ? AND period = ?
GROUP BY points / 256
"""
_GAPS = """
SELECT id, asked, (SELECT count(*) FROM gap_askers WHERE gap_id = gaps.id) FROM gaps
WHERE id > ? ORDER BY id LIMIT ?
"""
_COUNT_ASKERS = "UPDATE gaps SET asked = (SELECT count(*) FROM gap_askers WHERE gap_id = gaps.id) WHERE id = ?"


def check_board(connection: sqlite3.Connection, after: After, now: datetime) -> Slice:
    """Compare the counts of one board with its lines."""
    board = _next_board(connection, after or (0, ""))
    if board is None:
        return Slice({"boards": 0})
    community, period = board
    name, cure = f"The board of community {community} for “{period}”", Cure(recount_board, board)
    wrong = [
        Finding(f"{name} counts {kept} members with {points} points instead of {there}.", cure)
        for points, kept, there in connection.execute(_WRONG_COUNTS, board * 2).fetchall()
    ]
    wrong += [
        Finding(f"{name} counts {kept} members from {step * STEP} points on instead of {there}.", cure)
        for step, kept, there in connection.execute(_WRONG_STEPS, board * 2).fetchall()
    ]
    return Slice({"boards": 1}, tuple(wrong), board)


def check_gaps(connection: sqlite3.Connection, after: After, now: datetime) -> Slice:
    """Compare how often questions were asked with who asked them."""
    rows = connection.execute(_GAPS, (after or 0, SLICE)).fetchall()
    wrong = tuple(
        Finding(f"Question {number} counts {asked} members instead of {there}.", Cure(recount_gap, (number,)))
        for number, asked, there in rows
        if asked != there
    )
    return Slice({"questions": len(rows)}, wrong, rows[-1][0] if rows else None)


def _next_board(connection: sqlite3.Connection, after: tuple[int, str]) -> tuple[int, str] | None:
    """Return the next board that has lines, or counts of lines that may be gone."""
    queries = (_NEXT_SCORES, _NEXT_COUNTS, _NEXT_STEPS)
    return min((row for query in queries for row in connection.execute(query, after).fetchall()), default=None)


def recount_board(connection: sqlite3.Connection, community_id: int, period: str) -> None:
    """Count the lines of a board anew."""
    for statement in (_CLEAR_COUNTS, _CLEAR_STEPS, _COUNT, _COUNT_STEPS):
        connection.execute(statement, (community_id, period))


def recount_gap(connection: sqlite3.Connection, gap_id: int) -> None:
    """Count the askers of a question anew."""
    connection.execute(_COUNT_ASKERS, (gap_id,))
