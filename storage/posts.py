"""The posts that are due, under way and done."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.models import Post, PostState, Slot
from storage.instants import from_text, to_text
from storage.reads import Reads, Row
from storage.writes import Writes

# No lease lasts longer. One that claims to end later was stamped by a clock that ran fast, and is over.
LONGEST_LEASE = timedelta(minutes=15)

_PLAN = """
INSERT INTO posts (community_id, job, due) VALUES (?, ?, ?) ON CONFLICT (community_id, job, due) DO NOTHING
"""
_FIND = """
SELECT id, community_id, job, due, state, fence, message FROM posts
WHERE community_id = ? AND job = ? AND due = ?
"""
CLAIM = """
UPDATE posts SET state = 'sending', fence = fence + 1, worker = ?, lease_until = ?
WHERE id IN (
    SELECT id FROM posts
    WHERE state IN ('pending', 'sending') AND due <= ?
        AND (state = 'pending' OR lease_until <= ? OR lease_until > ?)
    ORDER BY due, id LIMIT ?
)
RETURNING id, community_id, job, due, state, fence, message
"""
_SETTLE = """
UPDATE posts SET state = ?, message = coalesce(?, message), worker = NULL, lease_until = NULL
WHERE id = ? AND fence = ?
"""


class SqlitePosts:
    """Keeps the posts in SQLite."""

    def __init__(self, reads: Reads, writes: Writes, clock: Clock) -> None:
        self._reads, self._writes, self._clock = reads, writes, clock

    async def plan(self, slot: Slot) -> bool:
        values = _key(slot)

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_PLAN, values).rowcount == 1

        planned: bool = await self._writes.submit(self._writes.step("posts.plan"), write)
        return planned

    async def claim(self, worker: str, *, lease: timedelta, limit: int) -> Sequence[Post]:
        now = self._clock.now()
        until, latest = to_text(now + min(lease, LONGEST_LEASE)), to_text(now + LONGEST_LEASE)
        values = (worker, until, to_text(now), to_text(now), latest, limit)

        def write(connection: sqlite3.Connection) -> list[list[object]]:
            return [list(row) for row in connection.execute(CLAIM, values).fetchall()]

        rows = await self._writes.submit(self._writes.step("posts.claim"), write)
        return sorted((_post(row) for row in rows), key=lambda post: (post.slot.due, post.id))

    async def settle(self, post: Post, state: PostState, message: str | None = None) -> bool:
        if state is PostState.SENDING:
            raise ValueError("Sending is not how a post ends; claim it instead.")
        values = (state.value, message, post.id, post.fence)

        def write(connection: sqlite3.Connection) -> bool:
            return connection.execute(_SETTLE, values).rowcount == 1

        settled: bool = await self._writes.submit(self._writes.step("posts.settle"), write)
        return settled

    async def find(self, slot: Slot) -> Post | None:
        row = await self._reads.row(_FIND, *_key(slot))
        return _post(row) if row else None


def _key(slot: Slot) -> tuple[int, str, str]:
    return slot.community_id, slot.job, to_text(slot.due)


def _post(row: Row) -> Post:
    number, community_id, job, due, state, fence, message = row
    return Post(number, Slot(community_id, job, from_text(due)), PostState(state), fence, message)
