"""Rows beside the ledger that come and go with a joined account.

Most tables let a double wait where it is: nobody looks at an account that is joined. Where all rows are counted or
acted upon (votes, questions, boards, reminders), a double is taken out and noted with its values.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from storage.instants import from_text, to_text


@dataclass(frozen=True, slots=True)
class _Moving:
    """A table whose rows move, and the column that tells one person's rows apart."""

    table: str
    row: str
    owner: str = "person_id"


_MOVING = (
    _Moving("saves", "entry"),
    _Moving("tip_log", "id"),
    _Moving("pauses", "id"),
    _Moving("check_ins", "id"),
    _Moving("notices", "id"),
    _Moving("additions", "id", "author_id"),
    _Moving("votes", "faq"),
    _Moving("gap_askers", "gap_id"),
    _Moving("memberships", "community_id"),
    _Moving("efforts", "round_id"),  # with all that hangs on them: a round moves whole, or waits whole
    _Moving("reviews", "id", "reviewer_id"),
)
# What is noted of a double; where such rows move too, their own column comes first.
_ASIDE: Mapping[str, str] = {
    "votes": "faq, helped",
    "gap_askers": "gap_id",
    "memberships": "community_id, on_board",
    "reminders": "platform, realm, account, wall, due, sent, ignored, zone",
}
_TAKE_UP: Mapping[str, str] = {
    "votes": "INSERT OR IGNORE INTO votes (person_id, faq, helped) VALUES (?1, ?2, ?3)",
    "gap_askers": "INSERT OR IGNORE INTO gap_askers (person_id, gap_id) SELECT ?1, id FROM gaps WHERE id = ?2",
    "memberships": """
        INSERT OR IGNORE INTO memberships (person_id, community_id, on_board)
        SELECT ?1, id, ?3 FROM communities WHERE id = ?2
    """,
    "reminders": """
        INSERT OR IGNORE INTO reminders (person_id, platform, realm, account, wall, due, sent, ignored, zone)
        SELECT ?1, platform, realm, account, ?5, ?6, ?7, ?8, ?9 FROM identities
        WHERE platform = ?2 AND realm = ?3 AND account = ?4 AND person_id = ?1
    """,
}

_BRING = "UPDATE OR IGNORE %(table)s SET %(owner)s = ? WHERE %(owner)s = ? RETURNING %(row)s"
_GIVE_BACK = "UPDATE OR IGNORE %(table)s SET %(owner)s = ? WHERE %(owner)s = ? AND %(row)s = ?"
_DOUBLES = "SELECT %s FROM %s WHERE person_id = ?"
_NO_DOUBLES = "DELETE FROM %s WHERE person_id = ?"

_NOTE = """
INSERT INTO joined_rows (joined_id, tab, row_key) SELECT ?1, ?2, ?3
WHERE NOT EXISTS (
    SELECT 1 FROM joined_rows
    WHERE joined_id IN (SELECT id FROM people WHERE joined_to = ?4) AND tab = ?2 AND row_key = ?3
)
"""
_NOTED = "SELECT row_key FROM joined_rows WHERE joined_id = ? AND tab = ?"
_NOTE_TOO = "INSERT OR IGNORE INTO joined_rows (joined_id, tab, row_key) VALUES (?, ?, ?)"
_NOTE_NO_MORE = "DELETE FROM joined_rows WHERE joined_id = ? AND tab = ? AND row_key = ?"
_NOTHING_NOTED = "DELETE FROM joined_rows WHERE joined_id = ?"

