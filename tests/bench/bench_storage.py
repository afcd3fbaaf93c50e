"""How much of SQLite's own speed the store gives to callers who each wait for their own answer.

Both sides get the same facts, run the same statements on the same file with the same library, and commit
with synchronous=FULL; the ceiling does it in a plain loop, a full group to a transaction. They take turns,
and the figure is the median of the rounds' ratios.
"""

from __future__ import annotations

import asyncio
import gc
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.models import Activity, Place
from bot.ports import Store
from storage.activities import ADD, values_of
from storage.driver import connect, sqlite_version
from storage.instants import to_text
from storage.opening import CACHE_KIB, open_sqlite
from storage.writer import GROUP
from storage.writes import FIND_STEP, KEEP_STEP

MEMBERS = 200_000
FACTS = 500_000
ROUNDS = 9
LOADS = ((1, 1_000), (16, 6_000), (256, 16_000))  # callers, facts in a round
TARGETS = {256: 0.85, 16: 0.40}

_START = datetime(2026, 1, 1, tzinfo=UTC)
_STEP = "activities.record#1"
_MIX = 7_919  # a prime: neighbours in time are strangers on the disk


@dataclass(frozen=True, slots=True)
class Round:
    """Facts recorded in a second, by the store and by the ceiling."""

    store: float
    ceiling: float

    @property
    def ratio(self) -> float:
        return self.store / self.ceiling


def run() -> list[str]:
    """Measure, and return the lines of the table."""
    folder = Path(tempfile.mkdtemp(prefix="stepwise-bench-"))
    try:
        with asyncio.Runner() as runner:
            return runner.run(_measure(folder / "bench.db"))
    finally:
        gc.unfreeze()
        shutil.rmtree(folder)


async def _measure(path: Path) -> list[str]:
    store = await open_sqlite(path, SystemClock())
    community = await store.communities.enter(Place("bench", "1"), "Bench")
    _populate(path, community.id)
    facts = _facts(community.id)
    lines = [
        f"record an activity inside a call; {MEMBERS:,} members and {FACTS:,} facts in the file; "
        f"SQLite {sqlite_version()}, synchronous=FULL, groups of {GROUP}",
        f"{'callers':>8} {'store/s':>9} {'ceiling/s':>10} {'ratio':>6} {'rounds':>11}  to reach",
    ]
    for callers, count in LOADS:
        rounds = [await _round(store, path, callers, _take(facts, 2 * count)) for _ in range(ROUNDS)]
        lines.append(_line(callers, rounds))
    lines += await _fairness(store, _take(facts, 20_000))
    await store.close()
    return lines


async def _round(store: Store, path: Path, callers: int, facts: Sequence[Activity]) -> Round:
    half = len(facts) // 2
    _settle(path)
    by_store = await _through_store(store, callers, facts[:half])
    _settle(path)
    return Round(store=half / by_store, ceiling=half / _ceiling(path, facts[half:]))


async def _through_store(store: Store, callers: int, facts: Sequence[Activity]) -> float:
    waiting = iter(facts)

    async def caller() -> None:
        for fact in waiting:
            await store.during(fact.key).activities.record(fact)

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(callers)))
    return time.perf_counter() - began


def _ceiling(path: Path, facts: Sequence[Activity]) -> float:
    connection = connect(str(path), busy_seconds=5)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", f"cache_size = -{CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}")
    at = to_text(_START)
    began = time.perf_counter()
    for first in range(0, len(facts), GROUP):
        connection.execute("BEGIN IMMEDIATE")
        for fact in facts[first : first + GROUP]:
            if connection.execute(FIND_STEP, (fact.key, _STEP)).fetchone() is None:
                added = connection.execute(ADD, values_of(fact)).rowcount == 1
                connection.execute(KEEP_STEP, (fact.key, _STEP, "true" if added else "false", at, None))
        connection.execute("COMMIT")
    took = time.perf_counter() - began
    connection.close()
    return took


async def _fairness(store: Store, facts: Sequence[Activity]) -> list[str]:
    """Under pressure: how long each write waited, and how many each caller got through."""
    waiting, callers = iter(facts), 256
    waits: list[float] = []
    served: Counter[int] = Counter()

    async def caller(number: int) -> None:
        for fact in waiting:
            began = time.perf_counter()
            await store.during(fact.key).activities.record(fact)
            waits.append(time.perf_counter() - began)
            served[number] += 1

    await asyncio.gather(*(caller(number) for number in range(callers)))
    cuts = statistics.quantiles(waits, n=100)
    return [
        f"{callers} callers in a loop: wait p50 {cuts[49] * 1e3:.1f} ms, p99 {cuts[98] * 1e3:.1f} ms; "
        f"each was served {min(served[number] for number in range(callers))} to {max(served.values())} times"
    ]


def _facts(community_id: int) -> Iterator[Activity]:
    """Make facts of members all over the file, with keys that grow as time does."""
    number = FACTS
    while True:
        number += 1
        yield _fact(number, community_id)


def _fact(number: int, community_id: int) -> Activity:
    person = 1 + number * _MIX % MEMBERS
    at = _START + timedelta(seconds=number)
    return Activity(person, community_id, "tip", f"tip-{number % 100}", at, "UTC", date(2026, 1, 1), f"{number:012d}")


def _populate(path: Path, community_id: int) -> None:
    connection = connect(str(path), busy_seconds=5)
    connection.execute("BEGIN IMMEDIATE")
    people = ((number, f"Member {number}") for number in range(1, MEMBERS + 1))
    connection.executemany("INSERT INTO people (id, name) VALUES (?, ?)", people)
    old = (values_of(_fact(number, community_id)) for number in range(1, FACTS + 1))
    connection.executemany(ADD, old)
    steps = ((f"{number:012d}", _STEP, "true", to_text(_START)) for number in range(1, FACTS + 1))
    connection.executemany(KEEP_STEP, steps)
    connection.execute("COMMIT")
    connection.close()


def _take(facts: Iterator[Activity], count: int) -> list[Activity]:
    return [next(facts) for _ in range(count)]


def _settle(path: Path) -> None:
    """Begin every turn alike: an empty log, no garbage, and the facts out of the collector's way."""
    connection = connect(str(path), busy_seconds=5)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    gc.collect()
    gc.freeze()


def _line(callers: int, rounds: Sequence[Round]) -> str:
    def middle(figure: Callable[[Round], float]) -> float:
        return statistics.median(figure(each) for each in rounds)

    ratios = sorted(each.ratio for each in rounds)
    target = f"{TARGETS[callers]:.2f}" if callers in TARGETS else "-"
    return (
        f"{callers:>8} {middle(lambda each: each.store):>9,.0f} {middle(lambda each: each.ceiling):>10,.0f} "
        f"{middle(lambda each: each.ratio):>6.2f} {ratios[0]:>5.2f}-{ratios[-1]:<5.2f}  {target}"
    )


if __name__ == "__main__":
    sys.stdout.write("\n".join(run()) + "\n")
