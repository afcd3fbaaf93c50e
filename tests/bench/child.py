"""A bot in a process of its own, which answers questions about itself."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

LONGEST_LINE = 16 * 1024 * 1024
LONGEST_WAIT, LONGEST_GOODBYE = 600.0, 30.0


@dataclass(frozen=True, slots=True)
class Child:
    """A bot that is ready; `seconds` is how long that took from the start of its process."""

    process: Process
    seconds: float = 0.0

    async def ask(self, word: str, *rest: object) -> Any:
        """Ask the process something."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([word, *rest]).encode() + b"\n")
        return await self.hear()

    async def hear(self) -> Any:
        """Return what the process says next."""
        assert self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), LONGEST_WAIT)
        if not line:
            raise RuntimeError("The bot ended; what it wrote above says why.")
        return json.loads(line)

    async def cpu(self) -> float:
        """Return the processor time that the process used so far, all its threads together."""
        return float(await self.ask("cpu"))


@asynccontextmanager
async def running(module: str, *words: str) -> AsyncIterator[Child]:
    """Run a bot until the end of the block."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"{__package__}.{module}", *words, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE
    )
    try:
        await Child(process).hear()
        yield Child(process, time.perf_counter() - began)
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), LONGEST_GOODBYE)
    except TimeoutError:
        process.kill()
        await process.wait()
