"""A bot in a process of its own, to which things can be done; and what it acknowledged."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from storage.driver import connect
from storage.verifying import differences
from tests.conftest import SMALL_PACK

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@dataclass
class Child:
    """A running bot."""

    process: asyncio.subprocess.Process
    path: Path
    statuses: dict[str, str] = field(default_factory=dict)
    _told: asyncio.Event = field(default_factory=asyncio.Event)
    _hearing: asyncio.Task[None] | None = None

    async def ready(self) -> None:
        """Wait until it answers."""
        assert self.process.stdout
        async with asyncio.timeout(PATIENCE):
            assert await self.process.stdout.readline() == b"ready\n"
        self._hearing = asyncio.create_task(self._hear())

    def ask(self, calls: Sequence[tuple[str, str, str]]) -> None:
        """Send calls: their ids, who speaks, and what they say."""
        assert self.process.stdin
        for call, who, line in calls:
            self.process.stdin.write(json.dumps({"id": call, "who": who, "line": line}).encode() + b"\n")

    async def until(self, count: int) -> None:
        """Wait until so many calls were answered."""
        async with asyncio.timeout(PATIENCE):
            while len(self.statuses) < count:
                self._told.clear()
                await self._told.wait()

    async def answers(self, calls: Sequence[tuple[str, str, str]]) -> list[str]:
        """Ask and wait for all of these answers."""
        self.ask(calls)
        async with asyncio.timeout(PATIENCE):
            while not {call for call, _, _ in calls} <= self.statuses.keys():
                self._told.clear()
                await self._told.wait()
        return [self.statuses[call] for call, _, _ in calls]

    async def kill(self) -> None:
        """Kill it, and hear what it had said."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
        await self.process.wait()
        if self._hearing is not None:
            await self._hearing

    async def finish(self) -> None:
        """Let it end by itself."""
        assert self.process.stdin
        self.process.stdin.close()
        async with asyncio.timeout(PATIENCE):
            assert await self.process.wait() == 0
        if self._hearing is not None:
            await self._hearing

    async def _hear(self) -> None:
        assert self.process.stdout
        while raw := await self.process.stdout.readline():
            if raw.endswith(b"\n"):
                said = json.loads(raw)
                self.statuses[said["id"]] = said["status"]
                self._told.set()


@asynccontextmanager
async def bot(path: Path, log: Path | None = None) -> AsyncIterator[Child]:
    """Start a bot on this database; it is gone when the block ends, whatever happens."""
    with log.open("ab") if log else nullcontext() as told:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.answering_child", str(path), str(SMALL_PACK)),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=told,
        )
    child = Child(process, path)
    try:
        await child.ready()
        yield child
    finally:
        await child.kill()


def check_ins(start: int, count: int) -> list[tuple[str, str, str]]:
    """Make calls of members who each write one check-in; the number tells whose it is."""
    return [(f"call-{n}", f"m{n}", f"checkin I am number {n}") for n in range(start, start + count)]


def kept(path: Path) -> dict[str, int]:
    """Return how often each member's check-in was kept, and look whether the database is sound."""
    connection = connect(str(path), busy_seconds=10)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        now = connection.execute("SELECT max(at) FROM activities").fetchone()[0]
        if now:
            assert [*differences(connection, datetime.fromisoformat(now))] == []
        query = """
            SELECT i.account, count(*) FROM activities AS a JOIN identities AS i ON i.person_id = a.person_id
            WHERE a.kind = 'check-in' GROUP BY i.account
        """
        return {str(who): int(count) for who, count in connection.execute(query).fetchall()}
    finally:
        connection.close()


def acknowledged(children: Sequence[Child]) -> set[str]:
    """Name the members whose check-in was answered with success."""
    done = {call for child in children for call, status in child.statuses.items() if status == "done"}
    return {f"m{call.removeprefix('call-')}" for call in done}


async def seconds_until_it_answers(path: Path, call: str, log: Path | None = None) -> float:
    """Start a bot and measure how long it takes until the first answer."""
    began = time.monotonic()
    async with bot(path, log) as child:
        await child.answers([(call, "somebody", "about")])
        return time.monotonic() - began
