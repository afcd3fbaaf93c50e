"""The store: what the bot remembers, kept in one SQLite file."""

from __future__ import annotations

from bot.clock import Clock
from bot.ports import Store
from storage.backing_up import back_up
from storage.copying import Inventory, Progress
from storage.driver import has_wal_reset_bug, sqlite_version
from storage.migrate import shipped
from storage.occupying import at_work_on, is_at_work
from storage.opening import open_sqlite
from storage.pulse import look_at, pulse_of
from storage.restoring import Restored, restore
from storage.sealed_file import read_phrase
from storage.timed import Timing
from storage.url import sqlite_path

__all__ = [
    "Inventory",
    "Progress",
    "Restored",
    "at_work_on",
    "back_up",
    "has_wal_reset_bug",
    "is_at_work",
    "known_version",
    "look_at",
    "open_store",
    "pulse_of",
    "read_phrase",
    "restore",
    "sqlite_path",
    "sqlite_version",
]


async def open_store(url: str, clock: Clock, timing: Timing | None = None) -> Store:
    """Open the store that this URL names; its file is made and brought up to date where that is needed."""
    return await open_sqlite(sqlite_path(url), clock, timing=timing)


def known_version() -> int:
    """Return the version of the database that this program makes."""
    return shipped()[-1].version
