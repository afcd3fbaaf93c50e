"""Many servers in one process: how long until the bot is ready and how much it holds, beside a bare client."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.discord_calls import living
from tests.fakes.discord.server import FakeDiscord

MOST_MIB, MOST_TIMES = 350, 2.0


async def measure(count: int) -> list[str]:
    """Return the table: the second start of each, because the first one fills caches of the machine."""
    with tempfile.TemporaryDirectory(prefix="stepwise-bench-") as folder:
        figures = {name: await _start(name, count, Path(folder)) for name in ("bare", "stepwise", "bare", "stepwise")}
    (bare, bare_holds), (ours, we_hold) = figures["bare"], figures["stepwise"]
    return [
        f"Discord, {count:,} servers in one process, from its start",
        f"  a bare client   ready after {bare:>5.1f} s   {bare_holds:>5.0f} MiB",
        f"  Stepwise        ready after {ours:>5.1f} s   {we_hold:>5.0f} MiB",
        f"  ratio           {ours / bare:>5.2f}, at most {MOST_TIMES}{_missed(ours > MOST_TIMES * bare)}; "
        f"at most {MOST_MIB} MiB{_missed(we_hold > MOST_MIB)}",
    ]


async def _start(name: str, count: int, folder: Path) -> tuple[float, float]:
    """Return the seconds until a bot was ready, and how many MiB it held at most, also after it knew them all."""
    async with FakeDiscord(judged=False, remember=False) as world:
        for number in range(count):
            world.new_guild(f"server {number}").channel("general")
        async with living(name, world, folder) as bot:
            if name == "stepwise":
                await bot.child.ask("settled")
            return bot.child.seconds, await bot.child.ask("largest")


def _missed(is_missed: bool) -> str:
    return " MISSED" if is_missed else ""
