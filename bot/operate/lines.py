"""Tells the operator when a platform is lost, and when it is there again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress

from bot.clock import Clock

log = logging.getLogger(__name__)

PAUSE = 1.0


class Lines:
    """Looks at the connections, and says what changed since the last look."""

    def __init__(self, connected: Mapping[str, Callable[[], bool]], clock: Clock) -> None:
        self._connected, self._clock = connected, clock
        self._seen: set[str] = set()
        self._lost: dict[str, float] = {}

    def look(self) -> None:
        """Look at each once."""
        for name, is_connected in self._connected.items():
            if not is_connected():
                if name in self._seen:  # or it is only beginning
                    self._take_loss(name)
                continue
            self._seen.add(name)
            if name in self._lost:
                seconds = self._clock.monotonic() - self._lost.pop(name)
                log.warning("%s is there again, after %.0f s.", name.title(), seconds)

    def _take_loss(self, name: str) -> None:
        if name not in self._lost:
            self._lost[name] = self._clock.monotonic()
            log.warning("The connection to %s is lost; it is tried again until it is there.", name.title())


@asynccontextmanager
async def looking_at_lines(connected: Mapping[str, Callable[[], bool]], clock: Clock) -> AsyncIterator[None]:
    """Look at the connections until the block ends."""
    task = asyncio.ensure_future(_look_again_and_again(Lines(connected, clock)))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _look_again_and_again(lines: Lines) -> None:
    while True:
        lines.look()
        await asyncio.sleep(PAUSE)
