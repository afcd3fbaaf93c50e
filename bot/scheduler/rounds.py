"""Rounds: a piece of work that is done again and again while the house is open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

log = logging.getLogger(__name__)

# Whoever stops a process gives it about ten seconds in all, and platforms need some to say good-bye.
FINISHING_SECONDS = 2.5


@dataclass(frozen=True, slots=True)
class Round:
    """One piece of work, and the time between two turns of it."""

    name: str
    every: timedelta
    work: Callable[[], Awaitable[object]]


@asynccontextmanager
async def going_round(rounds: Sequence[Round]) -> AsyncIterator[None]:
    """Do these rounds until the end; a turn that has begun is finished, if it can be soon."""
    leaving = asyncio.Event()
    tasks = [asyncio.ensure_future(_keep_going(one, leaving)) for one in rounds]
    try:
        yield
    finally:
        leaving.set()
        await _finish(tasks)


async def _finish(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Let what has begun come to its end, but not for ever: what is cut off is taken up at the next start."""
    late = (await asyncio.wait(tasks, timeout=FINISHING_SECONDS))[1] if tasks else ()
    for task in late:
        task.cancel()
    if late:
        log.warning("Some work could not be finished in time; it goes on at the next start.")
    await asyncio.gather(*tasks, return_exceptions=True)


async def _keep_going(one: Round, leaving: asyncio.Event) -> None:
    while not leaving.is_set():
        await _turn(one)
        try:
            async with asyncio.timeout(one.every.total_seconds()):
                await leaving.wait()
        except TimeoutError:
            continue


async def _turn(one: Round) -> None:
    try:
        await one.work()
    except Exception:  # the next turn may go better, and the other rounds must not stop
        log.exception("The %s could not be done this time.", one.name)
