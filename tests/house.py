"""Put a house together for a test: the real store in a file, the real commands, a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.core import forms
from bot.core.context import Shelf
from bot.core.declare import HomePart, Route
from bot.core.dispatch import Dispatcher, Manners
from bot.core.registry import Registry
from storage import open_store
from tests.clock import ManualClock


@asynccontextmanager
async def small_house(
    folder: Path, declared: Iterable[Route | HomePart], clock: ManualClock, *services: object, strict: bool = True
) -> AsyncIterator[Dispatcher]:
    """Open a house with just these commands."""
    registry = Registry([forms.again, *declared])
    store = await open_store(f"sqlite:///{folder / 'test.db'}", clock)
    dispatcher = Dispatcher(registry, store, Shelf(registry, *services), clock, Manners(strict=strict))
    await dispatcher.start()
    try:
        yield dispatcher
    finally:
        await dispatcher.close()
        await store.close()
