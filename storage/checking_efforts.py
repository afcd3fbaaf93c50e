"""Compares what efforts count with the answers, uploads and projects that they count."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from storage.checking import SLICE, After, Cure, Finding, Slice
from storage.effort_rows import Key

_EFFORTS = """
SELECT round_id, person_id, tried, parts FROM efforts
WHERE (round_id, person_id) > (?, ?) ORDER BY round_id, person_id LIMIT ?
"""
# All that was tried, and the parts that were answered rightly.
_RIGHT = """
SELECT (SELECT count(*) FROM attempts AS a WHERE a.round_id = e.round_id AND a.person_id = e.person_id)
    + (SELECT count(*) FROM uploads AS u WHERE u.round_id = e.round_id AND u.person_id = e.person_id)
    + (SELECT count(*) FROM quiz_answers AS q WHERE q.round_id = e.round_id AND q.person_id = e.person_id)
    + (SELECT count(*) FROM handins AS h WHERE h.round_id = e.round_id AND h.person_id = e.person_id),
    (SELECT count(*) FROM attempts AS a
     WHERE a.round_id = e.round_id AND a.person_id = e.person_id AND a.correct = 1)
FROM efforts AS e WHERE e.round_id = ? AND e.person_id = ?
"""
_COUNT = "UPDATE efforts SET tried = ?, parts = ? WHERE round_id = ? AND person_id = ?"


def check_efforts(connection: sqlite3.Connection, after: After, now: datetime) -> Slice:
    """Compare some members' counts in rounds with what they did there."""
    rows = connection.execute(_EFFORTS, (*(after or (0, 0)), SLICE)).fetchall()
    findings = tuple(finding for row in rows for finding in _differences(connection, *row))
    return Slice({"efforts": len(rows)}, findings, rows[-1][:2] if rows else None)


def recount_effort(connection: sqlite3.Connection, round_id: int, person_id: int) -> None:
    """Count anew what a member did in a round."""
    effort = (round_id, person_id)
    connection.execute(_COUNT, (*_right(connection, effort), *effort))


def _differences(
    connection: sqlite3.Connection, round_id: int, person_id: int, tried: int, parts: int
) -> Iterator[Finding]:
    should = _right(connection, (round_id, person_id))
    if (tried, parts) != should:
        yield Finding(
            f"Round {round_id} counts {tried} tries and {parts} right answers of member {person_id} "
            f"instead of {should[0]} and {should[1]}.",
            Cure(recount_effort, (round_id, person_id)),
        )


def _right(connection: sqlite3.Connection, effort: Key) -> tuple[int, int]:
    tried, parts = connection.execute(_RIGHT, effort).fetchone()
    return tried, parts
