"""The store: what the bot remembers, kept in one SQLite file."""

from __future__ import annotations

from bot.clock import Clock
from bot.ports import Store
from storage.backing_up import back_up
from storage.copying import Inventory, Progress
from storage.driver import has_wal_reset_bug, sqlite_version
from storage.occupying import at_work_on, is_at_work
from storage.opening import open_sqlite
from storage.restoring import Restored, restore
from storage.sealed_file import read_phrase
from storage.url import sqlite_path

__all__ = [
    "Inventory",
    "Progress",
    "Restored",
    "at_work_on",
    "back_up",
    "has_wal_reset_bug",
    "is_at_work",
    "open_store",
    "read_phrase",
    "restore",
    "sqlite_path",
    "sqlite_version",
]


async def open_store(url: str, clock: Clock) -> Store:
    """Open the store that this URL names; its file is made and brought up to date where that is needed."""
    return await open_sqlite(sqlite_path(url), clock)
