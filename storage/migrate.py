"""Brings a database to the version that this program knows, wholly or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bot.ports import StoreError
from storage import faults
from storage.driver import DatabaseError, is_complete

# "Step" in ASCII: how a database says that it is ours.
APPLICATION_ID = 0x53746570


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of the schema."""

    version: int
    statements: tuple[str, ...]


def shipped() -> tuple[Migration, ...]:
    """Return the migrations that come with the program, in order."""
    folder = resources.files("storage") / "migrations"
    files = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".sql"))
    return tuple(Migration(int(name.partition("_")[0]), tuple(split(file.read_text("utf-8")))) for name, file in files)


def split(script: str) -> Iterator[str]:
    """Cut a script into its statements; semicolons in texts, comments and triggers cut nothing."""
    statement = ""
    *pieces, end = script.split(";")
    for piece in pieces:
        statement += piece + ";"
        if is_complete(statement):
            yield statement.strip()
            statement = ""
    rest = statement + end
    if any(line.strip() and not line.strip().startswith("--") for line in rest.splitlines()):
        raise ValueError(f"The last statement is not finished: {rest.strip()}")


def examine(connection: sqlite3.Connection, path: Path, known: int) -> int:
    """Return the version of a database; refuse another program's, and one that is newer than we are."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if owner != APPLICATION_ID and (owner or version or tables):
        raise faults.foreign(path)
    if version > known:
        raise faults.newer(path, version, known)
    return version


def migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Run the migrations that are missing, in one transaction that also raises the version.

    The version is read again inside the transaction: of two programs that start at once, the second
    waits for the first and then finds nothing to do.
    """
    known = migrations[-1].version
    connection.execute("PRAGMA foreign_keys = OFF")  # a table may be rebuilt; they are checked at the end
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = examine(connection, path, known)
        # SQLite opens a file that it may only read without a word; a write, even of the same, tells.
        connection.execute(f"PRAGMA user_version = {version}")
        for migration in migrations[version:]:
            _apply(connection, path, migration)
        connection.execute("COMMIT" if version < known else "ROLLBACK")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("PRAGMA foreign_keys = ON")


def _apply(connection: sqlite3.Connection, path: Path, migration: Migration) -> None:
    try:
        for statement in migration.statements:
            connection.execute(statement)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError("a row points at one that is not there")
    except DatabaseError as error:
        raise _failed(error, path, migration.version) from error
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {migration.version}")


def _failed(error: Exception, path: Path, version: int) -> StoreError:
    """Blame the disk where it is the disk, and the migration otherwise."""
    explained = faults.explain(error, path)
    return explained if isinstance(explained, StoreError) else faults.not_migrated(path, version, error)
