"""Compares what is kept of worth and belonging with the ledger and the uploads that it comes from."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.services.credits import CHALLENGE_DONE
from storage.checking import SLICE, After, Cure, Finding, Slice

# Of joined accounts both may have worked on a round; then the ledger has more than either of their rows.
_POINTS = """
SELECT e.round_id, e.person_id, e.points, (
    SELECT coalesce(sum(a.points), 0) FROM activities AS a
    WHERE a.person_id = e.person_id AND a.kind = ? AND a.taken_back IS NULL
    AND a.subject GLOB '*:' || e.round_id || ':*'
)
FROM efforts AS e JOIN people AS p ON p.id = e.person_id
WHERE (e.round_id, e.person_id) > (?, ?) AND p.joined_to IS NULL
    AND NOT EXISTS (SELECT 1 FROM people AS other WHERE other.joined_to = p.id)
ORDER BY e.round_id, e.person_id LIMIT ?
"""
_GIVE = "UPDATE efforts SET points = ? WHERE round_id = ? AND person_id = ?"

_BEST = """
SELECT e.round_id, e.person_id, EXISTS (
    SELECT 1 FROM uploads AS u WHERE u.person_id = e.person_id AND u.round_id = e.round_id
    AND u.public = e.public AND u.private = e.private
)
FROM efforts AS e WHERE (e.round_id, e.person_id) > (?, ?) AND e.public IS NOT NULL
ORDER BY e.round_id, e.person_id LIMIT ?
"""

_MEMBERS = """
SELECT a.community_id, a.person_id, m.person_id IS NULL FROM (
    SELECT DISTINCT community_id, person_id FROM activities WHERE community_id = ?
) AS a JOIN people AS p ON p.id = a.person_id AND p.joined_to IS NULL
LEFT JOIN memberships AS m ON m.community_id = a.community_id AND m.person_id = a.person_id
"""
_NEXT_COMMUNITY = "SELECT id FROM communities WHERE id > ? ORDER BY id LIMIT 1"
_ENTER = "INSERT OR IGNORE INTO memberships (community_id, person_id) VALUES (?, ?)"


def check_points(connection: sqlite3.Connection, after: After, now: datetime) -> Slice:
    """Compare the points of some efforts with what the ledger says was given for them."""
    rows = connection.execute(_POINTS, (CHALLENGE_DONE.kind, *(after or (0, 0)), SLICE)).fetchall()
    wrong = tuple(
        Finding(
            f"Round {effort} keeps {kept} points of member {person} instead of {given}.",
            Cure(give_points, (given, effort, person)),
        )
        for effort, person, kept, given in rows
        if given and kept != given  # a round may keep points that were never of the ledger
    )
    return Slice({"points in rounds": len(rows)}, wrong, rows[-1][:2] if rows else None)


def check_best(connection: sqlite3.Connection, after: After, now: datetime) -> Slice:
    """Look whether the best score of some efforts is the score of an upload; which is best, only the round knows."""
    rows = connection.execute(_BEST, (*(after or (0, 0)), SLICE)).fetchall()
    wrong = tuple(
        Finding(f"Round {effort} keeps a best score of member {person} that no upload has.")
        for effort, person, there in rows
        if not there
    )
    return Slice({"best scores": len(rows)}, wrong, rows[-1][:2] if rows else None)


def check_members(connection: sqlite3.Connection, after: After, now: datetime) -> Slice:
    """Look whether all who did something in a community belong to it."""
    following = connection.execute(_NEXT_COMMUNITY, (after or 0,)).fetchone()
    if following is None:
        return Slice({"memberships": 0})
    rows = connection.execute(_MEMBERS, following).fetchall()
    wrong = tuple(
        Finding(
            f"Member {person} did something in community {community} and does not belong to it.",
            Cure(enter, (community, person)),
        )
        for community, person, missing in rows
        if missing
    )
    return Slice({"memberships": len(rows)}, wrong, following[0])


def give_points(connection: sqlite3.Connection, points: int, round_id: int, person_id: int) -> None:
    """Keep the points of the ledger."""
    connection.execute(_GIVE, (points, round_id, person_id))


def enter(connection: sqlite3.Connection, community_id: int, person_id: int) -> None:
    """Let a member belong to a community."""
    connection.execute(_ENTER, (community_id, person_id))
