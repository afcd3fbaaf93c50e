"""Wait for something to become true, without sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

# Real time, only so that a broken test ends.
SAFETY_SECONDS = 30.0


class Silence(AssertionError):
    """What was waited for did not happen."""


class Bell:
    """Rings whenever something changed; who waits looks again."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Let everybody look again."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, is_true: Callable[[], object], what: str, seconds: float = SAFETY_SECONDS) -> None:
        """Wait until this is true."""
        try:
            async with asyncio.timeout(seconds):
                while not is_true():
                    await self._event.wait()
        except TimeoutError:
            raise Silence(what) from None
