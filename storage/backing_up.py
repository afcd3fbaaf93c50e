"""Makes a copy of the database as it is at one moment, while the bot goes on working."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.ports import StoreError, Trouble
from storage import faults
from storage.copying import (
    CHECK,
    COPY,
    SEAL,
    Inventory,
    Progress,
    examine,
    in_the_making,
    opened,
    own,
    put_in_place,
    silent,
)
from storage.driver import DatabaseError, connect
from storage.sealed_file import seal_file

_PAGES = 2048


def back_up(
    source: Path, target: Path, *, phrase: bytes | None = None, force: bool = False, progress: Progress = silent
) -> Inventory:
    """Copy a database into a file of its own; with a passphrase only its encrypted form reaches the target's folder."""
    refuse_target(source, target, force=force)
    try:
        # Plain text stays where it is anyway: beside the database.
        with in_the_making(target, source.parent if phrase else None) as copy:
            inventory = _copy(source, copy, target, progress)
            if phrase is None:
                put_in_place(copy, target)
            else:
                _seal(copy, target, phrase, progress)
    except OSError as error:
        raise unwritten(target, error) from error
    return inventory


def unwritten(target: Path, error: OSError) -> StoreError:
    """Return the error of a file that could not be written to its end."""
    return StoreError(
        Trouble.FULL if error.errno == errno.ENOSPC else Trouble.UNREACHABLE,
        f"{target} could not be written ({error.strerror}). Nothing that was there before was changed.",
        "Make room or choose another folder, and try again.",
    )


def _not_copied(target: Path, error: Exception) -> StoreError:
    """Return the error of a copy that SQLite gave up; it says why in words alone."""
    full = "full" in str(error)
    return unwritten(target, OSError(errno.ENOSPC if full else errno.EIO, str(error)))


def refuse_target(source: Path, target: Path, *, force: bool) -> None:
    """Refuse to write over what is there, unless that was asked for, and over the database in any case."""
    if target.exists() and source.exists() and target.samefile(source):
        raise StoreError(Trouble.UNREACHABLE, f"{target} is the database itself.", "Name another file for its backup.")
    if target.is_dir():
        raise StoreError(Trouble.UNREACHABLE, f"{target} is a folder.", "Name a file in it.")
    if target.exists() and not force:
        raise StoreError(
            Trouble.UNREACHABLE, f"{target} is there already.", "Choose another name, or say --force to replace it."
        )


def _copy(source: Path, copy: Path, target: Path, progress: Progress) -> Inventory:
    with opened(source) as reading, closing(connect(str(copy), busy_seconds=5)) as writing:
        try:
            own(reading, source)
            # Within one transaction all pages are of one moment, and nobody's writes make the copy begin anew.
            reading.execute("BEGIN")
            reading.execute("SELECT 1 FROM sqlite_master").fetchone()
            writing.execute("PRAGMA synchronous = OFF")  # it is flushed as a whole before it counts
            reading.backup(writing, pages=_PAGES, progress=lambda _, left, total: progress(COPY, total - left, total))
            reading.execute("ROLLBACK")
            progress(CHECK, 0, 0)
            return _finish(writing, copy)
        except DatabaseError as error:
            explained = faults.explain(error, source)
            if isinstance(explained, StoreError) and explained.trouble is Trouble.CORRUPT:
                raise explained from error
            if isinstance(explained, StoreError):
                raise faults.explain(error, target) from error
            raise _not_copied(target, error) from error


def _finish(copy: sqlite3.Connection, path: Path) -> Inventory:
    """Make it one file without a log beside it, and look whether it is sound."""
    copy.execute("PRAGMA journal_mode = DELETE").fetchall()
    return examine(copy, path)


def _seal(copy: Path, target: Path, phrase: bytes, progress: Progress) -> None:
    total, done = copy.stat().st_size, 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(SEAL, done, total)

    with in_the_making(target) as sealed:
        with copy.open("rb") as plain, sealed.open("wb") as file:
            seal_file(plain, file, phrase, count)
        put_in_place(sealed, target)
