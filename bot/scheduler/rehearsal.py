"""Rehearse the weekly posts: weeks of them in minutes, on a made-up clock, for communities that hear nothing of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random

from bot.core.markup import md
from bot.core.outgoing import Target
from bot.core.reply import Reply
from bot.models import Place, PostState, Slot
from bot.models.posting import CATCH_UP, Post, Rule
from bot.ports import Store
from bot.scheduler.delivering import Delivering
from bot.scheduler.jobs import PACE, Letter, key_of
from bot.scheduler.planning import Planning, arranged
from bot.scheduler.runner import Runner
from bot.scheduler.silence import PLATFORM, Fault, SilentPlatform, ToyClock
from bot.services.slots import slot_after

JOB = "challenge"
STEP, WEEK = timedelta(minutes=15), timedelta(weeks=1)
# What was due at the end still has this time to arrive.
GRACE = CATCH_UP + timedelta(days=1)
ZONES = (
    *("Europe/Berlin", "Europe/London", "Europe/Kyiv", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo"),
    *("America/St_Johns", "America/Santiago", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Gaza"),
    *("Australia/Sydney", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Kiritimati", "Africa/Cairo"),
    *("Africa/Casablanca", "Africa/Lagos", "UTC"),
)
# Of so many steps one is the last of its process, and a process gets so many real seconds at most before it dies.
ONE_CRASH_IN, LONGEST_LIFE = 100, 0.02
AT_ONCE = 1000

# Hears how far it has come: what is being done, how much of it is done, of how much.
Heard = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is rehearsed."""

    communities: int
    weeks: int
    begin: datetime
    faults: frozenset[Fault] = frozenset()
    seed: int = 0

    @property
    def end(self) -> datetime:
        """Say when the last post is due."""
        return self.begin + self.weeks * WEEK


@dataclass(slots=True)
class Tally:
    """How it went."""

    due: int = 0
    sent: int = 0
    late: int = 0
    doubled: int = 0
    # Left out, and the organiser was told why: the channel took nothing.
    missed: int = 0
    # Nobody could look whether they had arrived, for the channel was shut by then; the organiser was asked.
    unknown: int = 0
    # Left out for no reason, or kept as something else than what happened.
    lost: int = 0
    crashes: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    """Says the least that there is to say."""

    name: str = JOB

    async def compose(self, slot: Slot, *, late: bool) -> Letter:
        key = str(slot.community_id)
        return Letter(Target(Place(PLATFORM, key), key), Reply(md("The challenge of this week")))


@dataclass(slots=True)
class Stage:
    """A store, a clock and a platform on which it is played."""

    plan: Rehearsal
    store: Store
    clock: ToyClock
    platform: SilentPlatform
    rules: dict[int, Rule] = field(default_factory=dict)
    random: Random = field(init=False)
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.random = Random(self.plan.seed)  # noqa: S311 - it only has to be the same again

    async def play(self, heard: Heard) -> Tally:
        """Let the weeks pass, and count."""
        await self._settle(heard)
        runner, steps = self._runner(), round((self.plan.end + GRACE - self.plan.begin) / STEP)
        for step in range(steps + 1):
            self.clock.moment = self.plan.begin + step * STEP
            self.platform.pass_time()
            if Fault.CRASH in self.plan.faults and self.random.randrange(ONE_CRASH_IN) == 0:
                runner = await self._crash(runner)
            else:
                await runner.once()
            if step % 10 == 0:
                heard(f"{self.clock.moment:%Y-%m-%d}", step, steps)
        await self._count()
        return self.tally

    async def _settle(self, heard: Heard) -> None:
        for first in range(0, self.plan.communities, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, self.plan.communities))
            await asyncio.gather(*(self._enter(number) for number in numbers))
            heard("communities", first, self.plan.communities)

    async def _enter(self, number: int) -> None:
        random = self.random
        wall = time(random.randrange(24), random.choice((0, 15, 30, 45)))
        rule = Rule(wall, random.choice(ZONES), random.randrange(7))
        found = await self.store.communities.enter(Place(PLATFORM, str(number)), f"Community {number}")
        self.rules[found.id] = rule
        await self.store.posts.arrange(arranged(found.id, JOB, rule, self.plan.begin))

    def _runner(self) -> Runner:
        posts, pace = self.store.posts, replace(PACE, in_flight=100)
        delivering = Delivering(posts, {PLATFORM: self.platform}, {JOB: _Job()}, self.clock, pace)
        return Runner(Planning(posts, self.clock, pace), delivering, _hear, f"process {self.tally.crashes}")

    async def _crash(self, runner: Runner) -> Runner:
        """Let a process die in the middle of its work, with no last words, and start another."""
        work = asyncio.ensure_future(runner.once())
        await asyncio.wait({work}, timeout=self.random.uniform(0, LONGEST_LIFE))
        while not work.done():  # the first time it would finish what is under way
            work.cancel()
            await asyncio.sleep(0)
        self.tally.crashes += 1
        return self._runner()

    async def _count(self) -> None:
        for community, rule in self.rules.items():
            posts = {post.slot.due: post for post in await self.store.posts.log(community, 10 * self.plan.weeks + 10)}
            for due in _dues(rule, self.plan):
                self._judge(Slot(community, JOB, due), posts.get(due))

    def _judge(self, slot: Slot, post: Post | None) -> None:
        tally, moments = self.tally, self.platform.messages.get(key_of(slot), [])
        tally.due += 1
        tally.sent += bool(moments)
        tally.doubled += max(0, len(moments) - 1)
        tally.late += any(moment - slot.due > PACE.late for moment in moments)
        state, shut = post.state if post else None, self.platform.was_shut(str(slot.community_id), slot.due)
        if state is PostState.MISSED and not moments and shut:
            tally.missed += 1
        elif state is PostState.UNKNOWN and shut:
            tally.unknown += 1
        elif not (moments and state is PostState.SENT):
            tally.lost += 1


async def rehearse(plan: Rehearsal, store: Store, clock: ToyClock, heard: Heard) -> Tally:
    """Play it through in an empty store that goes by this clock."""
    return await Stage(plan, store, clock, SilentPlatform(clock, plan.faults, plan.seed)).play(heard)


async def _hear(post: Post) -> None:
    """Be told, as an organiser would be."""


def _dues(rule: Rule, plan: Rehearsal) -> Iterator[datetime]:
    due = slot_after(rule, None, plan.begin)
    while due <= plan.end:
        yield due
        due = slot_after(rule, due, plan.begin)


def lines(tally: Tally) -> Sequence[str]:
    """Say in words how it went."""
    return (
        f"{tally.due:,} posts were due.",
        f"{tally.sent:,} were sent, {tally.late:,} of them late.",
        f"{tally.missed:,} were left out, and their organisers told why.",
        *([f"{tally.unknown:,} are unknown, and their organisers were asked."] if tally.unknown else []),
        f"{tally.doubled:,} were doubled.",
        f"{tally.lost:,} were lost.",
        *([f"The bot died {tally.crashes:,} times."] if tally.crashes else []),
    )
