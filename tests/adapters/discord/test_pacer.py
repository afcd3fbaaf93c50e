"""Turns come evenly, fairly, and never in bursts."""

from __future__ import annotations

import asyncio
import gc
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from adapters.discord.breaker import Breaker
from adapters.discord.pacer import NoTurn, Pacer, _Lines
from tests.adapters.discord.virtual_time import VirtualTime

RATE = 40
GAP = 1 / RATE


@dataclass
class Queue:
    """A pacer on a clock of its own, and who had a turn when."""

    clock: VirtualTime = field(default_factory=VirtualTime)
    turns: list[tuple[float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.breaker = Breaker(self.clock)
        self.pacer = Pacer(self.clock, self.breaker, rate=RATE)

    async def take(self, key: str = "club", *, again: bool = False) -> None:
        await self.pacer.turn(key, again=again)
        self.turns.append((self.clock.now, key))

    def line_up(self, key: str, count: int) -> list[asyncio.Task[None]]:
        return [asyncio.ensure_future(self.take(key)) for _ in range(count)]

    @property
    def times(self) -> list[float]:
        return [when for when, _ in self.turns]

    @property
    def keys(self) -> list[str]:
        return [key for _, key in self.turns]


@pytest.fixture
def queue() -> Queue:
    return Queue()


def busiest_second(times: Sequence[float]) -> int:
    """Count the turns in the second that has most of them."""
    most = first = 0
    for last, when in enumerate(times):
        while when - times[first] >= 1.0 - 1e-9:
            first += 1
        most = max(most, last - first + 1)
    return most


async def test_ten_thousand_turns_take_250_seconds(queue: Queue) -> None:
    began = queue.clock.now
    await queue.clock.through(asyncio.gather(*(queue.take(f"club {number % 700}") for number in range(10_000))))
    assert queue.clock.now - began == pytest.approx(250, abs=0.1)
    assert busiest_second(queue.times) <= RATE + 1
    assert queue.pacer.waiting == 0


async def test_a_busiest_second_is_found() -> None:
    assert busiest_second([0.0, 0.5, 0.9, 1.2, 1.3, 1.4, 5.0]) == 5
    assert busiest_second([0.0, 1.0, 2.0]) == 1


async def test_one_after_another_is_as_slow_as_all_at_once(queue: Queue) -> None:
    async def one_by_one() -> None:
        for _ in range(400):
            await queue.take()

    began = queue.clock.now
    await queue.clock.through(one_by_one())
    assert queue.clock.now - began == pytest.approx(399 * GAP)


@pytest.mark.parametrize("idle", [1.0, 60.0, 86_400.0])
async def test_idleness_earns_nothing(queue: Queue, idle: float) -> None:
    await queue.take()
    queue.clock.now += idle
    await queue.clock.through(asyncio.gather(*queue.line_up("club", 100)))
    later = queue.times[1:]
    assert min(after - before for before, after in pairwise(later)) == pytest.approx(GAP)


async def test_a_pause_earns_nothing(queue: Queue) -> None:
    everybody = asyncio.gather(*queue.line_up("club", 100))
    await queue.clock.idle()
    queue.pacer.pause(5)
    assert queue.pacer.paused
    await queue.clock.through(everybody)
    assert queue.times[1] == pytest.approx(queue.times[0] + 5)
    assert min(after - before for before, after in pairwise(queue.times[1:])) >= GAP - 1e-9
    assert not queue.pacer.paused


async def test_pauses_do_not_shorten_each_other(queue: Queue) -> None:
    began = queue.clock.now
    queue.pacer.pause(5)
    queue.pacer.pause(1)
    await queue.clock.through(queue.take())
    assert queue.times == [pytest.approx(began + 5)]


async def test_a_jump_of_the_clock_earns_nothing(queue: Queue) -> None:
    everybody = asyncio.gather(*queue.line_up("club", 200))
    await queue.clock.idle()
    queue.clock.now += 3_600
    await queue.clock.through(everybody)
    assert busiest_second(queue.times) <= RATE + 1
    assert queue.times[-1] - queue.times[1] == pytest.approx(198 * GAP)


async def test_timers_that_fire_late_do_not_slow_us_down() -> None:
    dice = random.Random(6)
    queue = Queue(VirtualTime(late=lambda: dice.uniform(0, 0.008)))
    began = queue.clock.now
    await queue.clock.through(asyncio.gather(*queue.line_up("club", 2_000)))
    assert queue.clock.now - began == pytest.approx(50, abs=0.1)
    assert busiest_second(queue.times) <= RATE + 1


async def test_a_busy_community_holds_nobody_up(queue: Queue) -> None:
    busy = queue.line_up("busy", 1_000)
    await queue.clock.idle()
    quiet = [task for number in range(5) for task in queue.line_up(f"quiet {number}", 1)]
    await queue.clock.through(asyncio.gather(*quiet))
    assert queue.keys.count("busy") <= 2
    await queue.clock.through(asyncio.gather(*busy))
    assert queue.keys.count("busy") == 1_000


async def test_keys_take_turns(queue: Queue) -> None:
    queue.pacer.pause(1)
    everybody = [task for key in "abc" for task in queue.line_up(key, 4)]
    await queue.clock.through(asyncio.gather(*everybody))
    assert "".join(queue.keys) == "abc" * 4


async def test_a_second_try_goes_first(queue: Queue) -> None:
    queue.pacer.pause(1)
    everybody = queue.line_up("early", 10)
    await queue.clock.idle()
    everybody.append(asyncio.ensure_future(queue.take("late", again=True)))
    await queue.clock.through(asyncio.gather(*everybody))
    assert queue.keys[0] == "late"


async def test_those_who_give_up_leave_nothing_behind(queue: Queue) -> None:
    queue.pacer.pause(20)
    gone = queue.line_up("club", 500) + queue.line_up("choir", 500)
    kept = queue.line_up("club", 1)
    await queue.clock.idle()
    for task in gone:
        task.cancel()
    await queue.clock.idle()
    assert queue.pacer.waiting == 1
    await queue.clock.through(asyncio.gather(*kept))
    assert queue.keys == ["club"]
    assert not queue.pacer._lines._by_key


async def test_a_turn_that_comes_with_a_cancellation_goes_to_the_next(queue: Queue) -> None:
    await queue.take()
    first, second, third = queue.line_up("club", 3)
    await queue.clock.idle()
    queue.clock.now += GAP
    queue.pacer._let_go(in_time=True)
    first.cancel()
    await queue.clock.idle()
    assert first.cancelled()
    assert second.done()
    await queue.clock.through(third)
    assert queue.times[2] - queue.times[1] == pytest.approx(GAP)


async def test_a_cancellation_in_the_moment_before_the_turn_harms_nobody(queue: Queue) -> None:
    await queue.take()
    first, second = queue.line_up("club", 2)
    await queue.clock.idle()
    queue.clock.now += GAP
    first.cancel()
    queue.pacer._let_go(in_time=True)
    await queue.clock.idle()
    assert (first.cancelled(), second.done(), queue.pacer.waiting) == (True, True, 0)


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_happens_nobody_is_lost_and_no_second_is_too_full(seed: int) -> None:
    dice = random.Random(seed)
    queue = Queue(VirtualTime(late=lambda: dice.choice([0, 0, 0.004, 0.03, 2.0])))
    alive: list[asyncio.Task[None]] = []
    for _ in range(120):
        alive += queue.line_up(f"club {dice.randrange(5)}", dice.randrange(12))
        if alive and dice.random() < 0.3:
            alive.pop(dice.randrange(len(alive))).cancel()
        if dice.random() < 0.05:
            queue.pacer.pause(dice.uniform(0, 20))
        if dice.random() < 0.05:
            queue.clock.now += dice.choice([0.01, 3, 500])
        await queue.clock.through(queue.clock.sleep(dice.choice([0, 0.01, 0.2, 4])))
    await queue.clock.through(asyncio.gather(*alive))
    assert len(queue.turns) >= len(alive) > 300
    assert busiest_second(queue.times) <= RATE + 1
    assert queue.pacer.waiting == 0


async def test_a_turn_costs_the_same_however_many_keys_wait() -> None:
    def cost(keys: int) -> float:
        lines, new = _Lines(), asyncio.get_running_loop().create_future
        for number in range(keys):
            lines.join(f"club {number}", new())
        turns = [(f"club {number}", new(), new()) for number in range(200)]
        gc.disable()
        began = time.process_time()
        for key, stays, leaves in turns:
            lines.join(key, stays)
            lines.join(key, leaves)
            lines.leave(key, leaves)
            assert lines.next() is not None
        spent = time.process_time() - began
        gc.enable()
        assert len(lines) == keys
        return spent

    assert min(cost(20_000) for _ in range(3)) < 10 * min(cost(200) for _ in range(3))


async def test_a_long_pause_sends_everybody_away_at_once(queue: Queue) -> None:
    await queue.take()
    waiting = asyncio.gather(*queue.line_up("club", 3), return_exceptions=True)
    await queue.clock.idle()
    queue.pacer.pause(3_600)
    ends = await waiting
    assert [end.wait for end in ends if isinstance(end, NoTurn)] == [3_600] * 3
    with pytest.raises(NoTurn):
        await queue.take()
    queue.clock.now += 3_600
    await queue.clock.through(queue.take())


async def test_a_tripped_breaker_sends_everybody_away(queue: Queue) -> None:
    await queue.take()
    waiting = asyncio.gather(*queue.line_up("club", 3), return_exceptions=True)
    for _ in range(2_000):
        queue.breaker.saw(403, paced=True)
    ends = await queue.clock.through(waiting)
    assert all(isinstance(end, NoTurn) for end in ends)
    with pytest.raises(NoTurn) as refused:
        await queue.take()
    assert refused.value.wait == pytest.approx(300, abs=1)


async def test_after_a_rest_one_goes_ahead_and_the_others_wait_for_the_news(queue: Queue) -> None:
    for _ in range(2_000):
        queue.breaker.saw(403, paced=True)
    queue.clock.now += 300
    everybody = asyncio.gather(*queue.line_up("club", 50))
    await queue.clock.idle()
    assert len(queue.turns) == 1
    queue.breaker.saw(200, paced=True)
    await queue.clock.through(everybody)
    # The one who was told to wait ten seconds for the probe does so; then things are as before.
    assert queue.times[-1] - queue.times[0] == pytest.approx(10 + 48 * GAP)


async def test_a_closed_pacer_lets_nobody_wait(queue: Queue) -> None:
    await queue.take()
    waiting = asyncio.gather(*queue.line_up("club", 3), return_exceptions=True)
    await queue.clock.idle()
    queue.pacer.close()
    assert all(isinstance(end, NoTurn) for end in await waiting)
    with pytest.raises(NoTurn):
        await queue.take()
    await queue.clock.idle()
    assert queue.pacer._usher is not None
    assert queue.pacer._usher.cancelled()
