"""Predictions that were scored: so many a day, counted and kept in one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from storage.effort_rows import Key, begin, count_try

_OF_DAY = "SELECT count(*) FROM uploads WHERE person_id = ? AND round_id = ? AND day = ?"
_KEEP = "INSERT INTO uploads (round_id, person_id, day, at, public, private) VALUES (?, ?, ?, ?, ?, ?)"
_BEST = """
UPDATE efforts SET public = ?, private = ? WHERE round_id = ? AND person_id = ?
"""
_SHOW = "UPDATE efforts SET shown = ? WHERE round_id = ? AND person_id = ?"


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload with its scores, and what they change."""

    effort: Key
    day: date
    public: float
    private: float
    shown: float | None
    better: bool


def upload(connection: sqlite3.Connection, one: Upload, a_day: int, now: str) -> list[object]:
    """Take an upload if the day has one left; return whether it was, and how many are left."""
    round_id, person_id = one.effort
    (used,) = connection.execute(_OF_DAY, (person_id, round_id, one.day.isoformat())).fetchone()
    if used >= a_day:
        return [False, 0]
    begin(connection, one.effort, now)
    connection.execute(_KEEP, (*one.effort, one.day.isoformat(), now, one.public, one.private))
    count_try(connection, one.effort)
    if one.better:
        connection.execute(_BEST, (one.public, one.private, *one.effort))
    if one.shown is not None:
        connection.execute(_SHOW, (one.shown, *one.effort))
    return [True, a_day - used - 1]
