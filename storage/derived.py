"""What follows from the ledger and is kept beside it: streaks, and points on boards.

Everything here runs inside a transaction of its caller, together with the change that it follows.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date

from bot.models import Activity, Basis, Outage
from bot.services.streaks import State, advance, recompute
from storage.excusing import excused_of
from storage.facts import SELECT, fact_of
from storage.periods import periods_of

KEPT = """
SELECT s.state FROM streaks AS s JOIN streak_revision AS r ON r.id = 1 AND r.value = s.revision
WHERE s.person_id = ?
"""
# All that the usual fact needs to know, at once.
_BESIDE = """
SELECT (SELECT s.state FROM streaks AS s JOIN streak_revision AS r ON r.id = 1 AND r.value = s.revision
        WHERE s.person_id = ?),
    EXISTS (SELECT 1 FROM memberships WHERE community_id = ? AND person_id = ?),
    EXISTS (SELECT 1 FROM memberships WHERE person_id = ? AND on_board = 1)
"""
_ENTER = "INSERT INTO memberships (community_id, person_id) VALUES (?, ?)"
_GO_ON = "UPDATE streaks SET state = ? WHERE person_id = ?"
_KEEP = """
INSERT INTO streaks (person_id, revision, state) SELECT ?, value, ? FROM streak_revision WHERE id = 1
ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision, state = excluded.state
"""
_DROP = "DELETE FROM streaks WHERE person_id = ?"
_CREDITED = f"{SELECT} WHERE person_id = ? AND credited = 1 AND taken_back IS NULL ORDER BY at, id"
_BOARDS = "SELECT community_id FROM memberships WHERE person_id = ? AND on_board = 1 ORDER BY community_id"
_ADD_POINTS = """
INSERT INTO board_scores (community_id, period, person_id, points) VALUES (?, ?, ?, ?)
ON CONFLICT (community_id, period, person_id) DO UPDATE SET points = points + excluded.points
"""
_LOSE_ROW = "DELETE FROM board_scores WHERE community_id = ? AND period = ? AND person_id = ? AND points <= ?"
_LOSE_POINTS = """
UPDATE board_scores SET points = points - ? WHERE community_id = ? AND period = ? AND person_id = ?
"""
_POINTS = """
SELECT day, sum(points) FROM activities WHERE person_id = ? AND taken_back IS NULL AND points > 0 GROUP BY day
"""
_CLEAR_BOARDS = "DELETE FROM board_scores WHERE person_id = ?"


def follow(connection: sqlite3.Connection, fact: Activity, *, is_first: bool = False) -> None:
    """Let everything follow a fact that was just written; a first one needs no look into the ledger."""
    state, member, on_board = _beside(connection, fact)
    if fact.community_id is not None and not member:
        connection.execute(_ENTER, (fact.community_id, fact.person_id))
        state = state and kept_state(connection, fact.person_id)  # the community may bring excuses with it
    if fact.credited and is_first:
        _keep(connection, fact.person_id, advance(None, fact))
    elif fact.credited:
        _go_on(connection, fact, state)
    if fact.points and on_board:
        _add_points(connection, fact)


def unfollow(connection: sqlite3.Connection, fact: Activity) -> None:
    """Let nothing follow any longer from a fact that was just taken back."""
    if fact.credited:
        rebuild_streak(connection, fact.person_id)
    if fact.points:
        lines = _lines(connection, fact)
        connection.executemany(_LOSE_ROW, ((*line, fact.points) for line in lines))
        connection.executemany(_LOSE_POINTS, ((fact.points, *line) for line in lines))


def rebuild_person(connection: sqlite3.Connection, person_id: int) -> None:
    """Make anew all that follows from one person's facts."""
    rebuild_streak(connection, person_id)
    rebuild_boards(connection, person_id)


