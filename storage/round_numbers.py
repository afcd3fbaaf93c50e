"""How a round went, counted when it is asked."""

from __future__ import annotations

import sqlite3
from itertools import groupby

from bot.models.challenges import RoundNumbers, SameAnswer

_EFFORTS = """
SELECT count(*), count(CASE WHEN e.tried > 0 THEN 1 END), count(e.solved) FROM efforts AS e
JOIN people AS p ON p.id = e.person_id AND p.joined_to IS NULL WHERE e.round_id = ?
"""
_PARTS = """
SELECT a.part, count(*), sum(a.correct) FROM attempts AS a
JOIN people AS p ON p.id = a.person_id AND p.joined_to IS NULL WHERE a.round_id = ? GROUP BY a.part
"""
_HINTS = """
SELECT count(*) FROM hints_opened AS h
JOIN people AS p ON p.id = h.person_id AND p.joined_to IS NULL WHERE h.round_id = ?
"""
_MARKS = """
SELECT DISTINCT a.part, a.mark, a.person_id FROM attempts AS a
JOIN people AS p ON p.id = a.person_id AND p.joined_to IS NULL
WHERE a.round_id = ? ORDER BY a.part, a.mark, a.person_id
"""


def numbers_of(connection: sqlite3.Connection, round_id: int, parts: int) -> RoundNumbers:
    """Count who opened, tried and solved, and what was sent for each part, the first of which is 0."""
    opened, tried, solved = connection.execute(_EFFORTS, (round_id,)).fetchone()
    sent = {part: (count, right) for part, count, right in connection.execute(_PARTS, (round_id,)).fetchall()}
    (hints,) = connection.execute(_HINTS, (round_id,)).fetchone()
    return RoundNumbers(opened, tried, solved, tuple(sent.get(part, (0, 0)) for part in range(parts)), hints)


def same_answers_of(connection: sqlite3.Connection, round_id: int) -> list[SameAnswer]:
    """Find the answers to a part that several members gave."""
    rows = connection.execute(_MARKS, (round_id,)).fetchall()
    members = [(part, tuple(row[2] for row in same)) for (part, _), same in groupby(rows, key=lambda row: row[:2])]
    return [SameAnswer(part, people) for part, people in members if len(people) > 1]
