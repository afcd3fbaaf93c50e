"""No test waits for ever: what does not come within a while fails, and says so."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

# Real time, and far more than any test needs on a busy machine: it is there so that a broken one ends.
TEST_SECONDS = 300.0
WAIT_SECONDS = 30.0

T = TypeVar("T")


def end_in_time(item: pytest.Item) -> None:
    """Give a test that is a coroutine an end."""
    if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
        item.obj = _ending(item.obj)


def _ending(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    @functools.wraps(test)
    async def within(*args: object, **kwargs: object) -> None:
        async with asyncio.timeout(TEST_SECONDS):
            await test(*args, **kwargs)

    return within


async def soon(work: Awaitable[T], seconds: float = WAIT_SECONDS) -> T:
    """Wait for something that must come."""
    async with asyncio.timeout(seconds):
        return await work
