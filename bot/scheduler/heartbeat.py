"""The heartbeat: times in which the bot itself was down count against nobody."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.ports import Store
from bot.scheduler.rounds import Round

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=30)
# A restart takes less; longer silence is an outage.
LONGEST_SILENCE = timedelta(minutes=5)


def heartbeat(store: Store) -> Round:
    """Note again and again that the bot is alive."""

    async def beat() -> None:
        outage = await store.streaks.beat(LONGEST_SILENCE)
        if outage is not None:
            log.warning(
                "I was down from %s to %s; this time counts against nobody's streak.",
                f"{outage.start:%Y-%m-%d %H:%M}",
                f"{outage.until:%Y-%m-%d %H:%M} UTC",
            )

    return Round("heartbeat", EVERY, beat)
