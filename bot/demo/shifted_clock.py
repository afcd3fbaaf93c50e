"""A clock that can be put ahead, for a demo alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import Clock


class ShiftedClock:
    """Tells another clock's time, so much earlier or later."""

    def __init__(self, base: Clock) -> None:
        self._base, self._shift = base, timedelta()
        self._held: datetime | None = None

    def now(self) -> datetime:
        """Tell the time."""
        return self._held or self._base.now() + self._shift

    def monotonic(self) -> float:
        """Return seconds that grow with the time that is told."""
        return self._base.monotonic() + (self.now() - self._base.now()).total_seconds()

    def hold(self, moment: datetime) -> None:
        """Stand still at a moment."""
        self._held = moment

    def go_on(self, moment: datetime | None = None) -> None:
        """Go on from a moment; without one, with the time of the clock behind."""
        self._held, self._shift = None, (moment - self._base.now()) if moment else timedelta()
