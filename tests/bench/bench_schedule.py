"""What it costs to plan, claim, begin and confirm a post, and how close a full minute comes to the pacer's floor.

The cost is measured with 100, 10,000 and 100,000 communities in the file, in turn, always for a hundred posts: what
counts is the growth. The full minute is five times as fast as life, on both sides: five times the rate at which we
write to Discord, and a fifth of the time that it takes to answer. Beside the floor by arithmetic stands the one that
this machine reaches at this moment, when nothing is done but waiting for turns.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path

from adapters.discord.breaker import Breaker
from adapters.discord.pacer import Pacer, RealTiming
from bot.clock import SystemClock
from bot.core.markup import md
from bot.core.outgoing import Target
from bot.core.reply import Reply
from bot.models import Handle, Place, Slot
from bot.models.posting import Planned, Post, Rule
from bot.ports import Store
from bot.scheduler.delivering import Delivering
from bot.scheduler.jobs import PACE, Letter
from bot.scheduler.planning import Planning, arranged
from bot.scheduler.rounds import going_round
from bot.scheduler.runner import Runner
from storage import open_store
from storage.driver import connect
from storage.instants import to_text

SIZES = (100, 10_000, 100_000)
PAST, ROUNDS, POSTS, AT_ONCE = 4, 15, 100, 20
NOW = datetime.now(UTC)
CROWD, RATE, ANSWER = 10_000, 200.0, 0.04
SAMPLE = 2_000
JOB, PLATFORM = "bench", "bench"
LEASE = timedelta(minutes=1)


@dataclass
class Case:
    """A file with so many communities, and the costs that were measured in it."""

    size: int
    path: Path
    store: Store
    claims: list[float] = field(default_factory=list)
    plans: list[float] = field(default_factory=list)

    def fill(self) -> None:
        """Give each community a past, a post that is due, and a schedule; the first hundred are ripe."""
        connection = connect(str(self.path), busy_seconds=5)
        connection.execute("BEGIN IMMEDIATE")
        numbers = range(1, self.size + 1)
        connection.executemany(
            "INSERT INTO communities (id, platform, place_key, name) VALUES (?, ?, ?, ?)",
            ((number, PLATFORM, str(number), f"Community {number}") for number in numbers),
        )
        for week in range(PAST + 1):
            due, state = to_text(NOW - week * timedelta(weeks=1)), "sent" if week else "pending"
            connection.executemany(
                "INSERT INTO posts (community_id, platform, job, due, until, turn, state) VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((number, PLATFORM, JOB, due, to_text(NOW + timedelta(days=2)), due, state) for number in numbers),
            )
        far, near = to_text(NOW + timedelta(days=3)), to_text(NOW)
        connection.executemany(
            "INSERT INTO schedules (community_id, job, weekday, wall, zone, since, next, reckoned) "
            "VALUES (?, ?, 0, '09:00:00', 'UTC', ?, ?, ?)",
            ((number, "plan", near, near if number <= POSTS else far, near) for number in numbers),
        )
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.close()

    def again(self) -> None:
        """Let the same be due once more."""
        connection = connect(str(self.path), busy_seconds=5)
        connection.execute("UPDATE posts SET state = 'pending' WHERE due = ? AND state = 'sent'", (to_text(NOW),))
        connection.execute("DELETE FROM posts WHERE job = 'plan'")
        connection.execute("UPDATE schedules SET next = ? WHERE community_id <= ?", (to_text(NOW), POSTS))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()

    async def measure(self) -> None:
        """Post and plan a hundred, twenty at a time."""
        began = time.perf_counter()
        for _ in range(POSTS // AT_ONCE):
            claimed = await self.store.posts.claim("w", PLATFORM, lease=LEASE, limit=AT_ONCE)
            assert len(claimed) == AT_ONCE
            await asyncio.gather(*(self._send(post) for post in claimed))
        self.claims.append((time.perf_counter() - began) / POSTS)

        began = time.perf_counter()
        ripe = await self.store.posts.ripe(POSTS)
        later = NOW + timedelta(weeks=1)
        slots = [Slot(one.community_id, one.job, NOW) for one in ripe]
        planned = [[Planned(slot, later)] for slot in slots]
        await asyncio.gather(*(self.store.posts.lay_out(*pair, later) for pair in zip(ripe, planned, strict=True)))
        assert len(ripe) == POSTS
        self.plans.append((time.perf_counter() - began) / POSTS)

    async def _send(self, post: Post) -> None:
        assert await self.store.posts.begin(post, lease=LEASE)
        assert await self.store.posts.confirm(post, "1")


@dataclass
class PacedPoster:
    """Posts when the pacer says so, and takes its time to answer."""

    pacer: Pacer
    times: list[float] = field(default_factory=list)
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
        await asyncio.sleep(ANSWER)
        self.times.append(time.perf_counter())
        if len(self.times) == CROWD:
            self.done.set()
        return key


@dataclass(frozen=True)
class BenchJob:
    """Says the same to everybody."""

    name: str = JOB

    async def compose(self, slot: Slot, *, late: bool) -> Letter:
        return Letter(Target(Place(PLATFORM, str(slot.community_id)), "1"), Reply(md("Hello")))


async def _costs(folder: Path) -> list[str]:
    cases = []
    for size in SIZES:
        path = folder / f"{size}.db"
        cases.append(Case(size, path, await open_store(f"sqlite:///{path}", SystemClock())))
        cases[-1].fill()
    for _ in range(ROUNDS):
        for case in cases:
            case.again()
            await case.measure()
    for case in cases:
        await case.store.close()
    smallest = cases[0]
    lines = [f"{'communities':>12} {'post':>10} {'growth':>7} {'plan':>10} {'growth':>7}   (wall time each)"]
    for case in cases:
        post, plan = _median(case.claims), _median(case.plans)
        growth = statistics.median(a / b for a, b in zip(case.claims, smallest.claims, strict=True))
        grown = statistics.median(a / b for a, b in zip(case.plans, smallest.plans, strict=True))
        lines.append(f"{case.size:>12,} {post:>7.0f} us {growth:>7.2f} {plan:>7.0f} us {grown:>7.2f}")
    return lines


def _median(seconds: list[float]) -> float:
    return 1e6 * statistics.median(seconds)


async def _full_minute(folder: Path) -> list[str]:
    clock = SystemClock()
    store = await open_store(f"sqlite:///{folder / 'crowd.db'}", clock)
    found = [await store.communities.enter(Place(PLATFORM, str(number)), "Crowd") for number in range(CROWD)]
    now = clock.now()
    rule = Rule(wall_time(now.hour, now.minute), "UTC", now.weekday())
    schedules = [arranged(one.id, JOB, rule, now - timedelta(hours=1)) for one in found]
    await asyncio.gather(*(store.posts.arrange(one) for one in schedules))
    reached = await _bare_turns()
    poster = PacedPoster(_pacer())
    delivering = Delivering(store.posts, {PLATFORM: poster}, {JOB: BenchJob()}, clock, PACE)
    runner = Runner(Planning(store.posts, clock), delivering, _silent, "bench")
    began = time.perf_counter()
    async with going_round(runner.rounds()):
        await asyncio.wait_for(poster.done.wait(), 300)
    took, floor = poster.times[-1] - began, (CROWD - 1) / RATE + ANSWER
    await store.close()
    return [
        f"{CROWD:,} communities due in the same minute, {RATE:.0f} posts/s, answers after {1000 * ANSWER:.0f} ms",
        f"  the pacer's floor       {floor:>7.2f} s",
        f"  turns alone would take  {reached:>7.2f} s",
        f"  all posted after        {took:>7.2f} s",
        f"  ratio to the floor      {took / floor:>7.3f}   to stay under 1.1",
    ]


def _pacer() -> Pacer:
    timing = RealTiming(SystemClock())
    return Pacer(timing, Breaker(timing), rate=RATE)


async def _bare_turns() -> float:
    """Return how long the crowd would take if it only waited for turns."""
    pacer, began = _pacer(), time.perf_counter()
    await asyncio.gather(*(pacer.turn(str(number)) for number in range(SAMPLE)))
    return (time.perf_counter() - began) * CROWD / SAMPLE


async def _silent(post: Post) -> None:
    """Nobody has to hear."""


async def run() -> list[str]:
    """Measure, and return the lines of the table."""
    with tempfile.TemporaryDirectory(prefix="stepwise-bench-") as name:
        folder = Path(name)
        return [*await _costs(folder), "", *await _full_minute(folder)]


if __name__ == "__main__":
    print("\n".join(asyncio.run(run())))
