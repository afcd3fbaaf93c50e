"""The SQLite library behind the store: the newest one that is installed."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

# pysqlite3 brings a current SQLite; the standard library's may be years old.
library: ModuleType = import_module("pysqlite3.dbapi2") if find_spec("pysqlite3") else sqlite3

# pysqlite3's exceptions are no relatives of sqlite3's, so whoever catches must name both.
DatabaseError: tuple[type[Exception], ...] = (sqlite3.Error, library.Error)

# Two connections that checkpoint and write at the same moment could damage a WAL database.
_RESET_BUG_BEGAN = (3, 7, 0)
_RESET_BUG_ENDED = (3, 51, 3)
_RESET_FIX_BACKPORTS = {(3, 44): 6, (3, 50): 7}

STATEMENTS_KEPT_PREPARED = 256


def sqlite_version() -> str:
    """Return the version of SQLite that the store uses."""
    return str(library.sqlite_version)


def has_wal_reset_bug(version: str | None = None) -> bool:
    """Say whether this version of SQLite, by default the running one, can damage a database in WAL mode."""
    major, minor, patch = (int(part) for part in (version or sqlite_version()).split(".")[:3])
    fixed_from = _RESET_FIX_BACKPORTS.get((major, minor))
    if fixed_from is not None and patch >= fixed_from:
        return False
    return _RESET_BUG_BEGAN <= (major, minor, patch) < _RESET_BUG_ENDED


def connect(path: str, *, busy_seconds: float) -> sqlite3.Connection:
    """Open a connection whose transactions begin and end only where we say so."""
    options: dict[str, Any] = {"cached_statements": STATEMENTS_KEPT_PREPARED, "isolation_level": None}
    connection: sqlite3.Connection = library.connect(path, timeout=busy_seconds, **options)
    return connection


def is_complete(statement: str) -> bool:
    """Say whether this text ends where a statement of SQL ends."""
    return bool(library.complete_statement(statement))
