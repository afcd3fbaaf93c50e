"""An installation, a shelf and a seal to test with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

from adapters.slack.installs import Installation, Installs, Seal
from bot.ports import Store
from storage.opening import open_sqlite
from tests.clock import ManualClock

TOKEN, REFRESH = "xoxe.xoxb-1-first-token", "xoxe-1-first-refresh"
HOURS = 3600.0
SEAL = Seal([Fernet.generate_key()])


@dataclass
class Memory:
    """A shelf without a file; it counts how often it is asked."""

    texts: dict[str, str] = field(default_factory=dict)
    gets: int = 0

    async def put(self, key: str, text: str) -> None:
        self.texts[key] = text

    async def get(self, key: str) -> str | None:
        self.gets += 1
        return self.texts.get(key)

    async def delete(self, key: str) -> bool:
        return self.texts.pop(key, None) is not None

    async def keys(self, prefix: str) -> Sequence[str]:
        return sorted(key for key in self.texts if key.startswith(prefix))


def installation(team: str = "T1", enterprise: str = "", **more: Any) -> Installation:
    known: dict[str, Any] = {"bot_token": TOKEN, "refresh_token": REFRESH, "name": "Guild", "scopes": ("commands",)}
    return Installation(team=team, enterprise=enterprise, app_id="A1", bot_user="UBOT", **(known | more))


def expiring(clock: ManualClock, hours: float, **more: Any) -> Installation:
    """An installation whose token lasts for so many hours more."""
    return installation(expires=clock.now().timestamp() + hours * HOURS, **more)


def installs_on(shelf: Memory, clock: ManualClock) -> Installs:
    return Installs(shelf, SEAL, clock)


@asynccontextmanager
async def stored(path: Path, clock: ManualClock) -> AsyncIterator[Store]:
    store = await open_sqlite(path, clock)
    try:
        yield store
    finally:
        await store.close()
