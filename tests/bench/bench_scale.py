"""The ten most used commands with a thousand members and with a million, in turn, in the same run.

`python -m tests.bench.bench_scale [members]`; a million takes some minutes and four gigabytes. Then it measures a
start, a backup under load, a restore and `db verify` with the larger database.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.core.calls import Call, Source, Speaker, Status, Typed
from bot.models import Handle, Place
from bot.settings import Settings
from bot.wiring import House, open_house
from storage import look_at
from tests.bench.keeping import keep
from tests.bench.many import fill
from tests.bench.starting import table as starts
from tests.clock import ManualClock

LINES: tuple[str, ...] = (
    "help",
    "tip",
    "faq how much math do i need",
    "resource find docker",
    "checkin learnt something",
    "streak",
    "progress",
    "board",
    "path list",
    "challenge",
)
SMALL, LARGE, A_COMMUNITY, ROUNDS = 1_000, 1_000_000, 100, 60
OPENING = "challenge"
NOW = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)


class Crowd:
    """A house with so many members, who speak in turn."""

    def __init__(self, members: int, path: Path) -> None:
        self.members, self.path, self.clock = members, path, ManualClock(NOW)
        self.communities = max(members // A_COMMUNITY, 1)
        self.took: dict[str, list[float]] = {line: [] for line in LINES}
        self._chance, self._number = random.Random(7), 0

    @property
    def settings(self) -> Settings:
        """Return the settings of this house, with the pack that comes along."""
        return Settings(database_url=f"sqlite:///{self.path}", files_dir=self.path.parent)

    async def ask(self, house: House, line: str) -> None:
        """Let some member say this; the first of a community opens its week, which is not what is measured."""
        who = self._chance.randrange(1, self.members + 1)
        if line == OPENING:
            await self._say(house, who, line)
        self.took[line].append(await self._say(house, who, line))

    async def _say(self, house: House, who: int, line: str) -> float:
        self._number += 1
        place = Place("bench", f"c{1 + who % self.communities}")
        speaker = Speaker(Handle("bench", "", f"m{who:07}"), f"member {who}", place, "lab")
        began = time.perf_counter()
        answer = await house.dispatcher.handle(Call(f"call-{self._number}", Source.SLASH, speaker, Typed(line)))
        took = time.perf_counter() - began
        if answer.status is not Status.DONE:
            raise RuntimeError(f"{line}: {answer}")
        self.clock.advance(seconds=1)
        return took


async def measure(crowds: list[Crowd]) -> None:
    """Let both crowds say the same in turn."""
    small, large = crowds
    async with open_house(small.settings, small.clock) as one, open_house(large.settings, large.clock) as other:
        for turn in range(ROUNDS):
            for line in LINES:
                for crowd, house in ((small, one), (large, other))[:: 1 if turn % 2 else -1]:
                    await crowd.ask(house, line)


def table(small: Crowd, large: Crowd) -> list[str]:
    """Write down what was measured."""
    rows = [f"{'command':<32}{small.members:>12,}{large.members:>12,}   ratio (median), 95 % of the larger"]
    for line in LINES:
        a, b = (statistics.median(crowd.took[line][5:]) * 1e3 for crowd in (small, large))
        worst = statistics.quantiles(large.took[line][5:], n=20)[-1] * 1e3
        rows.append(f"{line:<32}{a:>9.2f} ms{b:>9.2f} ms{b / a:>8.2f}{worst:>11.2f} ms")
    size = large.path.stat().st_size
    rows.append(f"file: {size / 1e6:,.0f} MB, {size / large.members:,.0f} bytes a member")
    return rows


def main() -> None:
    """Prepare, measure and print."""
    members = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    with tempfile.TemporaryDirectory() as folder:
        crowds = [Crowd(SMALL, Path(folder) / "small.db"), Crowd(members, Path(folder) / "large.db")]
        for crowd in crowds:
            began = time.perf_counter()
            fill(crowd.path, crowd.members, crowd.communities, NOW.date())
            print(f"prepared {crowd.members:,} members in {time.perf_counter() - began:.0f} s", flush=True)
        asyncio.run(measure(crowds))
        print("\n".join(table(*crowds)))
        print("\n".join(line for crowd in crowds for line in starts(crowd.path)))
        print("\n".join(asyncio.run(keep(crowds[1].path))))
        began = time.perf_counter()
        found = look_at(crowds[1].path)
        print(f"integrity check of {found.members:,} members: {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
