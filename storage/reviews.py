"""Projects that were handed in, and what peers say of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from bot.clock import Clock
from bot.models.challenges import Handin, Review
from storage.effort_rows import begin, count_try
from storage.instants import from_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

_HANDIN_SELECT = "SELECT h.id, h.round_id, h.person_id, h.link, h.words, h.at FROM handins AS h"
_REVIEW_SELECT = "SELECT r.id, r.handin_id, r.reviewer_id, r.assigned, r.scores, r.words, r.done FROM reviews AS r"
_REVIEW_COLUMNS = 7

_HAND_IN = """
INSERT INTO handins (link, words, at, round_id, person_id) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (round_id, person_id) DO NOTHING
"""
_HAND_IN_ANEW = "UPDATE handins SET link = ?, words = ?, at = ? WHERE round_id = ? AND person_id = ?"
_OF_MEMBER = f"{_HANDIN_SELECT} WHERE h.round_id = ? AND h.person_id = ?"
_FIND_HANDIN = f"{_HANDIN_SELECT} WHERE h.id = ?"
# By their numbers: who hands in anew keeps their place. What waits with a joined account is no second member's.
_HANDINS = f"""
{_HANDIN_SELECT} JOIN people AS p ON p.id = h.person_id AND p.joined_to IS NULL WHERE h.round_id = ? ORDER BY h.id
"""
_ASSIGN = """
INSERT INTO reviews (handin_id, reviewer_id, assigned) VALUES (?, ?, ?)
ON CONFLICT (handin_id, reviewer_id) DO NOTHING
"""
_ASSIGNED = f"{_REVIEW_SELECT} WHERE r.handin_id = ? AND r.reviewer_id = ?"
_UNASSIGN = "DELETE FROM reviews WHERE id = ? AND done IS NULL"
# Two accounts may have reviewed each other before they were joined: nobody is a peer of their own.
_TO_DO = """
SELECT r.id, r.handin_id, r.reviewer_id, r.assigned, r.scores, r.words, r.done,
    h.id, h.round_id, h.person_id, h.link, h.words, h.at
FROM reviews AS r
JOIN handins AS h ON h.id = r.handin_id AND h.person_id <> r.reviewer_id
JOIN people AS p ON p.id = h.person_id AND p.joined_to IS NULL
WHERE r.reviewer_id = ? AND r.done IS NULL ORDER BY r.assigned, r.id
"""
_FIND = f"{_REVIEW_SELECT} WHERE r.id = ?"
_FINISH = "UPDATE reviews SET scores = ?, words = ?, done = coalesce(done, ?) WHERE id = ?"
_OF_ROUND = f"""
{_REVIEW_SELECT}
JOIN handins AS h ON h.id = r.handin_id AND h.person_id <> r.reviewer_id
JOIN people AS author ON author.id = h.person_id AND author.joined_to IS NULL
JOIN people AS reviewer ON reviewer.id = r.reviewer_id AND reviewer.joined_to IS NULL
WHERE h.round_id = ? ORDER BY r.id
"""


class SqliteReviews:
    """Keeps projects and their reviews in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def hand_in(self, round_id: int, person_id: int, link: str, words: str) -> Handin:
        key, now = (round_id, person_id), self._now()
        values = (link, words, now, *key)

        def write(connection: sqlite3.Connection) -> list[object]:
            begin(connection, key, now)
            if connection.execute(_HAND_IN, values).rowcount:
                count_try(connection, key)
            else:
                connection.execute(_HAND_IN_ANEW, values)
            return list(connection.execute(_OF_MEMBER, key).fetchone())

        return _handin(await self._writes.submit(self._writes.step("reviews.hand_in"), write))

    async def handin(self, round_id: int, person_id: int) -> Handin | None:
        row = await self._reads.row(_OF_MEMBER, round_id, person_id)
        return _handin(row) if row else None

    async def find_handin(self, handin_id: int) -> Handin | None:
        row = await self._reads.row(_FIND_HANDIN, handin_id)
        return _handin(row) if row else None

    async def handins(self, round_id: int) -> Sequence[Handin]:
        return [_handin(row) for row in await self._reads.rows(_HANDINS, round_id)]

    async def assign(self, handin_id: int, reviewer_id: int) -> Review:
        now = self._now()

        def write(connection: sqlite3.Connection) -> list[object]:
            connection.execute(_ASSIGN, (handin_id, reviewer_id, now))
            return list(connection.execute(_ASSIGNED, (handin_id, reviewer_id)).fetchone())

        return _review(await self._writes.submit(self._writes.step("reviews.assign"), write))

    async def unassign(self, review_id: int) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_UNASSIGN, (review_id,)).rowcount == 1

        unassigned: bool = await self._writes.submit(self._writes.step("reviews.unassign"), write)
        return unassigned

    async def to_do(self, reviewer_id: int) -> Sequence[tuple[Review, Handin]]:
        rows = await self._reads.rows(_TO_DO, reviewer_id)
        return [(_review(row[:_REVIEW_COLUMNS]), _handin(row[_REVIEW_COLUMNS:])) for row in rows]

    async def find(self, review_id: int) -> Review | None:
        row = await self._reads.row(_FIND, review_id)
        return _review(row) if row else None

    async def finish(self, review_id: int, scores: Sequence[int], words: str) -> bool:
        values = (json.dumps([*scores]), words, self._now(), review_id)

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_FINISH, values).rowcount == 1

        finished: bool = await self._writes.submit(self._writes.step("reviews.finish"), write)
        return finished

    async def of_round(self, round_id: int) -> Sequence[Review]:
        return [_review(row) for row in await self._reads.rows(_OF_ROUND, round_id)]

    def _now(self) -> str:
        return to_text(self._clock.now())


def _handin(row: Row) -> Handin:
    number, round_id, person_id, link, words, at = row
    return Handin(number, round_id, person_id, link, words, from_text(at))


def _review(row: Row) -> Review:
    number, handin_id, reviewer_id, assigned, scores, words, done = row
    marks = tuple(json.loads(scores)) if scores is not None else None
    end = from_text(done) if done else None
    return Review(number, handin_id, reviewer_id, from_text(assigned), marks, words or "", end)
