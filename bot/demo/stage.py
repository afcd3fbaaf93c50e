"""The demo as a whole: how it begins, and how its time goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.core.dispatch import Dispatcher
from bot.demo.cast import CAST, PLACE_NAME
from bot.demo.living import NEVER_DOWN, WEEKS, Living
from bot.demo.shifted_clock import ShiftedClock
from bot.models import Place

# Rounds of challenges open on Monday at nine; five minutes later all is there.
MONDAY = time(9, 5)
LONGEST_LEAP = timedelta(days=400)

__all__ = ["CAST", "PLACE_NAME", "Stage"]


async def _nothing() -> None:
    return None


@dataclass(slots=True)
class Stage:
    """The demo's community and its clock."""

    dispatcher: Dispatcher
    clock: ShiftedClock
    place: Place
    # What the bot does by itself, done once: posts, reminders, results of rounds.
    turn: Callable[[], Awaitable[None]] = _nothing
    _living: Living = field(init=False)
    _opened: datetime = field(init=False)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._opened = self.clock.now()
        self._living = Living(self.dispatcher, self.clock, self.place, _begin_of(self._opened.date()))

    async def set_up(self) -> None:
        """Let the past weeks happen."""
        await self._living.begin()
        await self._living.live(self._living.begun, self._opened)
        self.clock.go_on()
        await self.dispatcher.store.streaks.beat(NEVER_DOWN)
        await self._living.ask_for_posts()

    async def go(self, where: str) -> None:
        """Let time pass until tomorrow (`day`), or until the next Monday morning (`monday`)."""
        async with self._one_at_a_time:
            now = self.clock.now()
            then = now + timedelta(days=1) if where == "day" else next_monday(now)
            if then - self._opened > LONGEST_LEAP:
                return
            try:
                await self._living.live(now.date(), then)
            finally:
                self.clock.go_on(then)
                await self.dispatcher.store.streaks.beat(NEVER_DOWN)
            await self.turn()


def next_monday(now: datetime) -> datetime:
    """Return the next Monday, a little after nine in the morning."""
    day = now.astimezone(UTC).date()
    monday = day + timedelta(days=(-day.weekday()) % 7)
    found = datetime.combine(monday, MONDAY, UTC)
    return found if found > now else found + timedelta(weeks=1)


def _begin_of(today: date) -> date:
    return today - timedelta(days=today.weekday(), weeks=WEEKS)
