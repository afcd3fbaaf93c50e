"""A fuse: Discord shuts out whoever sends 10,000 refused requests within ten minutes, so we stop long before."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Protocol

log = logging.getLogger(__name__)

REFUSED = frozenset({401, 403, 429})


class Timing(Protocol):
    """Seconds that only ever grow, and a way to let some of them pass."""

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""


class Breaker:
    """Counts refusals; after too many it gives us a rest, and then tries carefully whether things are well again."""

    def __init__(
        self,
        timing: Timing,
        *,
        threshold: int = 2_000,
        window: float = 600.0,
        rest: float = 300.0,
        between_probes: float = 10.0,
        on_open: Callable[[], None] | None = None,
    ) -> None:
        self._timing, self._window, self._rest = timing, window, rest
        self._between_probes, self._on_open = between_probes, on_open
        self._refusals: deque[float] = deque(maxlen=threshold)
        self._resting_until: float | None = None
        self._next_probe = 0.0

    @property
    def open(self) -> bool:
        """Say whether it has tripped and nothing good has been heard since."""
        return self._resting_until is not None

    @property
    def resting(self) -> bool:
        """Say whether nothing at all may be sent, not even a probe."""
        return self._resting_until is not None and self._timing.monotonic() < self._resting_until

    def hold(self) -> float:
        """Return for how many seconds nothing may be sent."""
        if self._resting_until is None:
            return 0.0
        return max(self._resting_until, self._next_probe) - self._timing.monotonic()

    def gave_turn(self) -> None:
        """Learn that somebody may send; after a rest that is a probe, and the next one has to wait."""
        if self._resting_until is not None:
            self._next_probe = self._timing.monotonic() + self._between_probes

    def saw(self, status: int, *, paced: bool) -> None:
        """Learn how Discord answered; only what the pacer let go tells whether a rest has helped."""
        if self._resting_until is None:
            if status in REFUSED:
                self._count()
        elif paced and not self.resting:
            self._judge(status)

    def _count(self) -> None:
        now = self._timing.monotonic()
        self._refusals.append(now)
        if len(self._refusals) == self._refusals.maxlen and now - self._refusals[0] <= self._window:
            self._trip(now)

    def _trip(self, now: float) -> None:
        count = len(self._refusals)
        self._refusals.clear()
        self._resting_until = now + self._rest
        log.error(
            "Discord refused %d requests within %.0f minutes, so posts rest for %.0f minutes; otherwise Discord would "
            "shut the bot out. Please check the bot's token and its permissions.",
            count,
            self._window / 60,
            self._rest / 60,
        )
        if self._on_open is not None:
            self._on_open()

    def _judge(self, status: int) -> None:
        if status in REFUSED:
            self._resting_until = self._timing.monotonic() + self._rest
        elif status < 500:
            self._resting_until = None
            log.warning("Discord takes our requests again.")
