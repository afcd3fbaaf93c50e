"""What members do in rounds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.clock import Clock
from bot.models.challenges import Attempt, Effort, Round, RoundNumbers, SameAnswer, Uploaded
from storage.attempts import Answer, attempt, attempt_of
from storage.effort_rows import FIND, SELECT, begin, count_try, effort_of
from storage.instants import to_text
from storage.reads import Reads
from storage.round_numbers import numbers_of, same_answers_of
from storage.rounds import round_of
from storage.uploads import Upload, upload
from storage.writes import Writes

_MINE = """
SELECT r.id, r.community_id, r.challenge, r.content, r.opens, r.closes, r.wound_up,
    e.round_id, e.person_id, e.opened, e.tried, e.parts, e.points, e.solved, e.shown, e.public, e.private
FROM efforts AS e JOIN rounds AS r ON r.id = e.round_id
WHERE e.person_id = ? ORDER BY r.opens DESC, r.id DESC LIMIT ? OFFSET ?
"""
_ROUND_COLUMNS = 7
_COUNT = "SELECT count(*) FROM efforts WHERE person_id = ?"
# Here and wherever all of a round is looked at: what waits with a joined account is no second member's.
_ALL = f"""
{SELECT} JOIN people AS p ON p.id = e.person_id AND p.joined_to IS NULL
WHERE e.round_id = ? ORDER BY e.points DESC, e.person_id
"""
_REWARD = """
UPDATE efforts SET points = ?, solved = coalesce(solved, ?) WHERE round_id = ? AND person_id = ?
"""
_OPEN_HINT = """
INSERT INTO hints_opened (round_id, person_id, hint) VALUES (?, ?, ?)
ON CONFLICT (round_id, person_id, hint) DO NOTHING
"""
_HINTS = "SELECT hint FROM hints_opened WHERE round_id = ? AND person_id = ? ORDER BY hint"
_FIRST_ANSWER = """
INSERT INTO quiz_answers (answer, round_id, person_id, question) VALUES (?, ?, ?, ?)
ON CONFLICT (round_id, person_id, question) DO NOTHING
"""
_ANSWER_ANEW = "UPDATE quiz_answers SET answer = ? WHERE round_id = ? AND person_id = ? AND question = ?"
_ANSWERS = "SELECT question, answer FROM quiz_answers WHERE round_id = ? AND person_id = ? ORDER BY question"
_EVERYBODYS_ANSWERS = """
SELECT q.person_id, q.question, q.answer FROM quiz_answers AS q
JOIN people AS p ON p.id = q.person_id AND p.joined_to IS NULL
WHERE q.round_id = ? ORDER BY q.person_id, q.question
"""


class SqliteEfforts:
    """Keeps in SQLite what members do in rounds."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def enter(self, round_id: int, person_id: int) -> Effort:
        key, now = (round_id, person_id), self._now()

        def write(connection: sqlite3.Connection) -> list[object]:
            begin(connection, key, now)
            return list(connection.execute(FIND, key).fetchone())

        return effort_of(await self._writes.submit(self._writes.step("efforts.enter"), write))

    async def of(self, round_id: int, person_id: int) -> Effort | None:
        row = await self._reads.row(FIND, round_id, person_id)
        return effort_of(row) if row else None

    async def mine(self, person_id: int, *, offset: int = 0, limit: int = 5) -> Sequence[tuple[Round, Effort]]:
        rows = await self._reads.rows(_MINE, person_id, limit, offset)
        return [(round_of(row[:_ROUND_COLUMNS]), effort_of(row[_ROUND_COLUMNS:])) for row in rows]

    async def count(self, person_id: int) -> int:
        ((count,),) = await self._reads.rows(_COUNT, person_id)
        return int(count)

    async def all(self, round_id: int) -> Sequence[Effort]:
        return [effort_of(row) for row in await self._reads.rows(_ALL, round_id)]

    async def attempt(
        self, round_id: int, person_id: int, part: int, *, correct: bool, mark: str, waits: Sequence[timedelta]
    ) -> Attempt:
        answer, now = Answer((round_id, person_id), part, correct, mark), self._clock.now()

        def write(connection: sqlite3.Connection) -> list[Any]:
            return attempt(connection, answer, waits, now)

        return attempt_of(await self._writes.submit(self._writes.step("efforts.attempt"), write))

    async def reward(self, round_id: int, person_id: int, points: int, *, solved: bool) -> None:
        key, now = (round_id, person_id), self._now()

        def write(connection: sqlite3.Connection) -> None:
            begin(connection, key, now)
            connection.execute(_REWARD, (points, now if solved else None, *key))

        await self._writes.submit(self._writes.step("efforts.reward"), write)

    async def hint(self, round_id: int, person_id: int, hint: int) -> bool:
        key, now = (round_id, person_id), self._now()

        def write(connection: sqlite3.Connection) -> bool:
            begin(connection, key, now)
            return connection.execute(_OPEN_HINT, (*key, hint)).rowcount == 1

        opened: bool = await self._writes.submit(self._writes.step("efforts.hint"), write)
        return opened

    async def hints(self, round_id: int, person_id: int) -> Sequence[int]:
        return [hint for (hint,) in await self._reads.rows(_HINTS, round_id, person_id)]

    async def upload(
        self,
        round_id: int,
        person_id: int,
        day: date,
        *,
        public: float,
        private: float,
        shown: float | None,
        better: bool,
        a_day: int,
    ) -> Uploaded:
        one, now = Upload((round_id, person_id), day, public, private, shown, better), self._now()

        def write(connection: sqlite3.Connection) -> list[object]:
            return upload(connection, one, a_day, now)

        return Uploaded(*await self._writes.submit(self._writes.step("efforts.upload"), write))

    async def answer(self, round_id: int, person_id: int, question: int, answer: str) -> None:
        key, now = (round_id, person_id), self._now()

        def write(connection: sqlite3.Connection) -> None:
            begin(connection, key, now)
            if connection.execute(_FIRST_ANSWER, (answer, *key, question)).rowcount:
                count_try(connection, key)
            else:
                connection.execute(_ANSWER_ANEW, (answer, *key, question))

        await self._writes.submit(self._writes.step("efforts.answer"), write)

    async def answers(self, round_id: int, person_id: int) -> Mapping[int, str]:
        return dict(await self._reads.rows(_ANSWERS, round_id, person_id))

    async def everybodys_answers(self, round_id: int) -> Mapping[int, Mapping[int, str]]:
        answers: dict[int, dict[int, str]] = {}
        for person_id, question, answer in await self._reads.rows(_EVERYBODYS_ANSWERS, round_id):
            answers.setdefault(person_id, {})[question] = answer
        return answers

    async def numbers(self, round_id: int, parts: int) -> RoundNumbers:
        return await self._reads.run(lambda connection: numbers_of(connection, round_id, parts))

    async def same_answers(self, round_id: int) -> Sequence[SameAnswer]:
        return await self._reads.run(lambda connection: same_answers_of(connection, round_id))

    def _now(self) -> str:
        return to_text(self._clock.now())
