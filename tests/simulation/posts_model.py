"""A model of the port of posts: the same contract as in SQLite, in dictionaries, with a touch before and after."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right, insort
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.clock import Clock
from bot.models import PostState, Slot
from bot.models.posting import CATCH_UP, Ending, News, Planned, Post, Schedule, Why
from storage.posts import LONGEST_LEASE, LONGEST_WAIT
from storage.schedules import LONGEST_AHEAD, STEP

P = ParamSpec("P")
T = TypeVar("T")
Job = tuple[int, str]
OPEN = (PostState.PENDING, PostState.SENDING)


@dataclass(slots=True)
class Row:
    """A post, and what only the store knows about it."""

    post: Post
    worker: str | None = None
    lease_until: datetime | None = None
    news_until: datetime | None = None


@dataclass(slots=True)
class Tables:
    """What is kept, whichever process runs."""

    platforms: dict[int, str]
    longest_lease: timedelta = LONGEST_LEASE
    schedules: dict[Job, Schedule] = field(default_factory=dict)
    reckoned: dict[Job, datetime] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    ids: dict[Slot, int] = field(default_factory=dict)
    dues: dict[Job, list[datetime]] = field(default_factory=dict)
    # Rows that the common questions are about, so that history costs nothing.
    open: set[int] = field(default_factory=set)
    late: set[int] = field(default_factory=set)
    news: set[int] = field(default_factory=set)
    used: int = 0

    def keep(self, row: Row) -> None:
        """Keep the indexes right after a change."""
        number = row.post.id
        for index, belongs in (
            (self.open, row.post.state in OPEN),
            (self.late, row.post.why is Why.LATE),
            (self.news, row.post.news is not None),
        ):
            index.add(number) if belongs else index.discard(number)

    def drop(self, row: Row) -> None:
        """Forget a row."""
        del self.rows[row.post.id], self.ids[row.post.slot]
        self.dues[row.post.slot.community_id, row.post.slot.job].remove(row.post.slot.due)
        for index in (self.open, self.late, self.news):
            index.discard(row.post.id)

    def ordered(self, index: set[int]) -> list[Row]:
        return [self.rows[number] for number in sorted(index)]


async def untouched() -> None:
    """Let nothing happen in between."""


def touched(
    method: Callable[Concatenate[ModelPosts, P], T],
) -> Callable[Concatenate[ModelPosts, P], Coroutine[Any, Any, T]]:
    """Make a write that happens at one moment, with something possible before and after it."""

    @functools.wraps(method)
    async def around(self: ModelPosts, /, *args: P.args, **kwargs: P.kwargs) -> T:
        await self.touch()
        result = method(self, *args, **kwargs)
        await self.touch()
        return result

    return around


class ModelPosts:
    """What one process sees of the tables."""

    def __init__(self, tables: Tables, clock: Clock, touch: Callable[[], Awaitable[None]] = untouched) -> None:
        self.tables, self.clock, self.touch = tables, clock, touch

    @touched
    def arrange(self, schedule: Schedule) -> None:
        job, now = (schedule.community_id, schedule.job), self.clock.now()
        for row in self._of(job):
            ahead = row.post.slot.due > now and row.post.began is None and row.worker is None
            if ahead and (row.post.state is PostState.PENDING or row.post.why is Why.LATE):
                self.tables.drop(row)
        before = self.tables.schedules.get(job)
        self.tables.schedules[job] = replace(
            schedule, trouble="", last=None, revision=before.revision + 1 if before else 1
        )
        self.tables.reckoned[job] = now

    @touched
    def arranged(self, community_id: int) -> Sequence[Schedule]:
        found = [one for one in self.tables.schedules.values() if one.community_id == community_id]
        return sorted(map(self._with_last, found), key=lambda one: one.job)

    @touched
    def ripe(self, limit: int) -> Sequence[Schedule]:
        now, tables = self.clock.now(), self.tables
        ahead = sorted((tables.reckoned[job], job) for job in tables.schedules if tables.reckoned[job] > now)
        ripe = sorted((one.next, job) for job, one in tables.schedules.items() if one.next <= now)
        chosen = dict.fromkeys(job for _, job in [*ahead, *ripe][:limit])
        return [self._with_last(tables.schedules[job]) for job in chosen]

    @touched
    def lay_out(self, schedule: Schedule, planned: Sequence[Planned], next_at: datetime) -> bool:
        job = schedule.community_id, schedule.job
        current = self.tables.schedules.get(job)
        if current is None or current.revision != schedule.revision:
            return False
        self.tables.schedules[job] = replace(current, next=next_at, revision=current.revision + 1)
        self.tables.reckoned[job] = self.clock.now()
        for one in planned:
            self._write_down(one)
        return True

    @touched
    def pause(self, community_id: int, job: str, *, paused: bool) -> bool:
        current = self.tables.schedules.get((community_id, job))
        if current is not None:
            changed = replace(current, paused=paused, revision=current.revision + 1)
            self.tables.schedules[community_id, job] = changed
        return current is not None

    @touched
    def cancel(self, community_id: int, job: str) -> bool:
        for row in self._of((community_id, job)):
            if row.post.state is PostState.PENDING:
                self._change(row, state=PostState.MISSED, why=Why.SKIPPED, fence=row.post.fence + 1, ended=self._now())
                row.worker = row.lease_until = None
        self.tables.reckoned.pop((community_id, job), None)
        return self.tables.schedules.pop((community_id, job), None) is not None

    @touched
    def plan(self, slot: Slot, until: datetime | None = None) -> bool:
        return self._write_down(Planned(slot, until or slot.due + CATCH_UP))

    @touched
    def claim(self, worker: str, platform: str, *, lease: timedelta, limit: int) -> Sequence[Post]:
        free = [row for row in self._open(platform) if row.worker is None and row.post.turn <= self._now()]
        chosen = sorted(free, key=lambda row: (row.post.turn, row.post.id))[:limit]
        for row in chosen:
            row.worker, row.lease_until = worker, self._now() + min(lease, self.tables.longest_lease)
            self._change(row, fence=row.post.fence + 1)
        return [row.post for row in chosen]

    @touched
    def begin(self, post: Post, *, lease: timedelta) -> bool:
        row = self._mine(post)
        if row is not None:
            row.lease_until = self._now() + min(lease, self.tables.longest_lease)
            self._change(row, state=PostState.SENDING, began=row.post.began or self._now())
        return row is not None

    @touched
    def confirm(self, post: Post, message: str | None) -> bool:
        row = self.tables.rows.get(post.id)
        if row is None or row.post.state is PostState.SENT:
            return False
        row.worker = row.lease_until = row.news_until = None
        said = message if message is not None else row.post.message
        self._change(row, state=PostState.SENT, message=said, ended=self._now(), why=None, trouble="", news=None)
        self._trouble(post.slot, "")
        return True

    @touched
    def end(self, post: Post, ending: Ending) -> bool:
        row = self._mine(post)
        if row is None:
            return False
        row.worker = row.lease_until = None
        later = ending.turn is not None
        turn, ended = ending.turn or row.post.turn, row.post.ended if later else self._now()
        tries, again = row.post.tries + later, row.post.ended is not None
        self._change(
            row, state=ending.state, turn=turn, ended=ended, why=ending.why, trouble=ending.trouble, tries=tries
        )
        if (news := self._news(post.slot, ending, again)) is not None:
            row.news_until = None
            self._change(row, news=news)
        return True

    @touched
    def recover(self, platform: str, *, doubt: timedelta) -> int:
        now, recovered = self._now(), 0
        for row in self._open(platform):
            until = row.lease_until
            if until is not None and (until <= now or until > now + self.tables.longest_lease):
                turn = now + doubt if row.post.state is PostState.SENDING else row.post.turn
                row.worker = row.lease_until = None
                self._change(row, fence=row.post.fence + 1, turn=turn)
                recovered += 1
            in_doubt, soonest = row.post.state is PostState.SENDING, max(row.post.slot.due, now)
            too_far = row.worker is None and row.post.turn > now + LONGEST_WAIT
            if too_far and (in_doubt or row.post.turn > soonest):
                self._change(row, turn=now + doubt if in_doubt else soonest)
                recovered += 1
        return recovered + self._take_up_again(platform)

    @touched
    def find(self, slot: Slot) -> Post | None:
        number = self.tables.ids.get(slot)
        return self.tables.rows[number].post if number else None

    @touched
    def log(self, community_id: int, limit: int) -> Sequence[Post]:
        posts = [row.post for row in self.tables.rows.values() if row.post.slot.community_id == community_id]
        return sorted(posts, key=lambda post: (post.slot.due, post.id), reverse=True)[:limit]

    @touched
    def again(self, post_id: int, until: datetime) -> bool:
        row = self._unknown(post_id)
        if row is not None:
            until = max(until, row.post.until)
            self._change(row, state=PostState.PENDING, turn=self._now(), until=until, ended=None, news=None)
        return row is not None

    @touched
    def is_there(self, post_id: int) -> bool:
        row = self._unknown(post_id)
        if row is not None:
            self._change(row, state=PostState.SENT, news=None)
        return row is not None

    @touched
    def take_news(self, limit: int, *, lease: timedelta) -> Sequence[Post]:
        now, taken = self._now(), list[Post]()
        for row in self.tables.ordered(self.tables.news):
            until = row.news_until
            if len(taken) < limit and (until is None or until <= now or until > now + LONGEST_LEASE):
                row.news_until = now + min(lease, LONGEST_LEASE)
                taken.append(row.post)
        return taken

    @touched
    def told(self, post: Post) -> None:
        row = self.tables.rows.get(post.id)
        if row is not None and row.post.news is post.news:
            row.news_until = None
            self._change(row, news=None)

    def _write_down(self, planned: Planned) -> bool:
        slot, tables = planned.slot, self.tables
        platform = tables.platforms.get(slot.community_id)
        if platform is None:
            raise LookupError(f"There is no community {slot.community_id}.")
        if slot in tables.ids:
            return False
        others = [row.post.slot for row in tables.ordered(tables.open) if row.post.slot.due <= slot.due]
        ahead = sum(one.community_id == slot.community_id for one in others)
        state = PostState.PENDING if planned.why is None else PostState.MISSED
        tables.used += 1
        post = Post(tables.used, slot, platform, state, planned.until, slot.due + ahead * STEP, why=planned.why)
        schedule = tables.schedules.get((slot.community_id, slot.job))
        if planned.why is Why.LATE and not (schedule and schedule.trouble):
            post = replace(post, news=News.MISSED)
        post = replace(post, ended=self._now() if planned.why else None)
        row = tables.rows[post.id] = Row(post)
        tables.ids[slot] = post.id
        insort(tables.dues.setdefault((slot.community_id, slot.job), []), slot.due)
        tables.keep(row)
        return True

    def _take_up_again(self, platform: str) -> int:
        early = [row for row in self.tables.ordered(self.tables.late) if row.post.until > self._now()]
        early = [row for row in early if row.post.platform == platform]
        for row in early:
            row.news_until = None
            turn = max(row.post.slot.due, self._now())
            self._change(row, state=PostState.PENDING, turn=turn, why=None, news=None)
        return len(early)

    def _news(self, slot: Slot, ending: Ending, again: bool) -> News | None:
        if ending.trouble and self._trouble(slot, ending.trouble):
            return News.STUCK
        schedule = self.tables.schedules.get((slot.community_id, slot.job))
        heard = ending.news is News.MISSED and (again or (schedule is not None and schedule.trouble))
        return None if heard else ending.news

    def _trouble(self, slot: Slot, trouble: str) -> bool:
        job = slot.community_id, slot.job
        current = self.tables.schedules.get(job)
        if current is None or current.trouble == trouble:
            return False
        self.tables.schedules[job] = replace(current, trouble=trouble)
        return True

    def _with_last(self, schedule: Schedule) -> Schedule:
        dues = self.tables.dues.get((schedule.community_id, schedule.job), [])
        known = min(bisect_right(dues, self._now() + LONGEST_AHEAD), bisect_left(dues, schedule.next))
        return replace(schedule, last=dues[known - 1] if known else None)

    def _of(self, job: Job) -> list[Row]:
        return [self.tables.rows[self.tables.ids[Slot(*job, due)]] for due in list(self.tables.dues.get(job, []))]

    def _open(self, platform: str) -> list[Row]:
        return [row for row in self.tables.ordered(self.tables.open) if row.post.platform == platform]

    def _mine(self, post: Post) -> Row | None:
        row = self.tables.rows.get(post.id)
        return row if row is not None and row.worker is not None and row.post.fence == post.fence else None

    def _unknown(self, post_id: int) -> Row | None:
        row = self.tables.rows.get(post_id)
        if row is None or row.post.state is not PostState.UNKNOWN:
            return None
        row.news_until = None
        return row

    def _change(self, row: Row, **changes: Any) -> None:
        row.post = replace(row.post, **changes)
        self.tables.keep(row)

    def _now(self) -> datetime:
        return self.clock.now()
