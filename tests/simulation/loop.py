"""An event loop whose time is made up: it never waits, it only moves its clock to whatever comes next."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class _Selector:
    """Stands where a loop waits for the outside world, of which there is none."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("Everybody waits for something that never comes.")
        self._loop.virtual_now += timeout
        return []

    def close(self) -> None:
        """Nothing was opened."""


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs callbacks in the order of their virtual times; the same program always runs the same way."""

    def __init__(self) -> None:
        super().__init__()
        self.virtual_now = 0.0
        self._selector = _Selector(self)
        # After decades the seconds are so many that their smallest fractions are lost.
        self._clock_resolution = 1e-6

    def time(self) -> float:
        return self.virtual_now

    def _process_events(self, event_list: list[Any]) -> None:
        """There are none."""

    def _write_to_self(self) -> None:
        """Nobody sleeps who would have to be woken."""


def play(story: Coroutine[Any, Any, None]) -> None:
    """Run a story from its beginning to its end."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(story)
