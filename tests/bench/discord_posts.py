"""A post in every server, forty a second, while members type commands: is anything lost, doubled, refused, or slow?"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.discord_calls import Bot, living
from tests.fakes.discord.rates import Limits
from tests.fakes.discord.server import FakeDiscord

TEXT = "A new challenge is here."
A_SECOND, IDLE_COMMANDS, PAUSE_SECONDS = 50, 300, 0.1
MOST_TIMES = 5.0


async def measure(count: int) -> list[str]:
    """Return the table."""
    with tempfile.TemporaryDirectory(prefix="stepwise-bench-") as folder:
        async with FakeDiscord(judged=False, remember=False, limits=Limits(per_second=A_SECOND)) as world:
            for number in range(count):
                world.new_guild(f"server {number}").channel("general")
            async with living("stepwise", world, Path(folder)) as bot:
                await bot.child.ask("settled")
                return await _posts(bot, count)


async def _posts(bot: Bot, count: int) -> list[str]:
    before = bot.world.invalid_requests
    await _type(bot, "warm", IDLE_COMMANDS // 3)
    idle = await _type(bot, "idle", IDLE_COMMANDS)
    began = time.perf_counter()
    posting = asyncio.ensure_future(bot.child.ask("post", TEXT))
    busy: list[float] = []
    while not posting.done():
        busy += await _type(bot, f"busy{len(busy)}", 10)
    took, failed = time.perf_counter() - began, posting.result()
    heard = [_times_heard(bot, number) for number in range(count)]
    slower = _p99(busy) / _p99(idle)
    return [
        f"Discord, {count:,} posts with commands beside them",
        f"  {count / took:.1f} a second; failed {len(failed)}, lost {heard.count(0)}, "
        f"doubled {sum(times > 1 for times in heard)}, refused {bot.world.invalid_requests - before}",
        f"  an answer takes, p99: idle {_p99(idle) * 1e3:.1f} ms, beside the posts {_p99(busy) * 1e3:.1f} ms "
        f"({len(busy)} commands): {slower:.2f} times, at most {MOST_TIMES}{'' if slower <= MOST_TIMES else ' MISSED'}",
    ]


def _times_heard(bot: Bot, number: int) -> int:
    channel = list(bot.world.guilds.values())[number].channel("general")
    return sum(TEXT in one.text for one in bot.world.channel_messages(channel))


async def _type(bot: Bot, names: str, count: int) -> list[float]:
    """Return how long each answer took; members type one after the other."""
    lab = next(iter(bot.world.guilds.values()))
    took = []
    for number in range(count):
        member, channel = lab.member(f"{names}-{number}"), lab.channel("commands")
        began = time.perf_counter()
        await member.types(channel, "/help")
        took.append(time.perf_counter() - began)
        await asyncio.sleep(PAUSE_SECONDS)
    return took


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]
