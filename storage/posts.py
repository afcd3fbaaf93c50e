"""The posts that are due, under way and done."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.models import PostState, Slot
from bot.models.posting import CATCH_UP, Ending, News, Planned, Post, Why
from storage.instants import from_text, to_text
from storage.line import Work
from storage.reads import Row
from storage.schedules import SqliteSchedules, write_down

# No lease lasts longer. One that claims to end later was stamped by a clock that ran fast, and is over.
LONGEST_LEASE = timedelta(minutes=15)
# Nor is anything put off for longer.
LONGEST_WAIT = timedelta(hours=12)

_SELECT = """
SELECT id, community_id, job, due, platform, state, until, turn, fence, tries, began, ended, message, why, trouble, news
FROM posts
"""
FIND = f"{_SELECT} WHERE community_id = ? AND job = ? AND due = ?"
LOG = f"{_SELECT} WHERE community_id = ? ORDER BY due DESC LIMIT ?"
CLAIM = """
UPDATE posts SET fence = fence + 1, worker = ?, lease_until = ?
WHERE id IN (
    SELECT id FROM posts
    WHERE lease_until IS NULL AND state IN ('pending', 'sending') AND platform = ? AND turn <= ?
    ORDER BY turn, id LIMIT ?
)
RETURNING id, community_id, job, due, platform, state, until, turn, fence, tries, began, ended, message, why, trouble,
    news
"""
BEGIN = """
UPDATE posts SET state = 'sending', lease_until = ?, began = coalesce(began, ?)
WHERE id = ? AND fence = ? AND worker IS NOT NULL
"""
CONFIRM = """
UPDATE posts SET state = 'sent', message = coalesce(?, message), ended = ?, worker = NULL, lease_until = NULL,
    why = NULL, trouble = '', news = NULL, news_until = NULL
WHERE id = ? AND state <> 'sent'
RETURNING community_id, job
"""
END = """
UPDATE posts SET state = ?1, turn = coalesce(?2, turn), ended = coalesce(?3, ended), why = ?4, trouble = ?5,
    tries = tries + (?2 IS NOT NULL), worker = NULL, lease_until = NULL
WHERE id = ?6 AND fence = ?7 AND worker IS NOT NULL
RETURNING community_id, job
"""
TROUBLE = "UPDATE schedules SET trouble = ?1 WHERE community_id = ?2 AND job = ?3 AND trouble <> ?1"
STUCK = "SELECT 1 FROM schedules WHERE community_id = ? AND job = ? AND trouble <> ''"
HAS_ENDED = "SELECT 1 FROM posts WHERE id = ? AND ended IS NOT NULL"
NEWS = "UPDATE posts SET news = ?, news_until = NULL WHERE id = ?"
LEASES_OVER = """
UPDATE posts SET worker = NULL, lease_until = NULL, fence = fence + 1,
    turn = CASE state WHEN 'sending' THEN ? ELSE turn END
WHERE lease_until IS NOT NULL AND platform = ? AND (lease_until <= ? OR lease_until > ?)
"""
PUT_OFF_TOO_FAR = """
UPDATE posts SET turn = CASE state WHEN 'sending' THEN ?1 ELSE max(due, ?2) END
WHERE lease_until IS NULL AND state IN ('pending', 'sending') AND platform = ?3 AND turn > ?4
    AND (state = 'sending' OR turn > max(due, ?2))
"""
WRITTEN_OFF_TOO_SOON = """
UPDATE posts SET state = 'pending', turn = max(due, ?), why = NULL, news = NULL, news_until = NULL
WHERE why = 'late' AND platform = ? AND until > ?
"""
AGAIN = """
UPDATE posts SET state = 'pending', turn = ?, until = max(until, ?), ended = NULL, news = NULL, news_until = NULL
WHERE id = ? AND state = 'unknown'
"""
IS_THERE = "UPDATE posts SET state = 'sent', news = NULL, news_until = NULL WHERE id = ? AND state = 'unknown'"
NEWS_WAITING = """
UPDATE posts SET news_until = ?
WHERE id IN (
    SELECT id FROM posts
    WHERE news IS NOT NULL AND (news_until IS NULL OR news_until <= ? OR news_until > ?) ORDER BY id LIMIT ?
)
RETURNING id, community_id, job, due, platform, state, until, turn, fence, tries, began, ended, message, why, trouble,
    news
