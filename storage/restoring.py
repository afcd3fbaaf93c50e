"""Puts a backup in the database's place: looked through first, then in one step; what was there stays beside it."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.ports import StoreError, Trouble
from storage import faults
from storage.backing_up import unwritten
from storage.copying import (
    CHECK,
    COPY,
    Inventory,
    Progress,
    examine,
    flush,
    in_the_making,
    opened,
    put_in_place,
    silent,
)
from storage.driver import DatabaseError, connect
from storage.migrate import shipped
from storage.occupying import alone_with, in_use
from storage.sealed_file import PIECE, is_sealed, open_file

_LOGS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in the database now, and where the one before it lies."""

    inventory: Inventory
    kept: Path | None


def restore(
    backup: Path, target: Path, now: datetime, *, phrase: bytes | None = None, progress: Progress = silent
) -> Restored:
    """Replace the database; whatever goes wrong on the way leaves it as it was."""
    if not backup.is_file():
        raise StoreError(Trouble.UNREACHABLE, f"There is no file {backup}.", "Check its name.")
    if target.exists() and target.samefile(backup):
        raise StoreError(Trouble.UNREACHABLE, f"{backup} is the database itself.", "Name a backup.")
    try:
        with alone_with(target), in_the_making(target) as copy:
            _fetch(backup, copy, phrase, progress)
            progress(CHECK, 0, 0)
            inventory = _look_through(copy)
            kept = _keep(target, now) if target.exists() else None
            put_in_place(copy, target)
    except OSError as error:
        raise unwritten(target, error) from error
    return Restored(inventory, kept)


def _fetch(backup: Path, copy: Path, phrase: bytes | None, progress: Progress) -> None:
    total, done = backup.stat().st_size, 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(COPY, done, total)

    sealed = is_sealed(backup)
    if sealed and phrase is None:
        raise StoreError(Trouble.UNREACHABLE, f"{backup} is encrypted.", "Name its passphrase with --passphrase-file.")
    with backup.open("rb") as reading, copy.open("wb") as writing:
        if sealed and phrase is not None:
            open_file(reading, writing, phrase, count)
            return
        while piece := reading.read(PIECE):
            writing.write(piece)
            count(len(piece))


def _look_through(copy: Path) -> Inventory:
    with opened(copy) as connection:
        inventory = examine(connection, copy)
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()  # a copied file has no log of its own
    known = shipped()[-1].version
    if inventory.version > known:
        raise faults.newer(copy, inventory.version, known)
    return inventory


def _keep(target: Path, now: datetime) -> Path:
    """Keep the old database under another name, whole; it stays in its place as well until the new one takes it."""
    _make_whole(target)
    kept = target.with_name(f"{target.name}.before-{now:%Y%m%d-%H%M%S}")
    number = 1
    while kept.exists():
        number += 1
        kept = target.with_name(f"{target.name}.before-{now:%Y%m%d-%H%M%S}-{number}")
    for log in _LOGS:  # only a damaged database still has one, and beside another file it would do harm
        with suppress(FileNotFoundError):
            target.with_name(target.name + log).rename(kept.with_name(kept.name + log))
    try:
        os.link(target, kept)
    except OSError:  # not every file system has links
        shutil.copy2(target, kept)
        flush(kept)
    flush(kept.parent)
    return kept


def _make_whole(target: Path) -> None:
    """Move the log into the file, which needs it for itself alone; a damaged database stays as it is."""
    try:
        with closing(connect(str(target), busy_seconds=1)) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except DatabaseError as error:
        explained = faults.explain(error, target)
        if isinstance(explained, StoreError) and explained.trouble is Trouble.LOCKED:
            raise in_use(target) from error
        return
    if mode != "delete":  # somebody else has it open
        raise in_use(target)
