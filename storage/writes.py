"""How a repository hands in a write: straight away, or as a step of one call that happens only once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable
from typing import Any, Protocol

from bot.clock import Clock
from storage.instants import to_text
from storage.line import Work
from storage.whose import Forgotten
from storage.writer import Writer

# What a write may return, so that a step's result can be kept: None, bool, int, str and lists of these.
Json = Any

FIND_STEP = "SELECT result FROM call_steps WHERE call_id = ? AND step = ?"
KEEP_STEP = "INSERT INTO call_steps (call_id, step, result, at, whose) VALUES (?, ?, ?, ?, ?)"


class Writes(Protocol):
    """Where the repositories hand in their writes."""

    wrote: bool

    @property
    def forgotten(self) -> Forgotten:
        """Return who was forgotten; the same for every view of a store."""

    @property
    def whose(self) -> str | None:
        """Return whose rows these are: None outside of a call, and once its member was forgotten.

        Asked inside a write, because the member may be forgotten until it is its turn.
        """

    @property
    def forgot(self) -> bool:
        """Say whether the call's member was forgotten since it began."""

    def step(self, method: str) -> str:
        """Name the next use of this method; taken before anything is awaited, so that the count is steady."""

    def submit(self, step: str, work: Work[Json]) -> Awaitable[Json]:
        """Commit this write and return its result."""

    def repeat(self, work: Work[None]) -> Awaitable[None]:
        """Commit a write that may be done again: no step of a call, because each delivery leads to the same."""


class DirectWrites:
    """Writes outside of any call: each submission is a write of its own."""

    whose, forgot = None, False

    def __init__(self, writer: Writer) -> None:
        self._writer, self.wrote = writer, False
        self.forgotten = Forgotten()

    def step(self, method: str) -> str:
        return method

    def submit(self, step: str, work: Work[Json]) -> Awaitable[Json]:
        self.wrote = True
        return self._writer.run(work)

    def repeat(self, work: Work[None]) -> Awaitable[None]:
        self.wrote = True
        return self._writer.run(work)


class CallWrites:
    """Writes of one call: each is a step whose result is kept with it, so a second delivery finds it done.

    A step's name is the method and which use of it this is, so different methods may run in any order.
    """

    def __init__(
        self, writer: Writer, call_id: str, clock: Clock, forgotten: Forgotten, member: str | None = None
    ) -> None:
        self._writer, self._call_id, self._clock = writer, call_id, clock
        self._uses: dict[str, int] = {}
        self.wrote, self.forgotten = False, forgotten
        self._member, self._times = member, forgotten.times(member) if member else 0

    @property
    def whose(self) -> str | None:
        return None if self.forgot else self._member

    @property
    def forgot(self) -> bool:
        return self._member is not None and self.forgotten.times(self._member) != self._times

    def step(self, method: str) -> str:
        use = self._uses[method] = self._uses.get(method, 0) + 1
        return f"{method}#{use}"

    def submit(self, step: str, work: Work[Json]) -> Awaitable[Json]:
        self.wrote = True
        call_id, at = self._call_id, to_text(self._clock.now())

        def once(connection: sqlite3.Connection) -> Json:
            done = connection.execute(FIND_STEP, (call_id, step)).fetchone()
            if done is not None:
                return json.loads(done[0])
            result = work(connection)
            text = "true" if result is True else json.dumps(result)  # most writes say just that
            connection.execute(KEEP_STEP, (call_id, step, text, at, self.whose))
            return result

        return self._writer.run(once)

    def repeat(self, work: Work[None]) -> Awaitable[None]:
        return self._writer.run(work)  # the answer need not be kept at once either: a second delivery finds it anew
