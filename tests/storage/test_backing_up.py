"""A backup is the database of one moment, whole, whatever goes on meanwhile; and it can be put back."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.models import Activity, Handle, Person
from bot.ports import Store, StoreError, Trouble
from bot.services.days import member_day
from storage.backing_up import back_up
from storage.copying import COPY
from storage.driver import connect
from storage.occupying import at_work_on, is_at_work
from storage.opening import open_sqlite
from storage.restoring import restore
from storage.verifying import differences
from tests.storage.conftest import Reopen, SetClock

NOW = datetime(2026, 11, 21, 18, 15, tzinfo=UTC)
PHRASE, HANDLE = b"correct horse battery", Handle("discord", "", "1")


def fact(person: Person, number: int) -> Activity:
    at = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(hours=number)
    return Activity(person.id, None, "tip", f"t{number}", at, "UTC", member_day(at), f"{number:06}", points=3)


async def record(store: Store, person: Person, numbers: range) -> None:
    await asyncio.gather(*(store.activities.record(fact(person, number)) for number in numbers))


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def ledger(path: Path) -> Sequence[str]:
    connection = connect(str(path), busy_seconds=5)
    try:
        assert [*differences(connection, NOW)] == []
        return [key for (key,) in connection.execute("SELECT key FROM activities ORDER BY key").fetchall()]
    finally:
        connection.close()


async def test_a_backup_has_everything_and_is_one_file(store: Store, ada: Person, path: Path, tmp_path: Path) -> None:
    await record(store, ada, range(50))
    folder = tmp_path / "backups"
    folder.mkdir()
    inventory = back_up(path, folder / "copy.db")
    assert (inventory.members, inventory.facts) == (1, 50)
    assert [one.name for one in folder.iterdir()] == ["copy.db"]
    assert (folder / "copy.db").stat().st_mode & 0o077 == 0, "nobody else may read it"
    assert len(ledger(folder / "copy.db")) == 50


async def test_a_backup_under_load_is_of_one_moment(store: Store, ada: Person, path: Path, tmp_path: Path) -> None:
    await record(store, ada, range(2000))
    acknowledged, stop = 2000, asyncio.Event()

    async def go_on() -> None:
        nonlocal acknowledged
        while not stop.is_set():
            await record(store, ada, range(acknowledged, acknowledged + 20))
            acknowledged += 20

    writing = asyncio.create_task(go_on())
    for turn in range(5):
        before, target = acknowledged, tmp_path / f"{turn}.db"
        async with asyncio.timeout(30):
            await asyncio.to_thread(back_up, path, target)
        kept = ledger(target)
        assert before <= len(kept) <= acknowledged + 20
        assert kept == [f"{number:06}" for number in range(len(kept))], "nothing is missing in between"
    stop.set()
    await writing
    assert acknowledged > 2100, "there was something going on"


async def test_a_restored_backup_equals_the_live_database_of_that_moment(
    reopen: Reopen, path: Path, tmp_path: Path
) -> None:
    store = await reopen()
    ada = await store.people.enter(HANDLE, "Ada")
    await record(store, ada, range(300))
    before = ledger(path)
    back_up(path, tmp_path / "copy.db", phrase=PHRASE)
    await record(store, ada, range(300, 400))
    await store.close()
    done = restore(tmp_path / "copy.db", path, NOW, phrase=PHRASE)
    assert ledger(path) == before
    assert done.kept is not None
    assert len(ledger(done.kept)) == 400, "what was there stays beside it"
    store = await reopen()
    assert (await store.verify()).differences == ()


async def test_only_ciphertext_reaches_the_folder_of_an_encrypted_backup(
    store: Store, ada: Person, path: Path, tmp_path: Path
) -> None:
    await store.people.enter(HANDLE, "Somebody with a rare name")
    folder, seen = tmp_path / "elsewhere", set[str]()
    folder.mkdir()
    back_up(path, folder / "copy.sealed", phrase=PHRASE, progress=lambda *_: seen.update(names_in(folder)))
    assert b"rare name" not in (folder / "copy.sealed").read_bytes()
    assert all(name.startswith(".copy.sealed") for name in seen)
    assert names_in(tmp_path) <= {"elsewhere", "stepwise.db", "stepwise.db-wal", "stepwise.db-shm"}


async def test_what_is_there_is_not_overwritten_unasked(store: Store, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(StoreError, match="is there already"):
        back_up(path, target)
    assert target.read_text() == "precious"
    back_up(path, target, force=True)
    assert target.read_bytes().startswith(b"SQLite")
    with pytest.raises(StoreError, match="is the database itself"):
        back_up(path, path, force=True)
    with pytest.raises(StoreError, match="is a folder"):
        back_up(path, tmp_path)


async def test_a_backup_that_is_stopped_leaves_nothing(store: Store, path: Path, tmp_path: Path) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        if stage == COPY:
            raise KeyboardInterrupt

    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        back_up(path, folder / "copy.db", progress=stop)
    assert list(folder.iterdir()) == []


async def test_what_somebody_killed_left_behind_is_cleared_away(store: Store, path: Path, tmp_path: Path) -> None:
    old, fresh, other = (tmp_path / name for name in (".copy.db.a.part", ".copy.db.b.part", ".other.db.a.part"))
    for one in (old, fresh, other):
        one.write_text("half")
    for one in (old, other):
        os.utime(one, (0, 0))
    back_up(path, tmp_path / "copy.db")
    assert [one.exists() for one in (old, fresh, other)] == [False, True, True]


def test_there_has_to_be_a_database_of_ours(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no file"):
        back_up(tmp_path / "nowhere.db", tmp_path / "copy.db")
    other = connect(str(tmp_path / "other.db"), busy_seconds=1)
    other.execute("CREATE TABLE cats (name TEXT)")
    other.close()
    with pytest.raises(StoreError, match="belongs to another program"):
        back_up(tmp_path / "other.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


@pytest.fixture
async def stopped(tmp_path: Path) -> tuple[Path, Path]:
    """A database without a bot, with one member, and its backup, from before the member came."""
    path, backup = tmp_path / "live.db", tmp_path / "backup.db"
    store = await open_sqlite(path, SetClock())
    back_up(path, backup)
    await store.people.enter(HANDLE, "Ada")
    await store.close()
    return path, backup


def members(path: Path) -> int:
    connection = connect(str(path), busy_seconds=1)
    (count,) = connection.execute("SELECT count(*) FROM people").fetchone()
    connection.close()
    return int(count)


async def test_a_database_in_use_is_not_replaced(store: Store, path: Path, tmp_path: Path) -> None:
    back_up(path, tmp_path / "copy.db")
    await store.people.enter(HANDLE, "Answering")
    with pytest.raises(StoreError, match="A bot is at work") as refused:
        restore(tmp_path / "copy.db", path, NOW)
    assert refused.value.trouble is Trouble.LOCKED
    await store.people.enter(HANDLE, "Still answering")


def test_a_bot_that_is_just_starting_is_at_work(stopped: tuple[Path, Path]) -> None:
    path, backup = stopped
    with at_work_on(path) as others:
        assert not others
        assert is_at_work(path)
        with at_work_on(path) as there_are_others:
            assert there_are_others, "the second hears of the first"
        with pytest.raises(StoreError, match="A bot is at work"):
            restore(backup, path, NOW)
    assert not is_at_work(path)
    restore(backup, path, NOW)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda whole: whole[: len(whole) // 2],
    "something else": lambda _: b"no database at all" * 500,
    "empty": lambda _: b"",
    "a page of noise": lambda whole: whole[:8192] + os.urandom(4096) + whole[12288:],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_replaces_nothing(stopped: tuple[Path, Path], damage: str) -> None:
    path, backup = stopped
    backup.write_bytes(DAMAGES[damage](backup.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(StoreError):
        restore(backup, path, NOW)
    assert path.read_bytes() == before
    assert not [one for one in path.parent.iterdir() if "before" in one.name or "part" in one.name]


def test_a_backup_of_a_newer_stepwise_is_refused(stopped: tuple[Path, Path]) -> None:
    path, backup = stopped
    connection = connect(str(backup), busy_seconds=1)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreError, match="knows versions up to"):
        restore(backup, path, NOW)
    assert members(path) == 1


def test_a_damaged_database_is_replaced_and_kept(stopped: tuple[Path, Path]) -> None:
    path, backup = stopped
    path.write_bytes(path.read_bytes()[:5000])
    log = path.with_name("live.db-wal")
    log.write_bytes(b"what is left of a log")
    done = restore(backup, path, NOW)
    assert members(path) == 0
    assert done.kept is not None
    assert done.kept.stat().st_size == 5000
    assert not log.exists() or log.read_bytes() != b"what is left of a log", "an old log would spoil the new file"


def test_restoring_twice_keeps_both(stopped: tuple[Path, Path]) -> None:
    path, backup = stopped
    first, second = restore(backup, path, NOW), restore(backup, path, NOW)
    assert first.kept != second.kept
    assert first.kept is not None
    assert members(first.kept) == 1


def test_a_backup_is_restored_where_there_was_nothing(stopped: tuple[Path, Path], tmp_path: Path) -> None:
    done = restore(stopped[1], tmp_path / "new.db", NOW)
    assert done.kept is None
    assert members(tmp_path / "new.db") == 0


def test_an_encrypted_backup_needs_its_passphrase(stopped: tuple[Path, Path], tmp_path: Path) -> None:
    path, _ = stopped
    back_up(path, tmp_path / "sealed", phrase=PHRASE)
    for phrase, said in ((None, "is encrypted"), (b"another passphrase", "does not open")):
        with pytest.raises(StoreError, match=said):
            restore(tmp_path / "sealed", path, NOW, phrase=phrase)
    assert members(path) == 1
