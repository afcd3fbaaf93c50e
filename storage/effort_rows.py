"""Efforts as rows: what each write about a round begins with, and what it leads to."""

from __future__ import annotations

import sqlite3

from bot.models.challenges import Effort
from storage.instants import from_text
from storage.reads import Row

SELECT = """
SELECT e.round_id, e.person_id, e.opened, e.tried, e.parts, e.points, e.solved, e.shown, e.public, e.private
FROM efforts AS e
"""
FIND = f"{SELECT} WHERE e.round_id = ? AND e.person_id = ?"

_BEGIN = """
INSERT INTO efforts (round_id, person_id, opened) VALUES (?, ?, ?) ON CONFLICT (round_id, person_id) DO NOTHING
"""
_COUNT_TRY = "UPDATE efforts SET tried = tried + 1, parts = parts + ? WHERE round_id = ? AND person_id = ?"

# The round and the member.
Key = tuple[int, int]


def begin(connection: sqlite3.Connection, effort: Key, now: str) -> None:
    """Write the row that all else of a member in a round hangs on, unless it is there."""
    connection.execute(_BEGIN, (*effort, now))


def count_try(connection: sqlite3.Connection, effort: Key, *, parts: int = 0) -> None:
    """Count something that a member tried, and the parts that it solved."""
    connection.execute(_COUNT_TRY, (parts, *effort))


def effort_of(row: Row) -> Effort:
    """Return the effort of a row that SELECT gives."""
    round_id, person_id, opened, tried, parts, points, solved, shown, public, private = row
    end = from_text(solved) if solved else None
    return Effort(round_id, person_id, from_text(opened), tried, parts, points, end, shown, public, private)
