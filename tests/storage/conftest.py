"""A store on a real file, and a clock that stands still until it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.models import Community, Handle, Person, Place
from bot.ports import Calls, Store
from storage.opening import open_sqlite

Reopen = Callable[[], Awaitable[Store]]

ADA, BO = Handle("discord", "", "1"), Handle("discord", "", "2")
GUILD = Place("discord", "900")


@dataclass
class SetClock:
    """A clock that shows what it was set to."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 3, 1, 9, 30, tzinfo=UTC))

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def forward(self, by: timedelta) -> None:
        self.moment += by


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "stepwise.db"


@pytest.fixture(params=["sqlite"])
async def reopen(request: pytest.FixtureRequest, path: Path, clock: SetClock) -> AsyncIterator[Reopen]:
    """Open the store of one engine, as a restart of the bot would; another engine joins by its name here."""
    opened: list[Store] = []
    openers: dict[str, Reopen] = {"sqlite": lambda: open_sqlite(path, clock)}

    async def again() -> Store:
        if opened:
            await opened[-1].close()
        opened.append(await openers[request.param]())
        return opened[-1]

    yield again
    for store in opened:
        await store.close()


@pytest.fixture
async def store(reopen: Reopen) -> Store:
    return await reopen()


@pytest.fixture
async def ada(store: Store) -> Person:
    return await store.people.enter(ADA, "Ada")


@pytest.fixture
async def guild(store: Store) -> Community:
    return await store.communities.enter(GUILD, "Guild")


async def remember(calls: Calls, call_id: str, outcome: str) -> None:
    """Keep what a call was answered with, as its own view of the store does."""
    await calls.remember_all({call_id: (calls, outcome)})
