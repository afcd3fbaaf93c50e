"""What each fault costs: what was lost, how long until it answered again, and what the operator was told.

`python -m tests.faults.figures`: a minute or so; as root, for the small disks.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.child import Child, acknowledged, bot, check_ins, kept, seconds_until_it_answers
from tests.faults.disks import NoDisk, fill, remount, small_disk_in
from tests.faults.lab import SECONDS, Side, lab_in, until, until_says

AT_ONCE = 60
FROZEN_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Figure:
    """What a fault cost: of so many check-ins that were acknowledged, how many were lost and how many came twice."""

    acknowledged: int
    lost: int
    doubled: int
    until_it_answered: str
    told: str


def counted(path: Path, children: list[Child], until_it_answered: str, log: Path) -> Figure:
    """Compare what was acknowledged with what is there."""
    found, promised = kept(path), {who for who in acknowledged(children) if who[1:].isdigit()}
    doubled = sum(times > 1 for times in found.values())
    return Figure(len(promised), len(promised - found.keys()), doubled, until_it_answered, told_in(log))


def told_in(log: Path) -> str:
    """Return the last line of the log, which is the reason where something ended."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return next((line for line in reversed(lines) if line.strip()), "nothing")


async def killed(folder: Path) -> Figure:
    """SIGKILL, again and again, under load."""
    path, log, children = folder / "stepwise.db", folder / "log", list[Child]()
    for turn in range(4):
        async with bot(path, log) as child:
            children.append(child)
            child.ask(check_ins(turn * AT_ONCE, AT_ONCE))
            await child.until(AT_ONCE // 2)
            await child.kill()
    seconds = await seconds_until_it_answers(path, "after", log)
    return counted(path, children, f"{seconds:.1f} s after its start", log)


async def frozen(folder: Path) -> Figure:
    """SIGSTOP for some seconds, with calls that wait."""
    path, log = folder / "stepwise.db", folder / "log"
    async with bot(path, log) as child:
        await child.answers(check_ins(0, 5))
        child.process.send_signal(signal.SIGSTOP)
        child.ask(check_ins(5, AT_ONCE))
        await asyncio.sleep(FROZEN_SECONDS)
        child.process.send_signal(signal.SIGCONT)
        began = time.monotonic()
        await child.until(5 + AT_ONCE)
        seconds = time.monotonic() - began
        await child.finish()
    return counted(path, [child], f"all that waited {seconds:.2f} s after SIGCONT", log)


async def full(folder: Path) -> Figure:
    """A disk that is full, and then is not."""
    log = folder / "log"
    with small_disk_in(folder) as disk:
        async with bot(disk / "stepwise.db", log) as child:
            await child.answers(check_ins(0, 20))
            ballast = fill(disk)
            during = await child.answers(check_ins(20, 40))
            ballast.unlink()
            began = time.monotonic()
            await child.answers(check_ins(60, 1))
            seconds = time.monotonic() - began
            await child.finish()
        said = f"{seconds:.2f} s after there was room; {during.count('failed')} of 40 were told that nothing was saved"
        return counted(disk / "stepwise.db", [child], said, log)


async def read_only(folder: Path) -> Figure:
    """A disk that cannot be written to when it starts."""
    log = folder / "log"
    with small_disk_in(folder) as disk:
        path = disk / "stepwise.db"
        async with bot(path, log) as child:
            await child.answers(check_ins(0, 10))
        remount(disk, "ro")
        try:
            async with bot(path, log):
                pass
        except AssertionError:
            log.write_text(told_in(log))
        finally:
            remount(disk, "rw")
        told = told_in(log)
        seconds = await seconds_until_it_answers(path, "after", log)
        log.write_text(told)
        return counted(path, [child], f"{seconds:.1f} s after its start, once it can be written", log)


async def torn(folder: Path) -> Figure:
    """A log with a torn end, as a power cut leaves it."""
    return await _with_log(folder, lambda log: log.write_bytes(log.read_bytes() + os.urandom(2500)))


async def damaged(folder: Path) -> Figure:
    """A log that is damaged in its middle, as a bad disk leaves it."""

    def spoil(log: Path) -> None:
        said = bytearray(log.read_bytes())
        half = len(said) // 2
        said[half : half + 64] = os.urandom(64)
        log.write_bytes(said)

    return await _with_log(folder, spoil)


async def _with_log(folder: Path, spoil: Callable[[Path], object]) -> Figure:
    path, log = folder / "stepwise.db", folder / "log"
    async with bot(path, log) as child:
        for start in range(0, 50, 10):
            await child.answers(check_ins(start, 10))
        await child.kill()
    spoil(path.with_name(f"{path.name}-wal"))
    seconds = await seconds_until_it_answers(path, "after", log)
    return counted(path, [child], f"{seconds:.1f} s after its start", log)


async def doubled(folder: Path) -> Figure:
    """Two processes that hear the same calls."""
    path, log, calls = folder / "stepwise.db", folder / "log", check_ins(0, AT_ONCE)
    async with bot(path, log) as first, bot(path, log) as second:
        await asyncio.gather(first.answers(calls), second.answers(calls))
        await first.finish()
        await second.finish()
    return counted(path, [first, second], "never stopped", log)


async def network(folder: Path, hit: str) -> Figure:
    """The network to one platform is lost for some seconds."""
    async with lab_in(folder) as lab:
        side, (other,) = lab.sides[hit], [one for name, one in lab.sides.items() if name != hit]
        await asyncio.gather(_many(side, "before"), _many(other, "before"))
        side.relay.cut()
        await until_says(lab.log, f"The connection to {hit.title()} is lost")
        await _many(other, "meanwhile")
        side.relay.mend()
        began = time.monotonic()
        await until(side.is_back)
        await side.check_in("afterwards")
        seconds = time.monotonic() - began
        await until_says(lab.log, f"{hit.title()} is there again")
        told = "; ".join(line for line in lab.log.read_text().splitlines() if hit.title() in line and "WARNING" in line)
        lab.process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(lab.process.wait(), SECONDS)
        times = kept(folder / "both.db").values()
    return Figure(10, 10 - len(times), sum(each > 1 for each in times), f"{seconds:.1f} s after the network", told)


async def _many(side: Side, who: str) -> None:
    for number in range(3):
        await side.check_in(f"{who}-{number}")


FAULTS: dict[str, Callable[[Path], Awaitable[Figure]]] = {
    "SIGKILL": killed,
    "SIGSTOP": frozen,
    "disk full": full,
    "disk read-only": read_only,
    "log with a torn end": torn,
    "log damaged in its middle": damaged,
    "two processes": doubled,
    "network to Discord lost": lambda folder: network(folder, "discord"),
    "network to Slack lost": lambda folder: network(folder, "slack"),
}


async def measure() -> None:
    """Let each fault happen and say what it cost."""
    for name, happen in FAULTS.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                one = await happen(Path(folder))
            except NoDisk:
                print(f"{name}: not tried, for a small disk takes root")
                continue
        print(f"{name}: of {one.acknowledged} acknowledged {one.lost} lost, {one.doubled} twice")
        print(f"  answered again: {one.until_it_answered}")
        print(f"  told: {one.told}", flush=True)


def main() -> int:
    """Run it from the command line."""
    logging.disable(logging.CRITICAL)
    asyncio.run(measure())
    return 0


if __name__ == "__main__":
    sys.exit(main())