_BRING_REMINDER = "UPDATE OR IGNORE reminders SET person_id = ? WHERE person_id = ?"
_IS_REMINDED = "SELECT 1 FROM reminders WHERE person_id IN (?, ?)"
# It goes to whose account it writes to.
_GIVE_REMINDER_BACK = """
UPDATE OR IGNORE reminders SET person_id = ?1 WHERE person_id = ?2 AND EXISTS (
    SELECT 1 FROM identities AS i
    WHERE i.platform = reminders.platform AND i.realm = reminders.realm AND i.account = reminders.account
    AND i.born_id = ?1
)
"""
_TELL_TOO = "INSERT OR IGNORE INTO told (person_id, what) SELECT ?1, what FROM told WHERE person_id = ?2"
# Whoever was active somewhere belongs there, and is seen there as they were when they were one.
_BELONG = """
INSERT OR IGNORE INTO memberships (community_id, person_id, on_board)
SELECT DISTINCT a.community_id, ?1, coalesce(
    (SELECT m.on_board FROM memberships AS m WHERE m.community_id = a.community_id AND m.person_id = ?2), 0)
FROM activities AS a WHERE a.person_id = ?1 AND a.community_id IS NOT NULL
"""


def bring_rows(connection: sqlite3.Connection, joined: int, person: int) -> None:
    """Move the rows that the person lacks, and note which."""
    _bring(connection, joined, person)
    connection.execute(_BRING_REMINDER, (person, joined))
    connection.execute(_TELL_TOO, (person, joined))


def give_rows_back(connection: sqlite3.Connection, owner: int, holder: int) -> None:
    """Move back the noted rows that the holder still has."""
    for moving in _MOVING:
        for (row,) in connection.execute(_NOTED, (owner, moving.table)).fetchall():
            if connection.execute(_GIVE_BACK % asdict(moving), (owner, holder, row)).rowcount:
                connection.execute(_NOTE_NO_MORE, (owner, moving.table, row))
    connection.execute(_GIVE_REMINDER_BACK, (owner, holder))


def put_aside(connection: sqlite3.Connection, joined: int) -> None:
    """Take the doubles out of the tables in which all rows count, and note their values."""
    for table, columns in _ASIDE.items():
        rows = connection.execute(_DOUBLES % (columns, table), (joined,)).fetchall()
        connection.executemany(_NOTE_TOO, [(joined, _aside(table), json.dumps(row)) for row in rows])
        connection.execute(_NO_DOUBLES % table, (joined,))


def move_up(connection: sqlite3.Connection, joined: int, person: int) -> None:
    """Let doubles count that are none any more, because another account took the person's row along."""
    _bring(connection, joined, person)
    for moving in _MOVING:
        for (text,) in connection.execute(_NOTED, (joined, _aside(moving.table))).fetchall():
            values = json.loads(text)
            if connection.execute(_TAKE_UP[moving.table], (person, *values)).rowcount:
                connection.execute(_NOTE_NO_MORE, (joined, _aside(moving.table), text))
                connection.execute(_NOTE_TOO, (joined, moving.table, str(values[0])))


def take_up(connection: sqlite3.Connection, joined: int, person: int, now: str) -> None:
    """Put back what was taken out, and let nothing be noted any more."""
    reminded = connection.execute(_IS_REMINDED, (joined, person)).fetchone()
    for table, statement in _TAKE_UP.items():
        for (text,) in connection.execute(_NOTED, (joined, _aside(table))).fetchall():
            values = json.loads(text)
            if table == "reminders":
                values[4] = _next(values[4], now)
            if table != "reminders" or reminded:  # who stopped them in the meantime wants none
                connection.execute(statement, (joined, *values))
    connection.execute(_NOTHING_NOTED, (joined,))
    for mine, other in ((joined, person), (person, joined)):
        connection.execute(_BELONG, (mine, other))


def _bring(connection: sqlite3.Connection, joined: int, person: int) -> None:
    for moving in _MOVING:
        moved = connection.execute(_BRING % asdict(moving), (person, joined)).fetchall()
        connection.executemany(_NOTE, [(joined, moving.table, str(row), person) for (row,) in moved])


def _aside(table: str) -> str:
    return f"{table} aside"


def _next(due: str, now: str) -> str:
    """Return the first day's moment after now; what was due in the meantime is not made up for."""
    late: datetime = from_text(due)
    days = (from_text(now) - late) // timedelta(days=1) + 1
    return to_text(late + timedelta(days=max(days, 0)))
