"""What counts for nothing against a member's streak, as it is kept."""

from __future__ import annotations

import sqlite3
from datetime import date

from bot.models import DayRange, Excused, Outage
from storage.instants import from_text

_PAUSES = "SELECT first, last FROM pauses WHERE person_id = ? ORDER BY id"
_EXCUSES = """
SELECT e.first, e.last FROM memberships AS m JOIN excuses AS e ON e.community_id = m.community_id
WHERE m.person_id = ? ORDER BY e.id
"""
OUTAGES = "SELECT start, until FROM outages ORDER BY id"  # all of them matter for everybody


def excused_of(connection: sqlite3.Connection, person_id: int, outages: tuple[Outage, ...] | None = None) -> Excused:
    """Return what excuses this member; whoever asks for many may read the outages once."""
    return Excused(
        pauses=_days(connection, _PAUSES, person_id),
        excuses=_days(connection, _EXCUSES, person_id),
        outages=all_outages(connection) if outages is None else outages,
    )


def all_outages(connection: sqlite3.Connection) -> tuple[Outage, ...]:
    """Return every time in which the bot was down."""
    rows = connection.execute(OUTAGES).fetchall()
    return tuple(Outage(from_text(start), from_text(until)) for start, until in rows)


def day_range(first: str, last: str) -> DayRange:
    """Return the days between two texts."""
    return DayRange(date.fromisoformat(first), date.fromisoformat(last))


def _days(connection: sqlite3.Connection, query: str, person_id: int) -> tuple[DayRange, ...]:
    return tuple(day_range(first, last) for first, last in connection.execute(query, (person_id,)).fetchall())
