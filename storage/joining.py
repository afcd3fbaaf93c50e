"""What happens to the rows of two people when their accounts are joined, and when they part.

Joined accounts lie flat: each waits beside the one person that all of them are now, and parts alone. What the person
has from an account carries its number (`activities.origin_id`) or is noted (`joined_rows`). What both have counts
once, so the account's own waits with it, and moves up when the other's goes.
"""

from __future__ import annotations

import sqlite3

from storage.derived import rebuild_person
from storage.joined_rows import bring_rows, give_rows_back, move_up, put_aside, take_up

_JOIN = "UPDATE people SET joined_to = ?1 WHERE id = ?2 OR joined_to = ?2"
_PART = "UPDATE people SET joined_to = NULL WHERE id = ?"
_OTHERS = "SELECT id FROM people WHERE joined_to = ?"
_BRING_HANDLES = "UPDATE identities SET person_id = ? WHERE person_id = ?"
_GIVE_HANDLES_BACK = "UPDATE identities SET person_id = ?1 WHERE person_id = ?2 AND born_id = ?1"
_TAKE_OVER = """
UPDATE people AS mine SET
    zone = coalesce(mine.zone, theirs.zone),
    zone_asked = max(mine.zone_asked, theirs.zone_asked),
    quiet_start = coalesce(mine.quiet_start, theirs.quiet_start),
    quiet_end = coalesce(mine.quiet_end, theirs.quiet_end),
    level = coalesce(mine.level, theirs.level)
FROM people AS theirs WHERE mine.id = ? AND theirs.id = ?
"""
_NO_CODES = "DELETE FROM link_codes WHERE person_id = ?"
_NO_STREAK = "DELETE FROM streaks WHERE person_id = ?"
_NO_BOARDS = "DELETE FROM board_scores WHERE person_id = ?"

_BRING_FACTS = """
UPDATE OR IGNORE activities SET person_id = ?1, origin_id = coalesce(origin_id, ?2) WHERE person_id = ?2
"""
# Done before they were joined, taken back by the other account, done again by this one: it stood all the time.
_TAKE_BACK_DOUBLES = """
UPDATE activities SET taken_back = ?3
WHERE person_id = ?2 AND origin_id = ?1 AND taken_back IS NULL AND EXISTS (
    SELECT 1 FROM activities AS own
    WHERE own.person_id = ?1 AND own.key = activities.key AND own.taken_back IS NULL
)
"""
_GIVE_FACTS_BACK = """
UPDATE activities SET person_id = ?1, origin_id = NULL WHERE person_id = ?2 AND origin_id = ?1
RETURNING key, taken_back
"""
_MOVE_UP = """
UPDATE OR IGNORE activities SET person_id = ?1, origin_id = person_id
WHERE person_id = ?2 AND key = ?3 AND taken_back IS NULL
"""


def join_person(connection: sqlite3.Connection, joined: int, person: int, now: str) -> None:
    """Join a person, and whoever is joined to them, to another."""
    brought = _others(connection, joined)
    connection.execute(_JOIN, (person, joined))
    connection.execute(_BRING_HANDLES, (person, joined))
    connection.execute(_TAKE_OVER, (person, joined))
    connection.execute(_BRING_FACTS, (person, joined))
    bring_rows(connection, joined, person)
    for account in brought:  # what found its double there waits with whom it came from
        _give_facts_back(connection, account, joined, now)
        give_rows_back(connection, account, joined)
    for account in (joined, *brought):
        put_aside(connection, account)
        for statement in (_NO_CODES, _NO_STREAK, _NO_BOARDS):
            connection.execute(statement, (account,))
    rebuild_person(connection, person)


def part_person(connection: sqlite3.Connection, joined: int, person: int, now: str) -> None:
    """Give a joined person back what is theirs."""
    connection.execute(_PART, (joined,))
    connection.execute(_GIVE_HANDLES_BACK, (joined, person))
    gone = _give_facts_back(connection, joined, person, now)
    give_rows_back(connection, joined, person)
    for account in _others(connection, person):
        connection.executemany(_MOVE_UP, [(person, account, key) for key in gone])
        move_up(connection, account, person)
    take_up(connection, joined, person, now)
    rebuild_person(connection, joined)
    rebuild_person(connection, person)


def _give_facts_back(connection: sqlite3.Connection, owner: int, holder: int, now: str) -> list[str]:
    """Give back the facts that came from this account, and return the keys of those that stand."""
    connection.execute(_TAKE_BACK_DOUBLES, (owner, holder, now))
    given = connection.execute(_GIVE_FACTS_BACK, (owner, holder)).fetchall()
    return [key for key, taken_back in given if taken_back is None]


def _others(connection: sqlite3.Connection, person: int) -> list[int]:
    return [number for (number,) in connection.execute(_OTHERS, (person,)).fetchall()]
