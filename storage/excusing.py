"""What counts for nothing against a member's streak, as it is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from bot.models import DayRange, Excused, Outage
from storage.instants import from_text

# One statement: nearly always all three are empty, and each statement takes its turn with the rest of the process.
_OF_ONE = """
SELECT 'pause', id, first, last FROM pauses WHERE person_id = ?1
UNION ALL
SELECT 'excuse', e.id, e.first, e.last FROM memberships AS m JOIN excuses AS e ON e.community_id = m.community_id
WHERE m.person_id = ?1
"""
_WITH_OUTAGES = _OF_ONE + "UNION ALL SELECT 'outage', id, start, until FROM outages"  # noqa: S608 - nothing of a caller's is in it
OUTAGES = "SELECT start, until FROM outages ORDER BY id"  # all of them matter for everybody


def excused_of(connection: sqlite3.Connection, person_id: int, outages: tuple[Outage, ...] | None = None) -> Excused:
    """Return what excuses this member; whoever asks for many may read the outages once."""
    rows = sorted(connection.execute(_WITH_OUTAGES if outages is None else _OF_ONE, (person_id,)).fetchall())
    if outages is None:
        outages = tuple(_outage(start, until) for kind, _, start, until in rows if kind == "outage")
    return Excused(_days(rows, "pause"), _days(rows, "excuse"), outages)


def all_outages(connection: sqlite3.Connection) -> tuple[Outage, ...]:
    """Return every time in which the bot was down."""
    rows = connection.execute(OUTAGES).fetchall()
    return tuple(_outage(start, until) for start, until in rows)


def day_range(first: str, last: str) -> DayRange:
    """Return the days between two texts."""
    return DayRange(date.fromisoformat(first), date.fromisoformat(last))


def _days(rows: Sequence[tuple[str, int, str, str]], wanted: str) -> tuple[DayRange, ...]:
    return tuple(day_range(first, last) for kind, _, first, last in rows if kind == wanted)


def _outage(start: str, until: str) -> Outage:
    return Outage(from_text(start), from_text(until))
