"""The one writer: callers that wait together are committed together."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from storage import faults
from storage.line import Line, Work
from storage.transaction import Failure, Outcomes, Works, commit_group

T = TypeVar("T")
_Waiter = asyncio.Future[Any]

# Large enough to share the cost of a commit, small enough that the callers of one group can be answered
# while the next group is on its way to the disk.
GROUP = 128
READERS_MAY_TAKE = 250  # milliseconds


class Writer:
    """Takes writes in arrival order, commits all that wait (up to a bound) at once, then answers them.

    A write is a function of SQL alone, because it runs again when a neighbour's failure takes the group
    back. Cancelling its caller does not undo it: once its group has begun, it is written or not as if
    nobody had cancelled.
    """

    def __init__(self, line: Line, *, bound: int = GROUP, before: Callable[[], None] | None = None) -> None:
        self._line, self._bound, self._before = line, bound, before
        self._waiting: deque[tuple[Work[Any], _Waiter]] = deque()
        self._group: list[tuple[Work[Any], _Waiter]] = []
        self._hop: asyncio.Task[Outcomes] | None = None
        self._answers: list[tuple[_Waiter, Any]] = []
        self._closing = False

    def run(self, work: Work[T]) -> asyncio.Future[T]:
        """Take this write; the future has its result once it is committed."""
        if self._closing:
            raise faults.closed()
        return self._queue(work)

    async def empty_log(self) -> None:
        """Move the log into the file and cut it to nothing, so that it holds no older copy of a page.

        Somebody who reads for long keeps it; then it is emptied the next time, or when the store closes.
        """
        await self._line.run(_empty_log)

    async def drain(self) -> None:
        """Refuse new writes, and finish those that wait."""
        self._closing = True
        if self._hop or self._waiting:
            await self._queue(lambda _: None)

    async def close(self) -> None:
        """Finish the writes that wait, then close the connection."""
        await self.drain()
        await self._line.close()

    def _queue(self, work: Work[T]) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[T] = loop.create_future()
        if self._hop is None and not self._waiting:
            loop.call_soon(self._start)  # and whoever comes before that comes along
        self._waiting.append((work, waiter))
        return waiter

    def _start(self) -> None:
        self._group = self._next_group()
        if self._group:
            works = [work for work, _ in self._group]
            job = partial(self._commit, works, asyncio.get_running_loop())
            self._hop = asyncio.ensure_future(self._line.run(job))
            self._hop.add_done_callback(self._landed)

    def _next_group(self) -> list[tuple[Work[Any], _Waiter]]:
        group: list[tuple[Work[Any], _Waiter]] = []
        while self._waiting and len(group) < self._bound:
            work, waiter = self._waiting.popleft()
            if not waiter.done():  # a caller that left before its group began needs nothing
                group.append((work, waiter))
        return group

    def _commit(self, works: Works, loop: asyncio.AbstractEventLoop, connection: sqlite3.Connection) -> Outcomes:
        """Commit a group, in the connection's thread."""
        if self._before:
            self._before()

        def answer_the_last_group() -> None:
            if self._answers:
                loop.call_soon_threadsafe(self._answer)

        return commit_group(connection, works, answer_the_last_group)

    def _landed(self, hop: asyncio.Task[Outcomes]) -> None:
        self._answer()
        waiters = [waiter for _, waiter in self._group]
        self._hop, self._answers = None, list(zip(waiters, _outcomes(hop, len(waiters)), strict=True))
        if len(self._waiting) >= self._bound:
            # Answering takes the interpreter, which the next group's statements need too, but not its
            # commit: that waits for the disk. So these answers go out when the next group commits.
            self._start()
        if self._hop is None:
            self._answer()
        if self._hop is None and self._waiting:
            asyncio.get_running_loop().call_soon(self._start)  # after those who were just answered

    def _answer(self) -> None:
        answers, self._answers = self._answers, []
        for waiter, outcome in answers:
            if waiter.done():  # its caller left
                continue
            if isinstance(outcome, Failure):
                faults.fail(waiter, outcome.error, self._line.path)
            else:
                waiter.set_result(outcome)


def _outcomes(hop: asyncio.Task[Outcomes], count: int) -> Outcomes:
    if hop.cancelled():
        return [Failure(asyncio.CancelledError())] * count
    error = hop.exception()
    return [Failure(error)] * count if error else hop.result()


def _empty_log(connection: sqlite3.Connection) -> None:
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {READERS_MAY_TAKE}")  # every write waits as long
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")