"""
TOLD = "UPDATE posts SET news = NULL, news_until = NULL WHERE id = ? AND news = ?"

_OPEN_STATES = (PostState.PENDING, PostState.SENDING)


class SqlitePosts(SqliteSchedules):
    """Keeps the posts in SQLite."""

    async def plan(self, slot: Slot, until: datetime | None = None) -> bool:
        planned, now = Planned(slot, until or slot.due + CATCH_UP), self._clock.now()
        return await self._change("plan", lambda connection: write_down(connection, planned, now))

    async def claim(self, worker: str, platform: str, *, lease: timedelta, limit: int) -> Sequence[Post]:
        step, now = self._writes.step("posts.claim"), self._clock.now()
        until, moment = to_text(now + min(lease, LONGEST_LEASE)), to_text(now)

        def write(connection: sqlite3.Connection) -> list[list[object]]:
            return [list(row) for row in connection.execute(CLAIM, (worker, until, platform, moment, limit)).fetchall()]

        rows = await self._writes.submit(step, write)
        return sorted((_post(row) for row in rows), key=lambda post: (post.turn, post.id))

    async def begin(self, post: Post, *, lease: timedelta) -> bool:
        now = self._clock.now()
        values = (to_text(now + min(lease, LONGEST_LEASE)), to_text(now), post.id, post.fence)
        return await self._change("begin", lambda connection: connection.execute(BEGIN, values).rowcount == 1)

    async def confirm(self, post: Post, message: str | None) -> bool:
        now = to_text(self._clock.now())

        def write(connection: sqlite3.Connection) -> bool:
            rows = connection.execute(CONFIRM, (message, now, post.id)).fetchall()
            for where in rows:
                connection.execute(TROUBLE, ("", *where))
            return bool(rows)

        return await self._change("confirm", write)

    async def end(self, post: Post, ending: Ending) -> bool:
        if ending.state is PostState.SENT:
            raise ValueError("A post that is there is confirmed.")
        if (ending.state in _OPEN_STATES) != (ending.turn is not None):
            raise ValueError("A post is put off until its next turn, or over.")
        turn = to_text(ending.turn) if ending.turn else None
        ended = None if turn else to_text(self._clock.now())
        values = (ending.state.value, turn, ended, ending.why, ending.trouble, post.id, post.fence)

        def write(connection: sqlite3.Connection) -> bool:
            again = connection.execute(HAS_ENDED, (post.id,)).fetchone() is not None
            rows = connection.execute(END, values).fetchall()
            for where in rows:
                _note(connection, post.id, ending, where, again=again)
            return bool(rows)

        return await self._change("end", write)

    async def recover(self, platform: str, *, doubt: timedelta) -> int:
        now = self._clock.now()
        moment, latest = to_text(now), to_text(now + LONGEST_WAIT)
        doubtful = to_text(now + doubt)
        leases = (doubtful, platform, moment, to_text(now + LONGEST_LEASE))

        def write(connection: sqlite3.Connection) -> int:
            freed: int = connection.execute(LEASES_OVER, leases).rowcount
            freed += connection.execute(PUT_OFF_TOO_FAR, (doubtful, moment, platform, latest)).rowcount
            return freed + connection.execute(WRITTEN_OFF_TOO_SOON, (moment, platform, moment)).rowcount

        recovered: int = await self._writes.submit(self._writes.step("posts.recover"), write)
        return recovered

    async def find(self, slot: Slot) -> Post | None:
        row = await self._reads.row(FIND, slot.community_id, slot.job, to_text(slot.due))
        return _post(row) if row else None

    async def log(self, community_id: int, limit: int) -> Sequence[Post]:
        return [_post(row) for row in await self._reads.rows(LOG, community_id, limit)]

    async def again(self, post_id: int, until: datetime) -> bool:
        values = (to_text(self._clock.now()), to_text(until), post_id)
        return await self._change("again", lambda connection: connection.execute(AGAIN, values).rowcount == 1)

    async def is_there(self, post_id: int) -> bool:
        return await self._change("is_there", lambda connection: connection.execute(IS_THERE, (post_id,)).rowcount == 1)

    async def take_news(self, limit: int, *, lease: timedelta) -> Sequence[Post]:
        step, now = self._writes.step("posts.take_news"), self._clock.now()
        values = (to_text(now + min(lease, LONGEST_LEASE)), to_text(now), to_text(now + LONGEST_LEASE), limit)

        def write(connection: sqlite3.Connection) -> list[list[object]]:
            return [list(row) for row in connection.execute(NEWS_WAITING, values).fetchall()]

        return sorted((_post(row) for row in await self._writes.submit(step, write)), key=lambda post: post.id)

    async def told(self, post: Post) -> None:
        news = post.news.value if post.news else ""
        await self._change("told", lambda connection: connection.execute(TOLD, (post.id, news)).rowcount == 1)

    async def _change(self, method: str, work: Work[bool]) -> bool:
        changed: bool = await self._writes.submit(self._writes.step(f"posts.{method}"), work)
        return changed


def _note(connection: sqlite3.Connection, post_id: int, ending: Ending, where: tuple[int, str], *, again: bool) -> None:
    """Keep what an organiser should hear; they hear once what keeps a job from posting, and once of what is missed."""
    news = ending.news
    if ending.trouble and connection.execute(TROUBLE, (ending.trouble, *where)).rowcount == 1:
        news = News.STUCK
    elif news is News.MISSED and (again or connection.execute(STUCK, where).fetchone()):
        news = None
    if news is not None:
        connection.execute(NEWS, (news.value, post_id))


def _post(row: Row) -> Post:
    number, community_id, job, due, platform, state, until, turn, fence, tries, began, ended, message, *rest = row
    why, trouble, news = rest
    return Post(
        number,
        Slot(community_id, job, from_text(due)),
        platform,
        PostState(state),
        until=from_text(until),
        turn=from_text(turn),
        fence=fence,
        tries=tries,
        began=from_text(began) if began else None,
        ended=from_text(ended) if ended else None,
        message=message,
        why=Why(why) if why else None,
        trouble=trouble,
        news=News(news) if news else None,
    )
