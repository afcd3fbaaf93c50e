"""The bot on Slack, beside the smallest app of slack-bolt. Quick look: python -m tests.bench.bench_slack --quick."""

from __future__ import annotations

import asyncio
import os
import sys

from tests.bench import slack_calls


async def run(*, quick: bool) -> list[str]:
    """Return the tables."""
    load = f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    return [load, *await slack_calls.measure(*((100, 3) if quick else (200, 9)))]


if __name__ == "__main__":
    sys.stdout.write("\n".join(asyncio.run(run(quick="--quick" in sys.argv))) + "\n")
