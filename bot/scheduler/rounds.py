"""Rounds: a piece of work that is done again and again while the house is open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """One piece of work, and the time between two turns of it."""

    name: str
    every: timedelta
    work: Callable[[], Awaitable[object]]


@asynccontextmanager
async def going_round(rounds: Sequence[Round]) -> AsyncIterator[None]:
    """Do these rounds until the end; a turn that has begun is finished."""
    leaving = asyncio.Event()
    tasks = [asyncio.ensure_future(_keep_going(one, leaving)) for one in rounds]
    try:
        yield
    finally:
        leaving.set()
        await asyncio.gather(*tasks)


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
