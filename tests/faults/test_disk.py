"""The disk is full, read-only or damaged: members are told, nothing acknowledged is lost, and it goes on by itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.ports import StoreError, Trouble
from storage.backing_up import back_up
from tests.faults.child import acknowledged, bot, check_ins, kept, seconds_until_it_answers
from tests.faults.disks import fill, remount


def names_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


async def test_full(small_disk: Path) -> None:
    path = small_disk / "stepwise.db"
    async with bot(path) as child:
        assert set(await child.answers(check_ins(0, 20))) == {"done"}
        ballast = fill(small_disk)
        during = await child.answers(check_ins(20, 40))
        assert "failed" in during, "who cannot be served is told so"
        assert await child.answers([("read", "m1", "faq soil")]) != ["failed"], "what needs no writing goes on"
        ballast.unlink()
        assert set(await child.answers(check_ins(60, 20))) == {"done"}, "it goes on by itself"
        await child.finish()
        found = kept(path)
        assert acknowledged([child]) - {"mread"} <= found.keys()
        assert set(found.values()) == {1}


async def test_what_failed_for_want_of_room_works_when_it_is_delivered_again(small_disk: Path) -> None:
    path = small_disk / "stepwise.db"
    async with bot(path) as child:
        await child.answers(check_ins(0, 1))
        ballast = fill(small_disk)
        assert "failed" in await child.answers(check_ins(1, 60))
        ballast.unlink()
        child.statuses.clear()
        assert set(await child.answers(check_ins(1, 60))) == {"done"}
        await child.finish()
    assert len(kept(path)) == 61


async def test_read_only(small_disk: Path) -> None:
    path = small_disk / "stepwise.db"
    async with bot(path) as child:
        assert set(await child.answers(check_ins(0, 10))) == {"done"}
    remount(small_disk, "ro")
    try:
        with pytest.raises(AssertionError):  # it says why and ends, before it hears anybody
            async with bot(path):
                pass
    finally:
        remount(small_disk, "rw")
    async with bot(path) as child:
        assert set(await child.answers(check_ins(10, 10))) == {"done"}
        await child.finish()
    assert len(kept(path)) == 20


async def test_a_backup_that_finds_no_room(small_disk: Path, tmp_path: Path) -> None:
    path = tmp_path / "stepwise.db"
    async with bot(path) as child:
        await child.answers(check_ins(0, 5))
        fill(small_disk)
        with pytest.raises(StoreError) as full:
            back_up(path, small_disk / "copy.db")
        assert full.value.trouble is Trouble.FULL
        assert names_in(small_disk) == ["ballast"], "nothing half-made is left"
        await child.finish()


async def _killed_with_a_log(path: Path) -> int:
    async with bot(path) as child:
        await child.answers(check_ins(0, 50))
        await child.kill()
    log = path.with_name(f"{path.name}-wal")
    assert log.stat().st_size > 100_000, "or there would be nothing to spoil"
    return log.stat().st_size


async def test_a_log_with_a_torn_end(tmp_path: Path) -> None:
    """As a power cut leaves it: what was begun and not acknowledged ends in the middle of a page."""
    path = tmp_path / "stepwise.db"
    await _killed_with_a_log(path)
    with path.with_name(f"{path.name}-wal").open("ab") as log:
        log.write(os.urandom(2500))
    assert len(kept(path)) == 50
    assert await seconds_until_it_answers(path, "after") < 30


async def test_a_log_with_a_damaged_middle(tmp_path: Path) -> None:
    """As a bad disk leaves it: what follows the damage is lost, and what is before it is whole."""
    path = tmp_path / "stepwise.db"
    size = await _killed_with_a_log(path)
    with path.with_name(f"{path.name}-wal").open("r+b") as log:
        log.seek(size * 3 // 4)
        log.write(os.urandom(64))
    found = kept(path)
    assert 0 < len(found) <= 50
    assert set(found.values()) == {1}
    async with bot(path) as child:
        assert set(await child.answers(check_ins(0, 50))) == {"done"}
        await child.finish()
    assert kept(path).keys() == {f"m{number}" for number in range(50)}
