"""Brings a community out of its file into this database: all of it, or nothing, and never twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.models import Place
from bot.ports import StoreError, Trouble
from storage import faults
from storage.backing_up import unwritten
from storage.copying import Progress, in_the_making, silent
from storage.derived import rebuild_person
from storage.driver import DatabaseError, connect
from storage.migrate import migrate, shipped
from storage.moving_file import Account, Looked, lines_of, look_through, misfit
from storage.moving_rows import Rows, Settling
from storage.occupying import alone_with
from storage.rounds import OF_DATA
from storage.sealed_file import is_sealed, open_file

_MISFITS: tuple[type[Exception], ...] = (*DatabaseError, KeyError, TypeError)
READING, REBUILDING = "Reading", "Recomputing"

_DONE = "SELECT 1 FROM sealed AS s JOIN communities AS c ON c.id = CAST(s.value AS INTEGER) WHERE s.key = ?"
_NOTE = "INSERT INTO sealed (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_IS_EMPTY = "SELECT NOT EXISTS (SELECT 1 FROM people) AND NOT EXISTS (SELECT 1 FROM communities)"
_KEY = "INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"


@dataclass(frozen=True, slots=True)
class Move:
    """Where a community goes, and who is who there: new accounts by old ones."""

    to: Place | None = None
    realm: str = ""
    members: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came, and who has no account in the new place yet."""

    place: Place
    name: str
    members: int
    rows: int
    added: int
    already: bool = False
    without_account: tuple[tuple[str, str], ...] = ()


@contextmanager
def readable(file: Path, beside: Path, phrase: bytes | None) -> Iterator[Path]:
    """Give the file as it can be read; an encrypted one is opened beside the database."""
    if not file.is_file():
        raise StoreError(Trouble.UNREACHABLE, f"There is no file {file}.", "Check its name.")
    if not is_sealed(file):
        yield file
        return
    if phrase is None:
        raise StoreError(Trouble.UNREACHABLE, f"{file} is encrypted.", "Name its passphrase with --passphrase-file.")
    with in_the_making(beside) as plain:
        with file.open("rb") as reading, plain.open("wb") as writing:
            open_file(reading, writing, phrase, lambda _: None)
        yield plain


def move_in(
    file: Path,
    target: Path,
    now: datetime,
    move: Move = Move(),
    *,
    phrase: bytes | None = None,
    progress: Progress = silent,
) -> Arrived:
    """Bring a community in. No bot may be at work, for it would not notice."""
    if not target.parent.is_dir():
        raise faults.no_folder(target)
    try:
        with alone_with(target), readable(file, target, phrase) as plain:
            looked = look_through(plain)
            with closing(connect(str(target), busy_seconds=5)) as connection:
                return _bring(connection, plain, target, looked, move, now, progress)
    except DatabaseError as error:
        raise faults.explain(error, target) from error
    except OSError as error:
        raise unwritten(target, error) from error


def _bring(
    connection: sqlite3.Connection,
    file: Path,
    target: Path,
    looked: Looked,
    move: Move,
    now: datetime,
    progress: Progress,
) -> Arrived:
    known = shipped()
    if looked.head.schema > known[-1].version:
        raise StoreError(
            Trouble.NEWER,
            f"{file} was written by a newer Stepwise ({looked.head.schema}, and this one knows {known[-1].version}).",
            "Update Stepwise here first.",
        )
    connection.execute("PRAGMA synchronous = FULL")
    migrate(connection, target, known)
    connection.execute("BEGIN IMMEDIATE")
    try:
        arrived = _fill(connection, file, looked, move, progress)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return arrived


def _fill(connection: sqlite3.Connection, file: Path, looked: Looked, move: Move, progress: Progress) -> Arrived:
    head, place = looked.head, move.to or looked.head.place
    guard = f"imported:{place.platform}:{place.key}:{looked.sha256}"
    settling = Settling(head.place, place, move.realm, move.members or {})
    lacking = tuple(_without_account(looked, settling))
    members = sum(1 for person in looked.accounts if person in looked.names)
    if connection.execute(_DONE, (guard,)).fetchone():
        return Arrived(place, head.name, members, looked.rows, 0, already=True, without_account=lacking)
    (empty,) = connection.execute(_IS_EMPTY).fetchone()
    rows = Rows(connection, looked, settling, fresh=bool(empty))
    if empty and head.data_key:
        connection.execute(_KEY, (OF_DATA, head.data_key))
    community = rows.community()
    for done, (number, table, line) in enumerate(lines_of(file)):
        try:
            rows.take(table, line)
        except _MISFITS as error:
            raise _line_error(error, file, number) from error
        if done % 500 == 0:
            progress(READING, done, looked.rows)
    rows.finish()
    _rebuild(connection, sorted(rows.people), progress)
    connection.execute(_NOTE, (guard, str(community)))
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise misfit(file, 1, "a row points at one that is not there")
    return Arrived(place, head.name, members, looked.rows, rows.added, without_account=lacking)


def _line_error(error: Exception, file: Path, number: int) -> BaseException:
    explained = faults.explain(error, file)
    return explained if isinstance(explained, StoreError) else misfit(file, number, error)


def _rebuild(connection: sqlite3.Connection, people: list[int], progress: Progress) -> None:
    for done, person in enumerate(people):
        rebuild_person(connection, person)
        if done % 100 == 0:
            progress(REBUILDING, done, len(people))


def _without_account(looked: Looked, settling: Settling) -> Iterator[tuple[str, str]]:
    """Name who cannot be known in the new place: none of their accounts is there."""
    if not settling.elsewhere:
        return
    for person, accounts in sorted(looked.accounts.items()):
        mine: list[Account] = [settling.account(one) for one in accounts]
        if all(one[0] != settling.to.platform for one in mine):
            yield accounts[0][2], looked.names.get(person, "")
