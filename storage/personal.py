"""All that is kept about one person: to give it to them, and to let it go for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.models import Handle
from storage.reads import Row
from storage.traces import calls_of, forget_calls
from storage.whose import text_of

Export = Mapping[str, Sequence[Mapping[str, object]]]

# A person's number may be an old one, from before their account was joined to another.
_WHOLE = """
SELECT id FROM people WHERE id = (SELECT coalesce(joined_to, id) FROM people WHERE id = ?1)
UNION ALL
SELECT id FROM people WHERE joined_to = (SELECT coalesce(joined_to, id) FROM people WHERE id = ?1)
"""
_HANDLES = "SELECT platform, realm, account FROM identities WHERE person_id = ?"
_FORGET_PERSON = "DELETE FROM people WHERE id = ?"
_COMMUNITY = "(SELECT name FROM communities AS c WHERE c.id = community_id) AS community"
_QUESTION = "(SELECT question FROM gaps AS g WHERE g.id = gap_id) AS question"
_ROUND = "(SELECT challenge FROM rounds AS r WHERE r.id = round_id) AS challenge, round_id"
# Members learn the exact scores when the round is settled; until then they would only help to guess.
_SETTLED = "CASE WHEN (SELECT wound_up FROM rounds AS r WHERE r.id = round_id) IS NOT NULL THEN"
_SCORES = f"{_SETTLED} public END AS public, {_SETTLED} private END AS private"


@dataclass(frozen=True, slots=True)
class Section:
    """A table in an export: what it is called there, what is shown of its rows, and the column to find them by."""

    name: str
    table: str
    columns: str
    owner: str = "person_id"


# Not shown: what would tell an answer or a hidden score while a round is running.
OF_PERSON = (
    Section("people", "people", "id, name, zone, zone_asked, quiet_start, quiet_end, level, joined_to", "id"),
    Section("accounts", "identities", "platform, realm, account, born_id AS account_of"),
    Section(
        "activities",
        "activities",
        "id, kind, subject, at, zone, day, key, credited, points, taken_back, origin_id AS done_by, " + _COMMUNITY,
    ),
    Section("communities", "memberships", f"{_COMMUNITY}, on_board, nudge"),
    Section("pauses", "pauses", "first, last"),
    Section("streaks", "streaks", "revision, state"),
    Section("boards", "board_scores", f"{_COMMUNITY}, period, points"),
    Section("check_ins", "check_ins", "day, text"),
    Section("reminders", "reminders", "platform, realm, account, wall, due, zone, sent, ignored"),
    Section("told", "told", "what"),
    Section("saved", "saves", "kind, entry, at"),
    Section("tips_seen", "tip_log", "tip, day"),
    Section("votes", "votes", "faq, helped"),
    Section("questions", "gap_askers", _QUESTION),
    Section("entries_written", "additions", f"kind, entry, body, state, changed, {_COMMUNITY}", "author_id"),
    Section("words_waiting", "notices", "text"),
    Section("changes_as_organiser", "audit", f"at, what, {_COMMUNITY}"),
    Section("link_codes", "link_codes", "until"),
    Section("came_with_joining", "joined_rows", "tab, row_key", "joined_id"),
    Section("challenges", "efforts", f"{_ROUND}, opened, tried, parts, points, solved, shown, {_SCORES}"),
    Section("challenge_attempts", "attempts", f"{_ROUND}, part, at, correct"),
    Section("challenge_hints", "hints_opened", f"{_ROUND}, hint"),
    Section("challenge_uploads", "uploads", f"{_ROUND}, day, at, {_SCORES}"),
    Section("challenge_quiz_answers", "quiz_answers", f"{_ROUND}, question, answer"),
    Section("challenge_projects", "handins", f"{_ROUND}, link, words, at"),
    Section("challenge_reviews", "reviews", "handin_id, assigned, scores, words, done", "reviewer_id"),
)
OF_CALL = (
    Section("calls", "calls", "id, at", "id"),
    Section("steps_of_calls", "call_steps", "call_id, step, at", "call_id"),
)
OF_MEMBER = (Section("long_values", "stash", "value, until", "whose"),)
_SHOW = "SELECT %s FROM %s WHERE %s = ?"


def export(connection: sqlite3.Connection, person_id: int) -> Export:
    """Return all rows about a person and what was joined to them."""
    people = _whole(connection, person_id)
    members = _members(connection, people)
    calls = [(call_id,) for call_id in sorted(calls_of(connection, members))]
    every = ((OF_PERSON, people), (OF_CALL, calls), (OF_MEMBER, [(member,) for member in members]))
    return {section.name: list(_rows(connection, section, keys)) for sections, keys in every for section in sections}


def calls_before(connection: sqlite3.Connection, person_id: int) -> set[str]:
    """Return the ids of a person's calls, so that forgetting them need not look for long."""
    return calls_of(connection, _members(connection, _whole(connection, person_id)))


def forget(connection: sqlite3.Connection, person_id: int, seen: Iterable[str], since: str) -> Sequence[str]:
    """Delete a person, what was joined to them and what their calls left; return whose these were.

    What belongs to a person goes by itself, and what is counted is counted anew by the triggers of its table.
    """
    people = _whole(connection, person_id)
    members = _members(connection, people)
    forget_calls(connection, members, seen, since)
    connection.executemany(_FORGET_PERSON, people[:1])
    return members


def _whole(connection: sqlite3.Connection, person_id: int) -> list[Row]:
    """Return the numbers of a person, the one that the others are joined to first."""
    return connection.execute(_WHOLE, (person_id,)).fetchall()


def _members(connection: sqlite3.Connection, people: list[Row]) -> list[str]:
    rows = [row for person in people for row in connection.execute(_HANDLES, person).fetchall()]
    return [text_of(Handle(*row)) for row in rows]


def _rows(connection: sqlite3.Connection, section: Section, keys: list[Row]) -> Iterator[Mapping[str, object]]:
    for key in keys:
        cursor = connection.execute(_SHOW % (section.columns, section.table, section.owner), key)
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))
