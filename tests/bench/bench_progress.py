"""What a member waits for `progress`, `streak` and `board`: with 1,000,000 members beside 1,000, in one run.

Both databases are open at once and calls go to them in turn. The figure is the ratio of the 99th percentiles. For the
board, the time of rank and page inside SQLite is told as well.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import date
from pathlib import Path

from bot.core.calls import Call, Source, Speaker, Status, Typed
from bot.models import Handle, Place
from bot.settings import Settings
from bot.wiring import House, open_house
from storage.boards import show_board
from storage.driver import connect
from tests.bench.crowd import SAMPLE, fill, moment
from tests.clock import ManualClock
from tests.conftest import SMALL_PACK

FEW, MANY = 1_000, 1_000_000
COMMANDS = ("progress", "streak", "board")
CALLS = 600
TODAY = date(2026, 11, 21)
TARGET = 1.5


async def _time(house: House, command: str, number: int) -> float:
    name = f"m{1 + number % SAMPLE}"
    speaker = Speaker(Handle("bench", "", name), name, Place("bench", "lab"), "lab")
    call = Call(f"bench:{command}:{number}", Source.SLASH, speaker, Typed(f"/{command}"))
    start = time.perf_counter()
    answer = await house.dispatcher.handle(call)
    spent = time.perf_counter() - start
    if answer.status is not Status.DONE:
        raise RuntimeError(f"{command} was not answered: {answer}")
    return spent


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


async def _measure(few: House, many: House, command: str) -> str:
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    for number in range(CALLS):
        times[FEW].append(await _time(few, command, number))
        times[MANY].append(await _time(many, command, number))
    small, large = _p99(times[FEW][50:]), _p99(times[MANY][50:])
    medians = statistics.median(times[FEW]), statistics.median(times[MANY])
    return (
        f"  {command:<9} p50 {medians[0] * 1e3:7.2f} {medians[1] * 1e3:7.2f} ms   "
        f"p99 {small * 1e3:7.2f} {large * 1e3:7.2f} ms   ratio {large / small:5.2f}   target {TARGET}"
    )


def _board_in_sqlite(path: Path) -> float:
    connection = connect(str(path), busy_seconds=5.0)
    times = []
    for number in range(2_000):
        start = time.perf_counter()
        show_board(connection, (1, "all"), 1 + number * 31 % FEW, top=10, near=3)
        times.append(time.perf_counter() - start)
    connection.close()
    return statistics.median(times)


async def run() -> list[str]:
    """Fill both databases, measure in turn, and return the table."""
    clock = ManualClock(moment(TODAY))
    lines = [f"  {'':<9} {FEW:,} beside {MANY:,} members, {CALLS} calls each"]
    with tempfile.TemporaryDirectory(prefix="stepwise-bench-") as folder:
        paths = {count: Path(folder) / f"{count}.db" for count in (FEW, MANY)}
        for count, path in paths.items():
            await asyncio.to_thread(fill, path, count, TODAY)
        async with AsyncExitStack() as stack:
            few, many = [await stack.enter_async_context(_house(path, clock)) for path in paths.values()]
            for house in (few, many):  # so that each has a kept streak, as members have
                for number in range(SAMPLE):
                    await _time(house, "checkin", number)
            gc.freeze()
            for command in COMMANDS:
                lines.append(await _measure(few, many, command))
        for count, path in paths.items():
            spent = _board_in_sqlite(path) * 1e3
            lines.append(f"  rank and page of the board in SQLite, {count:>9,} members: {spent:.3f} ms")
    return ["progress, streak and board as the community grows", *lines]


def _house(path: Path, clock: ManualClock) -> AbstractAsyncContextManager[House]:
    settings = Settings(database_url=f"sqlite:///{path}", files_dir=path.parent / "files", content=str(SMALL_PACK))
    return open_house(settings, clock)


if __name__ == "__main__":
    print("\n".join(asyncio.run(run())))
    sys.exit(0)
