"""Fill a database with many members, quickly: rows by the million, and the derived ones counted from them."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.clock import SystemClock
from storage import open_store
from storage.driver import connect

SAMPLE = 400  # members with a year behind them; the others have a month
_MIX = 7_919

_PEOPLE = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO people (id, name) SELECT i, 'member ' || i FROM n
"""
_IDENTITIES = """
INSERT INTO identities (platform, realm, account, person_id, born_id) SELECT 'bench', '', 'm' || id, id, id FROM people
"""
_MEMBERSHIPS = "INSERT INTO memberships (community_id, person_id, on_board) SELECT 1, id, 1 FROM people"
_FACT = """
INSERT INTO activities (person_id, community_id, kind, subject, at, zone, day, key, credited, points)
SELECT id, 1, 'check-in', 'day', ?1 || 'T18:00:00.000000+00:00', 'UTC', ?1, 'check-in:day:' || ?1, 1, 1
FROM people WHERE id <= ?2
"""
_SCORES = """
INSERT INTO board_scores (community_id, period, person_id, points) SELECT 1, ?1, id, 1 + id * ?2 % 997 FROM people
"""
_COUNTS = (
    """INSERT INTO board_counts (community_id, period, points, members)
       SELECT community_id, period, points, count(*) FROM board_scores GROUP BY 1, 2, 3""",
    """INSERT INTO board_steps (community_id, period, step, members)
       SELECT community_id, period, points / 256, count(*) FROM board_scores GROUP BY 1, 2, 3""",
)


def fill(path: Path, members: int, today: date) -> None:
    """Make a database with one community of so many members, all of them on its board."""
    asyncio.run(_make(path))
    connection = connect(str(path), busy_seconds=5.0)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    _rows(connection, members, today)
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()


async def _make(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}", SystemClock())
    await store.close()


def _rows(connection: sqlite3.Connection, members: int, today: date) -> None:
    connection.execute("INSERT INTO communities (id, platform, place_key, name) VALUES (1, 'bench', 'lab', 'lab')")
    connection.execute(_PEOPLE, (members,))
    connection.execute(_IDENTITIES)
    connection.execute(_MEMBERSHIPS)
    for back in range(1, 366):
        day = today - timedelta(days=back)
        everybody = back % 7 == 0 and back <= 28
        connection.execute(_FACT, (str(day), members if everybody else min(members, SAMPLE)))
    week, season = today - timedelta(days=today.weekday()), (today.month + 2) // 3
    for period in (f"week {week}", f"season {today.year}-Q{season}", "all"):
        connection.execute(_SCORES, (period, _MIX))
    for sql in _COUNTS:
        connection.execute(sql)


def moment(today: date) -> datetime:
    """Return an hour of that day at which calls arrive."""
    return datetime(today.year, today.month, today.day, 19, 0, tzinfo=UTC)
