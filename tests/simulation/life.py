"""A process that may be killed, or stand still, wherever it waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass, field
from random import Random
from typing import Any

LIFE: ContextVar[Life | None] = ContextVar("LIFE", default=None)


@dataclass
class Life:
    """One process from its start to its end."""

    name: str
    random: Random
    # How likely each wait is its last.
    mortality: float
    drowsiness: float
    # Told before it dies or stands still.
    before_trouble: Callable[[], None]
    alive: bool = True
    # In the order in which they were made, so that a play is the same each time.
    tasks: dict[asyncio.Task[Any], None] = field(default_factory=dict)
    sleeps_until: float = 0.0

    async def touch(self) -> None:
        """Wait as for the disk: perhaps no time, perhaps some, perhaps for ever."""
        self.check()
        chance = self.random.random()
        if chance < self.mortality:
            self.kill()
            self.check()
        loop = asyncio.get_running_loop()
        if chance > 1 - self.drowsiness:
            self.before_trouble()
            self.sleeps_until = loop.time() + self.random.uniform(1, 1500)
        if self.sleeps_until > loop.time():
            await asyncio.sleep(self.sleeps_until - loop.time())
        elif chance > 0.7:
            await asyncio.sleep(self.random.choice((0, 0.001, 0.05)))
        self.check()

    def check(self) -> None:
        """Let nobody do anything who is dead."""
        if not self.alive:
            raise asyncio.CancelledError

    def kill(self) -> None:
        """End all that this process does, with no last words."""
        self.before_trouble()
        self.alive = False
        for task in list(self.tasks):
            task.cancel()


def follow_lives(loop: asyncio.AbstractEventLoop) -> None:
    """Let every task belong to the life in which it was made."""

    def make(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **options: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(work, loop=loop, **options)
        if (life := LIFE.get()) is not None:
            life.tasks[task] = None
            task.add_done_callback(lambda done: life.tasks.pop(done, None))
        return task

    loop.set_task_factory(make)  # type: ignore[arg-type]


async def live(life: Life, work: Coroutine[Any, Any, None]) -> None:
    """Run a process until it dies."""

    async def born() -> None:
        LIFE.set(life)
        task = asyncio.get_running_loop().create_task(work)
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()

    await asyncio.get_running_loop().create_task(born())
    while life.tasks:
        await asyncio.wait(list(life.tasks))
