"""The store: what the bot remembers, kept in one SQLite file."""

from __future__ import annotations

from bot.clock import Clock
from bot.ports import Store
from storage.driver import has_wal_reset_bug, sqlite_version
from storage.opening import open_sqlite
from storage.url import sqlite_path

__all__ = ["has_wal_reset_bug", "open_store", "sqlite_version"]


async def open_store(url: str, clock: Clock) -> Store:
    """Open the store that this URL names; its file is made and brought up to date where that is needed."""
    return await open_sqlite(sqlite_path(url), clock)
