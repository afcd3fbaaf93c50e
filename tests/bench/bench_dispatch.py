"""Dispatch of a read command in memory: calls a second, beside the bare handler in the same run."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import Annotated

from bot.core.calls import Call, Source, Speaker, Typed
from bot.core.context import Ctx
from bot.core.declare import command
from bot.core.dispatch import Dispatcher
from bot.core.markup import md
from bot.core.params import Arg
from bot.core.reply import Reply
from bot.models import Handle, Place
from tests.clock import ManualClock
from tests.house import small_house

ROUNDS, CALLS = 7, 2_000


@command("ping", summary="Answer", section="Bench")
async def ping(ctx: Ctx, word: Annotated[str, Arg("What to say")] = "pong") -> Reply:
    """Answer."""
    return Reply(md("{word} for {name}", word=word, name=ctx.name))


def _call(n: int) -> Call:
    # Many members: the guard against floods lets each of them speak.
    name = f"member-{n % 997}"
    speaker = Speaker(Handle("bench", "", name), name, Place("bench", "lab"), "lab")
    return Call(f"bench:{time.perf_counter_ns()}:{n}", Source.SLASH, speaker, Typed("/ping hello"))


async def _dispatched(dispatcher: Dispatcher) -> float:
    calls = [_call(n) for n in range(CALLS)]
    start = time.process_time()
    for call in calls:
        await dispatcher.handle(call)
    return CALLS / (time.process_time() - start)


async def _bare(ctx: Ctx) -> float:
    start = time.process_time()
    for _ in range(CALLS):
        await ping.handler(ctx, "hello")
    return CALLS / (time.process_time() - start)


async def run() -> list[str]:
    """Measure both in turn and return the table."""
    clock = ManualClock()
    with tempfile.TemporaryDirectory() as folder:
        async with small_house(Path(folder), [ping], clock) as dispatcher:
            ctx = await dispatcher._context(_call(0), dispatcher.store)
            await _dispatched(dispatcher)
            rates = [(await _dispatched(dispatcher), await _bare(ctx)) for _ in range(ROUNDS)]
    through, bare = (statistics.median(column) for column in zip(*rates, strict=True))
    return [
        "dispatch of a read command in memory (CPU time, median of rounds)",
        f"  through the dispatcher  {through:>10,.0f} calls/s  {1e6 / through:6.1f} us a call",
        f"  the bare handler        {bare:>10,.0f} calls/s  {1e6 / bare:6.1f} us a call",
        f"  ratio                   {through / bare:>10.3f}",
    ]


if __name__ == "__main__":
    print("\n".join(asyncio.run(run())))
