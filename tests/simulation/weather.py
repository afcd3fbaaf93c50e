"""What goes wrong around the bot, and sometimes all at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tests.simulation.life import Life
from tests.simulation.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YEAR = 365 * DAY
# A wait that began in bad weather may go on so long after it.
AFTER = timedelta(hours=12)


@dataclass
class Sky:
    """Makes the weather of a world."""

    world: World
    places: Sequence[str]
    lives: dict[str, Life]
    # Set while processes may run.
    power: asyncio.Event = field(default_factory=asyncio.Event)

    async def clocks(self) -> None:
        """Set the clock wrong, and right again some time later."""
        random, weather = self.world.random, self.world.weather
        while weather.clock_jumps_a_year:
            await self._some_time(weather.clock_jumps_a_year)
            by = random.choice((timedelta(seconds=90), HOUR, 20 * HOUR, 3 * DAY)) * random.uniform(0.1, 1.5)
            if weather.wild_clocks and random.random() < 0.4:
                by = random.choice((20, 100, 400)) * DAY * random.uniform(0.5, 1.5)
            if random.random() < 0.4:
                by = -by
            with self.world.spell(after=AFTER):
                self._doubt()
                self.world.set_clock(by)
                await asyncio.sleep(random.choice((60, 900, 12 * 3600)) * random.uniform(0.1, 1))
                self._doubt()
                self.world.set_clock(timedelta(0))

    async def outages(self) -> None:
        """Take the power away, for minutes or for days."""
        random = self.world.random
        self.power.set()
        while self.world.weather.outages_a_year:
            await self._some_time(self.world.weather.outages_a_year)
            self.power.clear()
            for life in self.lives.values():
                life.kill()
            length = random.choice((HOUR, 30 * HOUR, 10 * DAY)) * random.uniform(0.1, 1)
            with self.world.spell():
                await asyncio.sleep(length.total_seconds())
            self.power.set()

    async def troubles(self, place: str) -> None:
        """Take away a channel, a permission or the bot itself, and give it back."""
        random = self.world.random
        while self.world.weather.troubles_a_year:
            await self._some_time(self.world.weather.troubles_a_year)
            self.world.troubles[place] = random.choice(("gone", "forbidden", "expelled"))
            length = random.choice((HOUR, 30 * HOUR, 20 * DAY)) * random.uniform(0.1, 1)
            with self.world.spell(place, after=AFTER):
                await asyncio.sleep(length.total_seconds())
            del self.world.troubles[place]

    async def _some_time(self, a_year: float) -> None:
        await asyncio.sleep(self.world.random.expovariate(a_year / YEAR.total_seconds()))

    def _doubt(self) -> None:
        for life in self.lives.values():
            life.before_trouble()
