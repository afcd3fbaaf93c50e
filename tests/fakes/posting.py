"""A house that posts by itself: its channels remember, and time passes when a test says so."""

from __future__ import annotations

from dataclasses import dataclass

from bot.scheduler.rounds import Round
from bot.scheduler.runner import Runner
from bot.wiring import House, posting_by, rounds_of
from tests.clock import ManualClock
from tests.fakes.channels import Channels

PLATFORM = "fake"


@dataclass(slots=True)
class Posting:
    """Turns the wheels that turn by themselves while the bot runs."""

    house: House
    clock: ManualClock
    runner: Runner
    rounds: list[Round]

    async def turn(self, **later: float) -> None:
        """Let time pass, then do all that is due."""
        self.clock.advance(**later)
        for one in self.rounds:
            await one.work()
        await self.runner.once()

    async def live(self, *, hours: int) -> None:
        """Let hours pass, one after the other."""
        for _ in range(hours):
            await self.turn(hours=1)


def posting_in(house: House, clock: ManualClock, channels: Channels) -> Posting:
    """Let a house post into these channels."""
    return Posting(house, clock, posting_by(house, channels), rounds_of(house, channels))
