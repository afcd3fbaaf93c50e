"""The network to one platform is lost or slow: the other goes on, and what was acknowledged is there."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.child import kept
from tests.faults.lab import SECONDS, Lab, lab_in, until, until_says

SLOW = 0.4


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """A bot on both platforms."""
    async with lab_in(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(("hit", "other"), [("discord", "slack"), ("slack", "discord")])
async def test_a_lost_platform_comes_back_and_a_slow_one_holds_up_nobody(lab: Lab, hit: str, other: str) -> None:
    side, elsewhere = lab.sides[hit], lab.sides[other]
    for number in range(3):
        await asyncio.gather(side.check_in(f"before-{number}"), elsewhere.check_in(f"before-{number}"))
    side.relay.cut()
    await until_says(lab.log, f"The connection to {hit.title()} is lost")
    for number in range(3):
        await elsewhere.check_in(f"meanwhile-{number}")
    side.relay.mend()
    await until_says(lab.log, f"{hit.title()} is there again")
    await until(side.is_back)
    await side.check_in("afterwards")
    side.relay.delay = SLOW
    slow = asyncio.ensure_future(side.check_in("slowly"))
    await elsewhere.check_in("at once")
    assert not slow.done(), "nobody waits for a slow platform but those who are there"
    await slow
    lab.process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(lab.process.wait(), SECONDS) == 0
    assert [*kept(lab.log.with_name("both.db")).values()] == [1] * 12, "nothing is lost, and nothing is there twice"
    assert f"to {other.title()} is lost" not in lab.log.read_text()