def rebuild_streak(connection: sqlite3.Connection, person_id: int) -> None:
    """Keep the streak that the ledger says."""
    facts = credited_facts(connection, person_id)
    # A first fact needs nothing else, so the excuses are not even read.
    state = advance(None, facts[0]) if len(facts) == 1 else None
    _keep(connection, person_id, state or streak_of(connection, person_id, facts))


def _keep(connection: sqlite3.Connection, person_id: int, state: State | None) -> None:
    if state is None:
        connection.execute(_DROP, (person_id,))
    else:
        connection.execute(_KEEP, (person_id, state.to_text()))


def rebuild_boards(connection: sqlite3.Connection, person_id: int) -> None:
    """Give the person the points of the ledger on every board that they are on."""
    connection.execute(_CLEAR_BOARDS, (person_id,))
    fill_boards(connection, person_id, boards_of(connection, person_id))


def fill_boards(connection: sqlite3.Connection, person_id: int, communities: list[int]) -> None:
    """Write the lines of a person who has none yet on these communities' boards."""
    points = points_of(connection, person_id)
    lines = [(community, period, person_id, points[period]) for community in communities for period in points]
    connection.executemany(_ADD_POINTS, lines)


def kept_state(connection: sqlite3.Connection, person_id: int) -> str | None:
    """Return the kept streak as text, if it still holds."""
    row = connection.execute(KEPT, (person_id,)).fetchone()
    return row[0] if row else None


def standing_of(connection: sqlite3.Connection, person_id: int) -> Basis:
    """Return what a person's streak is made of."""
    kept, excused = kept_state(connection, person_id), excused_of(connection, person_id)
    if kept is not None and State.can_be_read(kept):
        return Basis(kept, excused, [])
    return Basis(None, excused, credited_facts(connection, person_id))


def credited_facts(connection: sqlite3.Connection, person_id: int) -> list[Activity]:
    """Return the facts that make the streak."""
    return [fact_of(row) for row in connection.execute(_CREDITED, (person_id,)).fetchall()]


def streak_of(
    connection: sqlite3.Connection,
    person_id: int,
    facts: list[Activity],
    outages: tuple[Outage, ...] | None = None,
) -> State | None:
    """Return the streak that these facts make with what excuses this person."""
    return recompute(facts, excused_of(connection, person_id, outages)) if facts else None


def points_of(connection: sqlite3.Connection, person_id: int) -> Counter[str]:
    """Return a person's points by period."""
    points: Counter[str] = Counter()
    for day, earned in connection.execute(_POINTS, (person_id,)).fetchall():
        for period in periods_of(date.fromisoformat(day)):
            points[period] += earned
    return points


def boards_of(connection: sqlite3.Connection, person_id: int) -> list[int]:
    """Return the communities on whose boards a person wants to be seen."""
    return [community for (community,) in connection.execute(_BOARDS, (person_id,)).fetchall()]


def _beside(connection: sqlite3.Connection, fact: Activity) -> tuple[str | None, int, int]:
    person, community = fact.person_id, fact.community_id
    found: tuple[str | None, int, int] = connection.execute(_BESIDE, (person, community, person, person)).fetchone()
    return found


def _go_on(connection: sqlite3.Connection, fact: Activity, text: str | None) -> None:
    state = State.from_text(text) if text is not None else None
    following = advance(state, fact) if state is not None else None
    if following is None:
        rebuild_streak(connection, fact.person_id)
    else:
        connection.execute(_GO_ON, (following.to_text(), fact.person_id))


def _add_points(connection: sqlite3.Connection, fact: Activity) -> None:
    connection.executemany(_ADD_POINTS, [(*line, fact.points) for line in _lines(connection, fact)])


def _lines(connection: sqlite3.Connection, fact: Activity) -> list[tuple[int, str, int]]:
    """Return the keys of the board lines that a fact belongs to."""
    periods = periods_of(fact.day)
    return [(board, period, fact.person_id) for board in boards_of(connection, fact.person_id) for period in periods]
