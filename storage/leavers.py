"""Erases who is left behind when a community goes: members who belong nowhere else and did nothing since."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from storage.personal import forget

# So many at once, so that nobody's write waits for long.
AT_ONCE = 50
_NEVER = "9999"

_LEAVERS = """
SELECT m.person_id FROM memberships AS m JOIN people AS p ON p.id = m.person_id
WHERE m.community_id = ?1 AND p.joined_to IS NULL
    AND NOT EXISTS (SELECT 1 FROM memberships AS o JOIN communities AS c ON c.id = o.community_id
        WHERE o.person_id = m.person_id AND o.community_id <> ?1 AND c.left_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM activities AS a WHERE a.person_id = m.person_id AND a.at >= ?2)
LIMIT ?3
"""


def leavers(connection: sqlite3.Connection, community_id: int, since: str) -> list[int]:
    """Name some of those who go with a community."""
    return [number for (number,) in connection.execute(_LEAVERS, (community_id, since, AT_ONCE)).fetchall()]


def erase(connection: sqlite3.Connection, community_id: int, since: str) -> Sequence[str]:
    """Erase some of those who go with a community; return whose calls these were."""
    members: list[str] = []
    for person in leavers(connection, community_id, since):
        # Their calls are long gone: they are kept for days, and this comes after weeks.
        members += forget(connection, person, (), _NEVER)
    return members
