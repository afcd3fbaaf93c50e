"""Compares what is kept of each person with their facts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.models import Outage
from bot.services.streaks import State, look, recompute
from storage import derived
from storage.checking import SLICE, After, Cure, Finding, Slice
from storage.excusing import all_outages, excused_of

_LATER = (0, 1, 5)  # weeks: when a freeze, a loss and a forgotten pause show
_PEOPLE = "SELECT id FROM people WHERE id > ? ORDER BY id LIMIT ?"
_KEPT = """
SELECT s.person_id, s.state FROM streak_revision AS r CROSS JOIN streaks AS s
WHERE r.id = 1 AND s.person_id > ? AND s.person_id <= ? AND s.revision = r.value ORDER BY s.person_id
"""
_ON_BOARDS = """
SELECT person_id FROM memberships WHERE person_id > ? AND person_id <= ? AND on_board = 1
UNION SELECT person_id FROM board_scores WHERE person_id > ? AND person_id <= ?
"""
_LINES = "SELECT community_id, period, points FROM board_scores WHERE person_id = ?"


def check_people(connection: sqlite3.Connection, after: After, now: datetime) -> Slice:
    """Compare the kept streaks and the lines on boards of some people with their facts."""
    first = after or 0
    people = [number for (number,) in connection.execute(_PEOPLE, (first, SLICE)).fetchall()]
    if not people:
        return Slice({"members": 0})
    bounds = (first, people[-1])
    kept = connection.execute(_KEPT, bounds).fetchall()
    seen = [person_id for (person_id,) in connection.execute(_ON_BOARDS, bounds * 2).fetchall()]
    findings = [*_streaks(connection, kept, now), *(each for number in seen for each in _lines(connection, number))]
    looked_at = {"members": len(people), "streaks": len(kept), "members on boards": len(seen)}
    return Slice(looked_at, tuple(findings), people[-1])


def _streaks(connection: sqlite3.Connection, kept: list[tuple[int, str]], now: datetime) -> Iterator[Finding]:
    outages = all_outages(connection)
    for person_id, text in kept:
        if not _holds(connection, person_id, text, outages, now):
            cure = Cure(derived.rebuild_streak, (person_id,))
            yield Finding(f"The kept streak of member {person_id} is not what their activities say.", cure)


def _holds(
    connection: sqlite3.Connection, person_id: int, text: str, outages: tuple[Outage, ...], now: datetime
) -> bool:
    kept = State.from_text(text)
    if kept is None:  # nobody goes by what was written under other rules
        return State.is_of_other_rules(text)
    facts, excused = derived.credited_facts(connection, person_id), excused_of(connection, person_id, outages)
    state = recompute(facts, excused)
    if state is None or kept.last != state.last:
        return False
    # Two states may say the same in other words, but then they do so at any time.
    zone, soonest = ZoneInfo(state.last.zone), max(now, state.last.at)
    moments = (soonest + timedelta(weeks=later) for later in _LATER)
    return all(look(kept, excused, at, zone) == look(state, excused, at, zone) for at in moments)


def _lines(connection: sqlite3.Connection, person_id: int) -> Iterator[Finding]:
    points = derived.points_of(connection, person_id)
    boards = derived.boards_of(connection, person_id)
    right = {(community, period): points[period] for community in boards for period in points}
    shown = {(row[0], row[1]): row[2] for row in connection.execute(_LINES, (person_id,)).fetchall()}
    for community, period in sorted(right.keys() | shown.keys()):
        says, should = shown.get((community, period), 0), right.get((community, period), 0)
        if says != should:
            yield Finding(
                f"The board of community {community} for “{period}” gives member {person_id} {says} points "
                f"instead of {should}.",
                Cure(derived.rebuild_boards, (person_id,)),
            )
