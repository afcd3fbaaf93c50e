"""Fill a database with many communities and their members, by plain SQL, with the derived numbers counted from them."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from bot.clock import SystemClock
from storage import open_store
from storage.driver import connect
from storage.periods import periods_of

FACTS = 3  # days on which each member did something
_N = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
_COMMUNITIES = f"{_N} INSERT INTO communities (id, platform, place_key, name) SELECT i, 'bench', 'c' || i, 'lab' FROM n"
_PEOPLE = f"{_N} INSERT INTO people (id, name) SELECT i, 'member ' || i FROM n"
_IDENTITIES = """
INSERT INTO identities (platform, realm, account, person_id, born_id)
SELECT 'bench', '', 'm' || printf('%07d', id), id, id FROM people ORDER BY 3
"""
_MEMBERSHIPS = """
INSERT INTO memberships (community_id, person_id, on_board) SELECT 1 + id % ?1 AS c, id, 1 FROM people ORDER BY c, id
"""
_FACT = """
INSERT INTO activities (person_id, community_id, kind, subject, at, zone, day, key, credited, points)
SELECT id, 1 + id % ?2, 'check-in', 'day', ?1 || 'T18:00:00.000000+00:00', 'UTC', ?1, 'check-in:day:' || ?1, 1, 1
FROM people
"""
_SCORES = """
INSERT INTO board_scores (community_id, period, person_id, points)
SELECT a.community_id, ?1, a.person_id, sum(a.points) FROM activities AS a
WHERE a.day BETWEEN ?2 AND ?3 GROUP BY a.community_id, a.person_id
"""
_COUNTS = (
    """INSERT INTO board_counts (community_id, period, points, members)
       SELECT community_id, period, points, count(*) FROM board_scores GROUP BY 1, 2, 3""",
    """INSERT INTO board_steps (community_id, period, step, members)
       SELECT community_id, period, points / 256, count(*) FROM board_scores GROUP BY 1, 2, 3""",
)


def fill(path: Path, members: int, communities: int, today: date) -> None:
    """Make a database with so many members in so many communities."""
    asyncio.run(_make(path))
    connection = connect(str(path), busy_seconds=5.0)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    _rows(connection, members, communities, today)
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


async def _make(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}", SystemClock())
    await store.close()


def _rows(connection: sqlite3.Connection, members: int, communities: int, today: date) -> None:
    connection.execute(_COMMUNITIES, (communities,))
    connection.execute(_PEOPLE, (members,))
    connection.execute(_IDENTITIES)
    connection.execute(_MEMBERSHIPS, (communities,))
    days = [today - timedelta(days=back) for back in range(FACTS, 0, -1)]
    for day in days:
        connection.execute(_FACT, (str(day), communities))
    spans: dict[str, list[str]] = {}
    for day in days:
        for period in periods_of(day):
            spans.setdefault(period, []).append(str(day))
    for period, these in spans.items():
        connection.execute(_SCORES, (period, these[0], these[-1]))
    for sql in _COUNTS:
        connection.execute(sql)
