"""The bot on Discord, beside the smallest bot of discord.py.

A quick look is `python -m tests.bench.bench_discord --quick`; all of 10,000 posts take four minutes: `--posts 10000`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from tests.bench import discord_calls, discord_guilds, discord_posts


async def run(*, quick: bool, servers: int, posts: int) -> None:
    """Print each table as soon as it is there."""
    _print([f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"])
    _print(await discord_calls.measure(*((200, 3) if quick else (150, 30))))
    _print(await discord_guilds.measure(servers // 10 if quick else servers))
    _print(await discord_posts.measure(posts // 10 if quick else posts))


def _print(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a tenth of everything")
    options.add_argument("--servers", type=int, default=10_000)
    options.add_argument("--posts", type=int, default=2_000)
    asyncio.run(run(**vars(options.parse_args())))
