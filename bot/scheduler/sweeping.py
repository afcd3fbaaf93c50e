"""Sweep: answers that can no longer be delivered a second time are not kept."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.core.replays import REMEMBERED
from bot.ports import Store
from bot.scheduler.rounds import Round

EVERY = timedelta(hours=1)


def sweeping(store: Store, clock: Clock) -> Round:
    """Drop what is too old, again and again."""

    async def sweep() -> None:
        await store.calls.forget_before(clock.now() - REMEMBERED)

    return Round("sweep", EVERY, sweep)
