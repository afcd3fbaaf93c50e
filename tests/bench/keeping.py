"""How long it takes to back a large database up while members write, and to put the backup in place elsewhere."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.clock import SystemClock
from bot.models import Activity
from bot.ports import Store
from storage import open_store

WRITERS, QUIET_SECONDS, PATIENCE = 8, 5.0, 1800.0
BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Writers:
    """Members who write a fact, wait for it to be acknowledged, and write the next."""

    def __init__(self, store: Store) -> None:
        self._store, self.took, self._run = store, list[float](), time.time_ns()
        self._tasks = [asyncio.create_task(self._write(1 + number)) for number in range(WRITERS)]

    async def _write(self, person: int) -> None:
        for number in count():
            at, key = BEGAN + timedelta(seconds=number), f"bench:{self._run}:{number}"
            began = time.perf_counter()
            await self._store.activities.record(
                Activity(person, None, "tip", f"t{number}", at, "UTC", at.date(), key, points=0)
            )
            self.took.append(time.perf_counter() - began)

    def said(self, when: str) -> str:
        """Say how long writes took since this was last asked."""
        took, self.took = self.took, []
        ms = [each * 1e3 for each in statistics.quantiles(took, n=100)]
        return f"writes {when}: {len(took):,}, median {ms[49]:.1f} ms, 99 % {ms[98]:.1f} ms"

    async def stop(self) -> None:
        """Let them stop."""
        for one in self._tasks:
            one.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def keep(path: Path) -> list[str]:
    """Back it up under load and restore it beside; return what was measured."""
    backup, elsewhere = path.with_name("backup.db"), path.with_name("elsewhere.db")
    store = await open_store(f"sqlite:///{path}", SystemClock())
    writers = Writers(store)
    try:
        await asyncio.sleep(QUIET_SECONDS)
        rows = [writers.said("before")]
        rows.append(f"backup under load: {await _stepwise(path, 'backup', str(backup)):.0f} s")
        rows.append(writers.said("during the backup"))
    finally:
        await writers.stop()
        await store.close()
    rows.append(f"restore: {await _stepwise(elsewhere, 'restore', str(backup)):.0f} s")
    rows.append(f"db verify: {await _stepwise(elsewhere, 'db', 'verify'):.0f} s")
    return rows


async def _stepwise(database: Path, *words: str) -> float:
    """Run the command line on a database and return how long it took; its progress is drawn on a terminal."""
    env: dict[str, str] = {**os.environ, "STEPWISE_DATABASE_URL": f"sqlite:///{database}"}
    command: Sequence[str] = (sys.executable, "-m", "bot", *words)
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*command, env=env)
    try:
        async with asyncio.timeout(PATIENCE):
            code = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if code:
        raise RuntimeError(f"{words} ended with {code}")
    return time.perf_counter() - began


def main() -> None:
    """Measure with a database that is there already: its path is the argument."""
    print("\n".join(asyncio.run(keep(Path(sys.argv[1])))))


if __name__ == "__main__":
    main()
