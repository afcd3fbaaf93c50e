"""Processor time for one interaction: Stepwise beside the smallest bot that discord.py can be.

Each bot has a process and a loopback Discord of its own, and they take turns. In each round new members come; every one
of them does everything once, so nobody is a flood and each check-in is a write. The figure is the median of the rounds'
ratios to the smallest bot's `ping` in the same round.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.child import Child, running
from tests.bench.errands import READ, SETTLE_SECONDS, WRITE, Costs, table
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord

AT_ONCE = 32
TYPED = ("how", "how mu", "do i ne", "what is", "docker", "interv", "portfolio pr", "learn sta")

Do = Callable[[Member, Channel, int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that members do, and what it costs."""

    do: Do
    costs: Costs


def _types(line: str) -> Do:
    return lambda member, channel, number: member.types(channel, line)


def _completes(member: Member, channel: Channel, number: int) -> Awaitable[object]:
    return member.completes("/faq", at=channel, question=TYPED[number % len(TYPED)])


def errands() -> list[Errand]:
    """List what is measured, in the order in which members do it."""
    return [
        Errand(_types("/about"), Costs("about", READ)),
        Errand(_types("/help"), Costs("help", READ)),
        Errand(_types("/tip"), Costs("tip, first of the day (writes)", WRITE)),
        Errand(_types("/tip"), Costs("tip, again", READ)),
        Errand(_completes, Costs("faq, completing", READ)),
        Errand(_types("/checkin"), Costs("checkin (writes)", WRITE)),
    ]


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot and the world that it lives in."""

    child: Child
    world: FakeDiscord


async def measure(members: int, rounds: int) -> list[str]:
    """Return the table."""
    ping, ours = Errand(_types("/ping"), Costs("the smallest bot: ping")), errands()
    with tempfile.TemporaryDirectory(prefix="stepwise-bench-") as folder:
        async with lab_of("minimal", Path(folder)) as small, lab_of("stepwise", Path(folder)) as large:
            for number in range(rounds + 1):
                names = [f"m{number}-{one}" for one in range(members)]
                await _round(small, [ping], names)
                await _round(large, ours, names)
    title = (
        f"Discord, processor time for an interaction; {members} members in each of {rounds} rounds, {AT_ONCE} at once"
    )
    return [title, *table(ping.costs, [one.costs for one in ours])]


@asynccontextmanager
async def lab_of(name: str, folder: Path) -> AsyncIterator[Bot]:
    """Run a bot that is in one server."""
    async with FakeDiscord(judged=False, remember=False) as world:
        world.guild("Lab").channel("general")
        async with living(name, world, folder) as bot:
            yield bot


@asynccontextmanager
async def living(name: str, world: FakeDiscord, folder: Path) -> AsyncIterator[Bot]:
    """Run a bot in this world until the end of the block."""
    where = (world.token, world.api_url, world.gateway_url, str(folder))
    async with running("discord_bots", name, *where) as child:
        yield Bot(child, world)


async def _round(bot: Bot, what: Sequence[Errand], names: Sequence[str]) -> None:
    lab = bot.world.guild("Lab")
    members, channel = [lab.member(name) for name in names], lab.channel("general")
    for errand in what:
        before = await bot.child.cpu()
        await _all_do(errand.do, members, channel)
        await asyncio.sleep(SETTLE_SECONDS)
        errand.costs.rounds.append((await bot.child.cpu() - before) / len(members))
    _forget(bot.world, channel)


async def _all_do(do: Do, members: Sequence[Member], channel: Channel) -> None:
    waiting = iter(enumerate(members))

    async def some() -> None:
        for number, member in waiting:
            await do(member, channel, number)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))


def _forget(world: FakeDiscord, channel: Channel) -> None:
    """Let what was said go, so that the last round is as quick as the first."""
    world.messages.clear()
    world.interactions.clear()
    world.tokens.clear()
    channel.message_ids.clear()
