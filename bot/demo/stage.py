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
MORNING = time(9, 5)
LONGEST_LEAP = timedelta(days=400)
# As far as one can go at first, and always from where one is.
FIRST_REACH, REACH = timedelta(weeks=8), timedelta(weeks=4)

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

    async def begin_posting(self) -> None:
        """Let the organiser set up the weekly posts, and post the first, once there is somebody to write them."""
        await self._living.ask_for_posts()
        await self.turn()

    @property
    def span(self) -> tuple[date, date]:
        """Return the day on which it was opened, and the last day that one can go to now."""
        last = max(self._opened + FIRST_REACH, self.clock.now() + REACH)
        return self._opened.date(), min(last, self._opened + LONGEST_LEAP).date()

    async def go(self, to: date | None) -> None:
        """Let time pass until the morning of a day that lies ahead; without one, until the next Monday."""
        async with self._one_at_a_time:
            now = self.clock.now()
            then = morning_of(to) if to else next_monday(now)
            if not now < then <= morning_of(self.span[1]):
                return
            # What is posted on a Monday appears on that Monday, also when somebody goes on for weeks.
            while (monday := next_monday(self.clock.now())) < then:
                await self._pass_until(monday)
            await self._pass_until(then)

    async def _pass_until(self, then: datetime) -> None:
        try:
            await self._living.live(self.clock.now().date(), then)
        finally:
            self.clock.go_on(then)
            await self.dispatcher.store.streaks.beat(NEVER_DOWN)
        await self.turn()


def morning_of(day: date) -> datetime:
    """Return the moment of a day at which all that a morning brings is there."""
    return datetime.combine(day, MORNING, UTC)


def next_monday(now: datetime) -> datetime:
    """Return the next Monday, a little after nine in the morning."""
    day = now.astimezone(UTC).date()
    found = morning_of(day + timedelta(days=(-day.weekday()) % 7))
    return found if found > now else found + timedelta(weeks=1)


def _begin_of(today: date) -> date:
    return today - timedelta(days=today.weekday(), weeks=WEEKS)
