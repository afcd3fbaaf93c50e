"""Feels the pulse of the database, in queries that stay short however large it is."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from bot.models.pulse import Pulse
from bot.ports import StoreError, Trouble
from storage.copying import Inventory, examine, opened, own
from storage.instants import from_text, to_text
from storage.migrate import shipped

# The latest alone: a year's would be a walk.
POSTS = "SELECT state, count(*) FROM (SELECT state FROM posts ORDER BY id DESC LIMIT 2000) GROUP BY state"
OPEN_POST = "SELECT min(due) FROM posts WHERE state IN ('pending', 'sending') AND due <= ?"
PLATFORMS = "SELECT DISTINCT platform FROM communities"
REMINDER = "SELECT min(due) FROM reminders WHERE platform = ? AND due <= ?"
TROUBLED = "SELECT count(*) FROM schedules WHERE trouble <> ''"
_COMMUNITIES = "SELECT count(*) FROM communities WHERE left_at IS NULL"
_BEAT = "SELECT at FROM heartbeat WHERE id = 1"


def feel(connection: sqlite3.Connection, now: str) -> Pulse:
    """Count what there is and what waits."""

    def one(query: str, *values: str) -> object:
        row = connection.execute(query, values).fetchone()
        return row[0] if row else None

    path = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    platforms = [row[0] for row in connection.execute(PLATFORMS).fetchall()]
    waiting = [_moment(one(REMINDER, platform, now)) for platform in platforms]
    return Pulse(
        communities=int(str(one(_COMMUNITIES))),
        posts=dict(connection.execute(POSTS).fetchall()),
        post_due=_moment(one(OPEN_POST, now)),
        reminder_due=min(filter(None, waiting), default=None),
        troubled_schedules=int(str(one(TROUBLED))),
        beat=_moment(one(_BEAT)),
        file_bytes=size_of(path),
        log_bytes=size_of(path.with_name(f"{path.name}-wal")),
    )


def look_at(path: Path) -> Inventory:
    """Look at every page of a database that may be in use, and say what is in it."""
    with opened(path) as connection:
        return examine(connection, path)


def pulse_of(path: Path, now: datetime) -> Pulse:
    """Feel the pulse of a database file."""
    with opened(path) as connection:
        if own(connection, path) != shipped()[-1].version:
            raise StoreError(Trouble.MIGRATION, f"{path} has another version.", "The bot brings it up to date.")
        return feel(connection, to_text(now))


def size_of(path: Path) -> int:
    """Return the size of a file, 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _moment(text: object) -> datetime | None:
    return from_text(text) if isinstance(text, str) else None
