"""What calls leave behind of their members for some days: answers, steps and long values."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

# These two walk over an index by age. One by member would cost every call, and members seldom go.
_CALLS = "SELECT id FROM calls WHERE rowid IN (SELECT rowid FROM calls WHERE whose = ?)"
_STEPS = "SELECT call_id FROM call_steps WHERE whose = ?"

_FORGET_CALL = "DELETE FROM calls WHERE id = ?"
_FORGET_STEPS = "DELETE FROM call_steps WHERE call_id = ?"
_FORGET_NEW_CALLS = "DELETE FROM calls WHERE at >= ? AND whose = ?"
_FORGET_NEW_STEPS = "DELETE FROM call_steps WHERE at >= ? AND whose = ?"
_FORGET_VALUES = "DELETE FROM stash WHERE whose = ?"


def calls_of(connection: sqlite3.Connection, members: Iterable[str]) -> set[str]:
    """Return the ids of the calls of these members; this takes its time, so it is asked of a reading connection."""
    found = [connection.execute(query, (member,)).fetchall() for member in members for query in (_CALLS, _STEPS)]
    return {call_id for rows in found for (call_id,) in rows}


def forget_calls(connection: sqlite3.Connection, members: Iterable[str], seen: Iterable[str], since: str) -> None:
    """Delete what is left of the calls that were seen, and of all that these members made since then."""
    known = [(call_id,) for call_id in seen]
    connection.executemany(_FORGET_CALL, known)
    connection.executemany(_FORGET_STEPS, known)
    for member in members:
        connection.execute(_FORGET_NEW_CALLS, (since, member))
        connection.execute(_FORGET_NEW_STEPS, (since, member))
        connection.execute(_FORGET_VALUES, (member,))
