"""Opens the database file: checks that it is ours, brings it up to date, and connects."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event

from bot.clock import Clock
from storage import faults
from storage.driver import DatabaseError, connect
from storage.file_identity import FileIdentity
from storage.line import Line
from storage.log_damage import read_marks, tell_of_damage
from storage.migrate import Migration, migrate, shipped
from storage.reads import Reads
from storage.store import SqliteStore
from storage.timed import TimedReads, TimedWriter, Timing
from storage.writer import Writer

READERS = 2
BUSY_SECONDS = 5.0
CACHE_KIB = 16 * 1024
LOG_BYTES_KEPT = 64 * 1024 * 1024

_HEADER = b"SQLite format 3\x00"
_PAUSE = 0.02


async def open_sqlite(
    path: Path,
    clock: Clock,
    *,
    busy_seconds: float = BUSY_SECONDS,
    migrations: Sequence[Migration] | None = None,
    timing: Timing | None = None,
) -> SqliteStore:
    """Open the store in this file, made and migrated where that is needed."""
    plan = tuple(migrations) if migrations is not None else shipped()
    lines = [await Line(path, partial(_writing, path, busy_seconds, plan)).open()]
    try:
        identity = FileIdentity(path)
        for _ in range(READERS):
            lines.append(await Line(path, partial(_reading, path, busy_seconds)).open())
    except BaseException:
        for line in lines:
            await line.close()
        raise
    if timing is None:
        return SqliteStore(Writer(lines[0], before=identity.check), Reads(lines[1:]), clock)
    writer = TimedWriter(lines[0], clock, timing, before=identity.check)
    return SqliteStore(writer, TimedReads(lines[1:], clock, timing), clock)


def _writing(path: Path, busy_seconds: float, plan: Sequence[Migration]) -> sqlite3.Connection:
    """Connect the one writer; the first to open the file, so it also checks and migrates it."""
    _inspect(path)
    marks = read_marks(path)
    connection = connect(str(path), busy_seconds=busy_seconds)
    try:
        tell_of_damage(connection, marks)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS alone: without it a flush stops at the disk's cache
        migrate(connection, path, plan)
        _use_write_ahead_log(connection, busy_seconds)
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES_KEPT}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what a member deletes leaves no copy in the file
    except BaseException:
        connection.close()
        raise
    return connection


def _reading(path: Path, busy_seconds: float) -> sqlite3.Connection:
    connection = connect(str(path), busy_seconds=busy_seconds)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _inspect(path: Path) -> None:
    """Refuse what cannot be a database before SQLite opens it.

    SQLite would believe a log that an earlier database left beside a file of something else, and write
    that log's pages over the file.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_HEADER))
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise faults.no_folder(path) from None
        return
    except IsADirectoryError:
        raise faults.is_folder(path) from None
    except OSError as error:
        raise faults.no_permission(path) from error
    if start and start != _HEADER:
        raise faults.not_a_database(path)


def _use_write_ahead_log(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch the journal to a log, with patience: SQLite does not wait by itself for this lock."""
    pause = Event()
    for attempts_left in range(int(busy_seconds / _PAUSE), -1, -1):
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except DatabaseError:
            if not attempts_left:
                raise
            pause.wait(_PAUSE)
        else:
            return
