"""Sweep: answers that can no longer be delivered a second time are not kept."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.core.replays import REMEMBERED
from bot.ports import Store
from bot.scheduler.rounds import Round
from bot.services.comings import Comings

EVERY = timedelta(hours=1)
AUDIT_KEPT = timedelta(days=365)


def sweeping(store: Store, clock: Clock, comings: Comings) -> Round:
    """Drop what is too old, again and again: answers, and communities that the bot left long ago."""

    async def sweep() -> None:
        await store.calls.forget_before(clock.now() - REMEMBERED)
        await comings.sweep()
        await store.audit.forget_before(clock.now() - AUDIT_KEPT)

    return Round("sweep", EVERY, sweep)
