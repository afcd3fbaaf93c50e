from __future__ import annotations

import asyncio
import hashlib
import signal
import sys
from pathlib import Path

import pytest

from bot.ports import StoreError, Trouble
from storage.driver import connect
from storage.migrate import APPLICATION_ID, Migration, shipped, split
from storage.opening import open_sqlite
from tests.storage.conftest import ADA, SetClock

ROOT = Path(__file__).parents[2]
NEXT = len(shipped()) + 1


def version(path: Path) -> int:
    connection = connect(str(path), busy_seconds=1)
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return found


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def refused(path: Path, clock: SetClock, *more: Migration) -> StoreError:
    with pytest.raises(StoreError) as error:
        await open_sqlite(path, clock, busy_seconds=0.05, migrations=(*shipped(), *more))
    return error.value


async def test_a_new_file_gets_the_newest_version_and_our_name(path: Path, clock: SetClock) -> None:
    await (await open_sqlite(path, clock)).close()
    connection = connect(str(path), busy_seconds=1)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(shipped()),)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


async def test_every_connection_keeps_its_promises(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock)

    def setting(name: str) -> object:
        return lambda connection: connection.execute(f"PRAGMA {name}").fetchone()[0]

    line = store._writer._line
    assert [await line.run(setting(name)) for name in ("synchronous", "foreign_keys", "busy_timeout")] == [  # type: ignore[arg-type]
        2,
        1,
        5000,
    ]
    for reader in store._reads._lines:
        assert await reader.run(setting("query_only")) == 1  # type: ignore[arg-type]
    await store.close()


def test_shipped_migrations_are_numbered_without_gaps_and_leave_transactions_alone() -> None:
    migrations = shipped()
    assert [each.version for each in migrations] == list(range(1, len(migrations) + 1))
    words = {statement.split()[0].upper() for each in migrations for statement in each.statements}
    assert not words & {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "PRAGMA", "VACUUM"}


def test_a_script_is_cut_where_its_statements_end() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; SELECT ';'; END;"
    script = f"-- a comment; with a semicolon\nCREATE TABLE a (b TEXT DEFAULT ';'); {trigger}\n-- the end; really\n"
    assert [piece.splitlines()[-1] for piece in split(script)] == ["CREATE TABLE a (b TEXT DEFAULT ';');", trigger]
    with pytest.raises(ValueError, match="not finished"):
        list(split("CREATE TABLE a (b)"))


async def test_only_what_is_missing_is_run(path: Path, clock: SetClock) -> None:
    await (await open_sqlite(path, clock)).close()
    more = Migration(NEXT, ("CREATE TABLE extra (id INTEGER) STRICT;",))
    await (await open_sqlite(path, clock, migrations=(*shipped(), more))).close()
    assert version(path) == NEXT
    await (await open_sqlite(path, clock, migrations=(*shipped(), more))).close()


async def test_stores_that_start_at_once_migrate_once(path: Path, clock: SetClock) -> None:
    stores = await asyncio.gather(*(open_sqlite(path, clock) for _ in range(6)))
    people = await asyncio.gather(*(store.people.enter(ADA, "Ada") for store in stores))
    assert len({person.id for person in people}) == 1
    for store in stores:
        await store.close()


async def test_a_newer_database_is_refused_untouched(path: Path, clock: SetClock) -> None:
    more = Migration(NEXT, ("CREATE TABLE extra (id INTEGER) STRICT;",))
    await (await open_sqlite(path, clock, migrations=(*shipped(), more))).close()
    before = digest(path)
    error = await refused(path, clock)
    assert error.trouble is Trouble.NEWER
    assert f"version {NEXT}" in error.what
    assert f"up to {NEXT - 1}" in error.what
    assert "Update Stepwise" in error.cure
    assert digest(path) == before


@pytest.mark.parametrize("known", [True, False], ids=["an old file", "a new file"])
async def test_a_failed_migration_changes_nothing(path: Path, clock: SetClock, known: bool) -> None:
    if known:
        store = await open_sqlite(path, clock)
        await store.people.enter(ADA, "Ada")
        await store.close()
    before = digest(path) if known else hashlib.sha256(b"").hexdigest()
    bad = Migration(NEXT, ("CREATE TABLE half (id INTEGER) STRICT;", "DROP TABLE people;", "CREATE TABEL x;"))
    error = await refused(path, clock, bad)
    assert error.trouble is Trouble.MIGRATION
    assert f"version {NEXT}" in error.what
    assert digest(path) == before
    store = await open_sqlite(path, clock)
    assert (await store.people.find(ADA) is not None) == known
    await store.close()


async def test_a_migration_that_leaves_a_row_pointing_nowhere_fails(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock)
    await store.people.enter(ADA, "Ada")
    await store.close()
    error = await refused(path, clock, Migration(NEXT, ("DELETE FROM people;",)))
    assert error.trouble is Trouble.MIGRATION


DYING = """
import os, signal, sys
from pathlib import Path
from storage.driver import connect
from storage.migrate import Migration, migrate, shipped
path = Path(sys.argv[1])
connection = connect(str(path), busy_seconds=1)
connection.create_function("die", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
more = Migration(len(shipped()) + 1, ("CREATE TABLE half (id INTEGER) STRICT;", "DELETE FROM people;", "SELECT die();"))
migrate(connection, path, (*shipped(), more))
"""


@pytest.mark.parametrize("known", [True, False], ids=["an old file", "a new file"])
async def test_a_kill_in_the_middle_leaves_no_half_migration(path: Path, clock: SetClock, known: bool) -> None:
    if known:
        store = await open_sqlite(path, clock)
        await store.people.enter(ADA, "Ada")
        await store.close()
    dead = await asyncio.create_subprocess_exec(sys.executable, "-c", DYING, str(path), cwd=ROOT)
    assert await dead.wait() == -signal.SIGKILL
    assert version(path) == (NEXT - 1 if known else 0)
    store = await open_sqlite(path, clock)
    assert (await store.people.find(ADA) is not None) == known
    await store.close()
