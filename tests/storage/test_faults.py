"""What breaks under a store: it says so in plain words, keeps what it acknowledged, and goes on when it can."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ports import StoreError, Trouble
from storage.driver import connect
from storage.opening import open_sqlite
from storage.store import SqliteStore
from tests.storage.conftest import ADA, SetClock

A_LOT = "x" * 300_000

# Permissions do not bind root, and Windows knows no such user.
AS_ROOT = getattr(os, "geteuid", lambda: 0)() == 0


async def refused(path: Path, clock: SetClock) -> StoreError:
    with pytest.raises(StoreError) as error:
        await open_sqlite(path, clock, busy_seconds=0.05)
    assert str(path.parent) in error.value.what
    assert error.value.cure.endswith(".")
    return error.value


async def failing(store: SqliteStore, clock: SetClock, value: str = "x") -> StoreError:
    with pytest.raises(StoreError) as error:
        await store.stash.put(value, until=clock.now() + timedelta(days=1))
    return error.value


async def works(store: SqliteStore, clock: SetClock) -> None:
    key = await store.stash.put("works", until=clock.now() + timedelta(days=1))
    assert await store.stash.get(key) == "works"


async def pragma(store: SqliteStore, statement: str) -> object:
    def ask(connection: sqlite3.Connection) -> object:
        row = connection.execute(f"PRAGMA {statement}").fetchone()
        return row and row[0]

    return await store._writer._line.run(ask)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this machine lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if not mount or not AS_ROOT or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk takes root and a system that allows it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


async def test_without_room_writes_fail_reads_work_and_room_heals(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock)
    ada = await store.people.enter(ADA, "Ada")
    await pragma(store, f"max_page_count = {await pragma(store, 'page_count')}")
    error = await failing(store, clock, A_LOT)
    assert error.trouble is Trouble.FULL
    assert "no room" in error.what
    assert await store.people.find(ADA) == ada
    await pragma(store, "max_page_count = 1000000")
    await works(store, clock)
    await store.close()


async def test_a_write_too_large_for_the_room_does_not_fail_its_neighbours(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock)
    await pragma(store, f"max_page_count = {int(str(await pragma(store, 'page_count'))) + 8}")
    until = clock.now() + timedelta(days=1)
    values = ("a", A_LOT, "b")
    keys = await asyncio.gather(*(store.stash.put(v, until=until) for v in values), return_exceptions=True)
    assert isinstance(keys[1], StoreError)
    assert [await store.stash.get(str(keys[n])) for n in (0, 2)] == ["a", "b"]
    await store.close()


async def test_a_disk_that_is_really_full(small_disk: Path, clock: SetClock) -> None:
    store = await open_sqlite(small_disk / "stepwise.db", clock)
    ada = await store.people.enter(ADA, "Ada")
    ballast = small_disk / "ballast"
    _fill(ballast)
    assert (await failing(store, clock, A_LOT)).trouble is Trouble.FULL
    assert await store.people.find(ADA) == ada
    assert (await failing(store, clock, A_LOT)).trouble is Trouble.FULL
    os.unlink(ballast)  # noqa: PTH108
    await works(store, clock)
    await store.close()
    again = await open_sqlite(small_disk / "stepwise.db", clock)
    assert await again.people.find(ADA) == ada
    await again.close()


async def test_a_start_on_a_full_disk_says_so(small_disk: Path, clock: SetClock) -> None:
    _fill(small_disk / "ballast")
    assert (await refused(small_disk / "stepwise.db", clock)).trouble is Trouble.FULL


async def test_a_file_that_becomes_read_only(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock)
    ada = await store.people.enter(ADA, "Ada")
    await pragma(store, "query_only = ON")
    error = await failing(store, clock)
    assert error.trouble is Trouble.READ_ONLY
    assert "cannot be written" in error.what
    assert await store.people.find(ADA) == ada
    await pragma(store, "query_only = OFF")
    await works(store, clock)
    await store.close()


async def test_a_start_on_a_read_only_disk(small_disk: Path, clock: SetClock) -> None:
    path = small_disk / "stepwise.db"
    await (await open_sqlite(path, clock)).close()
    await _run("mount", "-o", "remount,ro", str(small_disk))
    assert (await refused(path, clock)).trouble in {Trouble.READ_ONLY, Trouble.UNREACHABLE}
    await _run("mount", "-o", "remount,rw", str(small_disk))
    await (await open_sqlite(path, clock)).close()


@pytest.mark.skipif(AS_ROOT, reason="permissions do not bind root")
async def test_a_start_on_a_file_that_may_only_be_read(path: Path, clock: SetClock) -> None:
    await (await open_sqlite(path, clock)).close()
    os.chmod(path, 0o444)  # noqa: PTH101
    assert (await refused(path, clock)).trouble is Trouble.READ_ONLY


@pytest.mark.skipif(AS_ROOT, reason="permissions do not bind root")
async def test_a_start_on_a_file_that_may_not_be_read(path: Path, clock: SetClock) -> None:
    await (await open_sqlite(path, clock)).close()
    os.chmod(path, 0)  # noqa: PTH101
    assert (await refused(path, clock)).trouble is Trouble.UNREACHABLE


async def test_a_lock_of_another_program_is_named_and_passes(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock, busy_seconds=0.05)
    ada = await store.people.enter(ADA, "Ada")
    other = connect(str(path), busy_seconds=1)
    other.execute("BEGIN IMMEDIATE")
    error = await failing(store, clock)
    assert error.trouble is Trouble.LOCKED
    assert "locked" in error.what
    assert await store.people.find(ADA) == ada, "reads need no lock"
    assert (await refused(path, clock)).trouble is Trouble.LOCKED
    other.execute("ROLLBACK")
    other.close()
    await works(store, clock)
    await store.close()


async def test_a_missing_folder_and_a_folder_for_a_file(tmp_path: Path, clock: SetClock) -> None:
    missing = await refused(tmp_path / "nowhere" / "stepwise.db", clock)
    assert missing.trouble is Trouble.UNREACHABLE
    assert "does not exist" in missing.what
    assert "Create the folder" in missing.cure
    folder = await refused(tmp_path, clock)
    assert folder.trouble is Trouble.UNREACHABLE
    assert "is a folder" in folder.what


@pytest.mark.parametrize("junk", [b"hello", b"junk" * 5000, b"SQLite format 2\x00" * 300])
async def test_a_file_of_something_else_is_refused_untouched(path: Path, clock: SetClock, junk: bytes) -> None:
    _write(path, junk)
    assert (await refused(path, clock)).trouble is Trouble.CORRUPT
    assert _read(path) == junk
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208


async def test_junk_is_not_healed_by_the_log_of_the_file_before_it(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock)
    await store.people.enter(ADA, "Ada")
    log = _read(Path(f"{path}-wal"))
    await store.close()
    _write(path, b"junk" * 5000)
    _write(Path(f"{path}-wal"), log)
    assert (await refused(path, clock)).trouble is Trouble.CORRUPT
    assert _read(path) == b"junk" * 5000


async def test_a_truncated_file_is_called_damaged(path: Path, clock: SetClock) -> None:
    await (await open_sqlite(path, clock)).close()
    half = _read(path)[: len(_read(path)) // 2]
    _write(path, half)
    assert (await refused(path, clock)).trouble is Trouble.CORRUPT
    assert _read(path) == half


async def test_damage_inside_the_file_is_called_damage(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock)
    await store.people.enter(ADA, "Ada")
    await store.close()
    _damage(path, "people")
    store = await open_sqlite(path, clock)
    with pytest.raises(StoreError) as error:
        await store.people.find(ADA)
    assert error.value.trouble is Trouble.CORRUPT
    assert "backup" in error.value.cure
    await works(store, clock)  # what is whole goes on working
    await store.close()


@pytest.mark.parametrize("made", ["CREATE TABLE other (a)", "PRAGMA user_version = 3", "PRAGMA application_id = 7"])
async def test_a_database_of_another_program_is_refused_untouched(path: Path, clock: SetClock, made: str) -> None:
    other = connect(str(path), busy_seconds=1)
    other.execute(made)
    other.close()
    before = _read(path)
    error = await refused(path, clock)
    assert error.trouble is Trouble.UNREACHABLE
    assert "another program" in error.what
    assert _read(path) == before


def _delete(path: Path) -> None:
    path.unlink()


def _replace(path: Path) -> None:
    path.rename(path.with_suffix(".old"))
    path.write_bytes(b"")


@pytest.mark.parametrize("take_away", [_delete, _replace])
async def test_nothing_is_acknowledged_once_the_file_is_gone(
    path: Path, clock: SetClock, take_away: Callable[[Path], None]
) -> None:
    store = await open_sqlite(path, clock)
    take_away(path)
    error = await failing(store, clock)
    assert error.trouble is Trouble.UNREACHABLE
    assert "while the bot was running" in error.what
    await store.close()


async def test_a_closed_store_says_so(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock)
    await store.close()
    await store.close()
    assert (await failing(store, clock)).trouble is Trouble.CLOSED
    with pytest.raises(StoreError) as error:
        await store.people.find(ADA)
    assert error.value.trouble is Trouble.CLOSED


async def _run(*command: str) -> None:
    assert await (await asyncio.create_subprocess_exec(*command)).wait() == 0


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


def _damage(path: Path, table: str) -> None:
    """Overwrite the page in which a table begins."""
    connection = connect(str(path), busy_seconds=1)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)


def _read(path: Path) -> bytes:
    return path.read_bytes()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


async def test_the_log_stays_small_while_members_read(path: Path, clock: SetClock) -> None:
    store = await open_sqlite(path, clock)
    ada = await store.people.enter(ADA, "Ada")
    until = clock.now() + timedelta(days=1)
    for _ in range(40):
        await asyncio.gather(
            *(store.stash.put("x" * 4000, until=until) for _ in range(100)),
            *(store.people.handles(ada.id) for _ in range(100)),
        )
    assert len(_read(Path(f"{path}-wal"))) < 8_000_000, "16 MB were written; no reader held the log open"
    await store.close()
