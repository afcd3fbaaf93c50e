"""Handles database files as wholes: looks whether one is sound, and puts one in place in one step."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.ports import StoreError, Trouble
from storage import faults
from storage.driver import DatabaseError, connect
from storage.migrate import APPLICATION_ID

# Hears what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

COPY, SEAL, CHECK = "Copying", "Encrypting", "Checking"
_SHOWN = 5
_STALE_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a database file holds."""

    version: int
    communities: int
    members: int
    facts: int


def silent(stage: str, done: int, total: int) -> None:
    """Be a progress that nobody watches."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database file for reading; what goes wrong is told in plain words."""
    if not path.is_file():
        raise StoreError(Trouble.UNREACHABLE, f"There is no file {path}.", "Check its name.")
    try:
        with closing(connect(str(path), busy_seconds=5)) as connection:
            yield connection
    except DatabaseError as error:
        raise faults.explain(error, path) from error


def own(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of a database, or refuse another program's."""
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner != APPLICATION_ID:
        raise faults.foreign(path)
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def examine(connection: sqlite3.Connection, path: Path) -> Inventory:
    """Look at every page and reference of a database, and say what is in it."""
    version = own(connection, path)
    damages = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    damages += [f"a row of {row[0]} points at nothing" for row in connection.execute("PRAGMA foreign_key_check")]
    if damages:
        said = "; ".join(damages[:_SHOWN])
        raise StoreError(Trouble.CORRUPT, f"The database {path} is damaged ({said}).", "Use another backup.")
    counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED]  # noqa: S608
    return Inventory(version, *counts)


@contextmanager
def in_the_making(target: Path, folder: Path | None = None) -> Iterator[Path]:
    """Give an empty file beside the target, that nobody else may read; it is gone afterwards unless it was moved."""
    folder = folder or target.parent
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=folder)
    except OSError as error:
        raise StoreError(
            Trouble.UNREACHABLE,
            f"Nothing can be written into the folder {folder} ({error.strerror}).",
            "Create it, or let the user who runs this write there.",
        ) from None
    os.close(handle)
    _clear_away(Path(name), f".{target.name}.*.part*")
    try:
        yield Path(name)
    finally:
        for leftover in (name, f"{name}-wal", f"{name}-shm", f"{name}-journal"):
            Path(leftover).unlink(missing_ok=True)


def _clear_away(fresh: Path, pattern: str) -> None:
    """Delete what somebody who was killed left half-made; a day is longer than anybody works on one."""
    now = fresh.stat().st_mtime
    for old in fresh.parent.glob(pattern):
        with suppress(OSError):
            if now - old.stat().st_mtime > _STALE_SECONDS:
                old.unlink()


def put_in_place(made: Path, target: Path) -> None:
    """Let a finished file take its name, so that whoever looks finds the old one or the new one, whole."""
    flush(made)
    made.replace(target)
    flush(target.parent)


def flush(path: Path) -> None:
    """Make sure that a file or folder is on the disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # not every system opens folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_COUNTED = ("communities", "people", "activities")
