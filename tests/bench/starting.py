"""How long a start takes, in a process of its own: from nothing to where it answers, as `stepwise run` begins."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
KITS = {"no platform": (), "Discord": ("discord",), "Slack": ("slack",), "both": ("discord", "slack")}
TIMES, PATIENCE = 3, 120.0


@dataclass(frozen=True, slots=True)
class Start:
    """What a start took: by the clock, of the processor, and of memory."""

    seconds: float
    processor: float
    megabytes: float


def start(path: Path, *kits: str) -> Start:
    """Start on this database with the kits of these platforms, and return the quickest of some starts."""
    return min((_once(path, kits) for _ in range(TIMES)), key=lambda one: one.processor)


def table(path: Path) -> list[str]:
    """Write down what a start takes."""
    rows = [f"a start on {path.name}:"]
    for name, kits in KITS.items():
        took = start(path, *kits)
        rows.append(f"  {name:<12} {took.seconds:.2f} s, processor {took.processor:.2f} s, {took.megabytes:.0f} MB")
    return rows


def _once(path: Path, kits: tuple[str, ...]) -> Start:
    command = (sys.executable, "-m", "tests.bench.starting", "child", str(path), str(time.time()), *kits)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, timeout=PATIENCE, check=True)
    return Start(**json.loads(done.stdout))


def _be_the_child(path: Path, began: float, *kits: str) -> None:
    from bot.operate.starting import uncollected

    with uncollected():
        import bot.platforms  # noqa: F401 - what `stepwise run` reads before anything else
        from bot.settings import Settings
        from bot.wiring import open_house

        for one in kits:
            import_module(f"adapters.{one}.service")

    async def begin() -> None:
        async with open_house(Settings(database_url=f"sqlite:///{path}", files_dir=path.parent)):
            took = Start(time.time() - began, time.process_time(), _megabytes())
        print(json.dumps({name: getattr(took, name) for name in took.__slots__}))

    asyncio.run(begin())


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure with a database that is there already: its path is the argument."""
    if sys.argv[1] == "child":
        _be_the_child(Path(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:])
    else:
        print("\n".join(table(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
