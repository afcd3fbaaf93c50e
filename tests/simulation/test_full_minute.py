"""Thousands of communities that are due in the same minute keep the pacer busy from the first post to the last."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random

from adapters.discord.breaker import Breaker
from adapters.discord.pacer import Pacer, RealTiming
from bot.core.markup import md
from bot.core.outgoing import Target
from bot.core.reply import Reply
from bot.models import Handle, Place, Slot
from bot.models.posting import Post, Rule
from bot.scheduler.delivering import Delivering
from bot.scheduler.jobs import Letter
from bot.scheduler.planning import Planning, arranged
from bot.scheduler.rounds import going_round
from bot.scheduler.runner import Runner
from tests.simulation.loop import play
from tests.simulation.posts_model import ModelPosts, Tables

JOB, PLATFORM = "post", "paced"
COMMUNITIES = 3_000
# As on Discord: posts a second, and how long the platform and the disk take to answer.
RATE, ANSWERS, DISK = 40.0, (0.15, 0.6), 0.01
DUE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class LoopClock:
    """Shows the time of the loop; the post is due a second after the beginning."""

    loop: asyncio.AbstractEventLoop

    def now(self) -> datetime:
        return DUE + timedelta(seconds=self.loop.time() - 1)

    def monotonic(self) -> float:
        return self.loop.time()


@dataclass
class PacedPoster:
    """Posts when the pacer says so."""

    pacer: Pacer
    clock: LoopClock
    crowd: int
    times: list[float] = field(default_factory=list)
    random: Random = field(default_factory=lambda: Random(1))
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def platform(self) -> str:
        return PLATFORM

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        return True

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        return True

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        await self.pacer.turn(target.place.key)
        await asyncio.sleep(self.random.uniform(*ANSWERS))
        self.times.append(self.clock.monotonic())
        if len(self.times) == self.crowd:
            self.done.set()
        return key


@dataclass(frozen=True)
class Hello:
    """Says the same to everybody."""

    name: str = JOB

    async def compose(self, slot: Slot, *, late: bool) -> Letter:
        return Letter(Target(Place(PLATFORM, str(slot.community_id)), "1"), Reply(md("Hello")))


async def disk() -> None:
    await asyncio.sleep(DISK)


async def silent(post: Post) -> None:
    """Nobody has to hear."""


async def full_minute(crowd: int, ratios: list[float]) -> None:
    """Let them all be due at once, and note how much longer that took than the pacer alone needs."""
    clock = LoopClock(asyncio.get_running_loop())
    timing = RealTiming(clock)
    poster = PacedPoster(Pacer(timing, Breaker(timing), rate=RATE), clock, crowd)
    tables = Tables(dict.fromkeys(range(crowd), PLATFORM))
    posts, quick = ModelPosts(tables, clock, disk), ModelPosts(tables, clock)
    rule = Rule(time(9), "UTC", 0)
    for number in range(crowd):
        await quick.arrange(arranged(number, JOB, rule, clock.now()))
    delivering = Delivering(posts, {PLATFORM: poster}, {JOB: Hello()}, clock)
    async with going_round(Runner(Planning(posts, clock), delivering, silent, "w").rounds()):
        await poster.done.wait()
    assert len(set(tables.ids.values())) == crowd
    ratios.append((poster.times[-1] - 1) / (crowd / RATE))


def test_the_last_post_is_hardly_later_than_the_pacer_allows() -> None:
    ratios: list[float] = []
    play(full_minute(COMMUNITIES, ratios))
    assert 1 <= ratios[0] <= 1.1
