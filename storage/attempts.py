"""Answers that are typed: each waits its time, is counted and kept in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.models.challenges import Attempt
from storage.effort_rows import Key, begin, count_try
from storage.instants import from_text, to_text

_BEFORE = """
SELECT count(CASE correct WHEN 0 THEN 1 END), max(CASE correct WHEN 0 THEN at END), coalesce(max(correct), 0)
FROM attempts WHERE person_id = ? AND round_id = ? AND part = ?
"""
_KEEP = "INSERT INTO attempts (round_id, person_id, part, at, correct, mark) VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Answer:
    """A typed answer and whether it is right."""

    effort: Key
    part: int
    correct: bool
    mark: str


def attempt(connection: sqlite3.Connection, answer: Answer, waits: Sequence[timedelta], now: datetime) -> list[Any]:
    """Take an answer if it is time for it; the result is what `attempt_of` reads."""
    round_id, person_id = answer.effort
    before = connection.execute(_BEFORE, (person_id, round_id, answer.part)).fetchone()
    wrong, last, solved = before
    if solved:
        return [False, None, wrong, True]
    wait = _wait(wrong, last, waits, now)
    if wait is not None:
        return [False, to_text(wait), wrong, False]
    begin(connection, answer.effort, to_text(now))
    connection.execute(_KEEP, (*answer.effort, answer.part, to_text(now), int(answer.correct), answer.mark))
    count_try(connection, answer.effort, parts=int(answer.correct))
    return [True, None, wrong + (not answer.correct), False]


def attempt_of(result: list[Any]) -> Attempt:
    """Return what came of an answer."""
    accepted, wait, wrong, already = result
    return Attempt(accepted, from_text(wait) if wait else None, wrong, already)


def _wait(wrong: int, last: str | None, waits: Sequence[timedelta], now: datetime) -> datetime | None:
    """Return until when to wait after so many wrong answers; None when the wait is over."""
    if last is None or not waits:
        return None
    moment, wait = from_text(last), waits[min(wrong, len(waits)) - 1]
    # A last answer that lies further ahead than the wait is long was stamped by a clock that ran fast.
    return moment + wait if abs(now - moment) < wait else None
