"""Processor time for one command: Stepwise beside the smallest app that slack-bolt can be, over a socket and over HTTP.

Each bot has a process and a loopback Slack of its own, and they take turns. In each round new members come; every one
of them does everything once. First comes something for which the bot looks them up at Slack, as it does once in ten
minutes. The figure is the median of the rounds' ratios to the smallest app's answer in the same round. Both acknowledge
first and answer at the address that came along.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.child import Child, running
from tests.bench.errands import READ, SETTLE_SECONDS, WRITE, Costs, table
from tests.fakes.slack import FakeSlack, Member
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.team import Team

AT_ONCE = 32
ACKS, MOST_ACK_MS = 300, 2.0
MODES = ("socket", "http")


@dataclass(frozen=True, slots=True)
class Errand:
    """A line that members type, and what it costs."""

    line: str
    costs: Costs


def errands() -> list[Errand]:
    """List what is measured, in the order in which members do it."""
    return [
        Errand("/mentor about", Costs("about, somebody unknown (looks up)")),
        Errand("/mentor help", Costs("help", READ)),
        Errand("/mentor tip", Costs("tip, first of the day (writes)", WRITE)),
        Errand("/mentor tip", Costs("tip, again", READ)),
        Errand("/mentor checkin", Costs("checkin (writes)", WRITE)),
    ]


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot, the world that it lives in, and its workspace."""

    child: Child
    world: FakeSlack
    team: Team
    general: Channel


async def measure(members: int, rounds: int) -> list[str]:
    """Return the tables of both modes."""
    lines = []
    for mode in MODES:
        lines += await _mode(mode, members, rounds)
    return lines


async def _mode(mode: str, members: int, rounds: int) -> list[str]:
    ping, ours = Errand("/mentor", Costs("the smallest app: pong")), errands()
    with tempfile.TemporaryDirectory(prefix="stepwise-bench-") as folder:
        async with _bot("minimal", mode, Path(folder)) as small, _bot("stepwise", mode, Path(folder)) as large:
            for number in range(rounds + 1):
                await _round(small, [ping], members, number)
                await _round(large, ours, members, number)
            acks = [await _acks(one) for one in (small, large)]
    title = (
        f"Slack, {mode}: processor time for a command; {members} members in each of {rounds} rounds, {AT_ONCE} at once"
    )
    beside, median = (statistics.median(one) * 1e3 for one in acks)
    missed = "" if median < MOST_ACK_MS else "  MISSED"
    heard = f"  acknowledged after p50 {median:.2f} ms, one after the other; below {MOST_ACK_MS:.0f}{missed}"
    return [title, *table(ping.costs, [one.costs for one in ours]), f"{heard} (the smallest app {beside:.2f} ms)"]


@asynccontextmanager
async def _bot(name: str, mode: str, folder: Path) -> AsyncIterator[Bot]:
    async with FakeSlack() as world:
        world.judging, world.patience = False, 30.0
        team = world.workspace("Lab")
        channel, token = team.channel("general"), team.token
        assert token is not None
        secret = world.app.signing_secret
        where = (token.value, world.app_token, secret, world.api_url, str(folder))
        async with running("slack_bots", name, mode, *where) as child:
            address = await child.ask("address")
            if address:
                world.listens_at(address)
            else:
                await world.sockets.connected()
            yield Bot(child, world, team, channel)


async def _round(bot: Bot, what: Sequence[Errand], count: int, number: int) -> None:
    members = [bot.team.member(f"m{number}-{one}") for one in range(count)]
    for errand in what:
        before = await bot.child.cpu()
        await _all_type(errand.line, members, bot.general)
        await asyncio.sleep(SETTLE_SECONDS)
        errand.costs.rounds.append((await bot.child.cpu() - before) / count)
        _forget(bot)


async def _all_type(line: str, members: Sequence[Member], channel: Channel) -> None:
    waiting = iter(members)

    async def some() -> None:
        for member in waiting:
            await member.types(channel, line)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))


async def _acks(bot: Bot) -> list[float]:
    """Return how long each acknowledgement took, while nothing else happens."""
    for number in range(ACKS):
        await bot.team.member(f"quiet-{number}").types(bot.general, "/mentor help")
    return [ack.seconds for one in bot.world.deliveries[-ACKS:] for ack in one.acks]


def _forget(bot: Bot) -> None:
    """Let what was said go, so that the last round is as quick as the first."""
    bot.world.deliveries.clear()
    bot.world.log.items.clear()
    bot.world.posts.clear()
    bot.world.calls.clear()
    bot.general.messages.clear()
