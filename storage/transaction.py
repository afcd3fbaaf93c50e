"""Several writes in one transaction, of which each fails for itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from storage.driver import DatabaseError
from storage.faults import blocks_everybody
from storage.line import Work


@dataclass(frozen=True, slots=True)
class Failure:
    """What a write gets instead of its result."""

    error: BaseException


Works = Sequence[Work[Any]]
Outcomes = list[Any]  # of each write its result, or its Failure
_Attempt = Callable[[sqlite3.Connection, Works], Outcomes]


def commit_group(connection: sqlite3.Connection, works: Works, before_commit: Callable[[], None]) -> Outcomes:
    """Commit these writes and return their outcomes; one that fails takes no neighbour with it.

    All of them run in one transaction. When that fails it is taken back and they run again, each in a
    savepoint; when even that cannot be committed, each runs in a transaction of its own. `before_commit`
    is told when the statements are done and the disk is next.
    """
    for attempt in (_together, _with_savepoints):
        try:
            return _transaction(connection, works, attempt, before_commit)
        except Exception as error:
            if len(works) == 1 or blocks_everybody(error):
                return [Failure(error)] * len(works)
    return _one_by_one(connection, works, before_commit)


def _transaction(
    connection: sqlite3.Connection, works: Works, attempt: _Attempt, before_commit: Callable[[], None]
) -> Outcomes:
    _undo(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        outcomes = attempt(connection, works)
        before_commit()
        connection.execute("COMMIT")
    except BaseException:
        _undo(connection)
        raise
    return outcomes


def _together(connection: sqlite3.Connection, works: Works) -> Outcomes:
    return [work(connection) for work in works]


def _with_savepoints(connection: sqlite3.Connection, works: Works) -> Outcomes:
    return [_in_savepoint(connection, work) for work in works]


def _in_savepoint(connection: sqlite3.Connection, work: Work[Any]) -> Any:
    connection.execute("SAVEPOINT one")
    try:
        outcome = work(connection)
    except Exception as error:
        if not connection.in_transaction:  # SQLite took back the whole group by itself
            raise
        connection.execute("ROLLBACK TO one")
        outcome = Failure(error)
    connection.execute("RELEASE one")
    return outcome


def _one_by_one(connection: sqlite3.Connection, works: Works, before_commit: Callable[[], None]) -> Outcomes:
    outcomes: Outcomes = []
    blocked: Failure | None = None
    for work in works:
        outcome = blocked or commit_group(connection, [work], before_commit)[0]
        if isinstance(outcome, Failure) and blocks_everybody(outcome.error):
            blocked = outcome
        outcomes.append(outcome)
    return outcomes


def _undo(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        with suppress(*DatabaseError):
            connection.execute("ROLLBACK")
