"""Processes of tests: none outlives what it was started for."""

from __future__ import annotations

from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def ended(process: Process) -> AsyncIterator[Process]:
    """Let a process run until the end of the block, and no longer."""
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
