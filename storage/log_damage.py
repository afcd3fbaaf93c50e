"""Notices at the start when the database's log was damaged: SQLite reads it up to the damage and says nothing."""

from __future__ import annotations

import logging
import sqlite3
import struct
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

_HEADER, _FRAME_HEADER = 32, 24
_PAGE_SIZE_AT, _SALTS_AT, _FRAME_SALTS_AT, _PAGES_AT = 8, 16, 8, 4
_READ_UP_TO_AT = 16  # in the index beside the log: the last frame that SQLite believes
# Each commit is flushed before the next begins, so of the last one alone it was perhaps never acknowledged.
_PERHAPS_BEGUN = 1


@dataclass(frozen=True, slots=True)
class Marks:
    """Which frames of a log end a transaction, going by what stands before each frame and not by what is in it."""

    path: Path
    salts: bytes = b""
    commits: tuple[int, ...] = ()


def read_marks(database: Path) -> Marks:
    """Look through the log beside a database, before SQLite does."""
    path = database.with_name(f"{database.name}-wal")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
            if len(header) < _HEADER:
                return Marks(path)
            (page,) = struct.unpack_from(">I", header, _PAGE_SIZE_AT)
            salts, commits, number = header[_SALTS_AT : _SALTS_AT + 8], list[int](), 0
            while len(frame := file.read(_FRAME_HEADER)) == _FRAME_HEADER:
                number += 1
                is_commit = frame[_PAGES_AT : _PAGES_AT + 4] != bytes(4)
                if is_commit and frame[_FRAME_SALTS_AT : _FRAME_SALTS_AT + 8] == salts:
                    commits.append(number)
                file.seek(page, 1)
            return Marks(path, salts, tuple(commits))
    except OSError:
        return Marks(path)


def tell_of_damage(connection: sqlite3.Connection, marks: Marks) -> int:
    """Say in the log how many writes come after what SQLite could read, if there are any; return their number."""
    if not marks.commits:
        return 0
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # now SQLite has read its log
    try:
        index = _beginning(marks.path.with_name(f"{marks.path.name.removesuffix('-wal')}-shm"))
        begins_anew = _beginning(marks.path)[_SALTS_AT : _SALTS_AT + 8] != marks.salts
    except OSError:
        return 0
    if begins_anew or len(index) < _HEADER:  # somebody else works on it, so it was sound
        return 0
    believed = int(struct.unpack_from("=I", index, _READ_UP_TO_AT)[0])
    lost = sum(number > believed for number in marks.commits) - _PERHAPS_BEGUN
    if lost > 0:
        log.error(
            "%s is damaged: at least %d groups of writes after the damage are lost; what was written before is whole. "
            "Look at the disk. docs/operate.md says more under “The database is damaged”.",
            marks.path,
            lost,
        )
    return max(lost, 0)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEADER)
