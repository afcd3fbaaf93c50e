"""Killed in the middle of a restore, there is the old database or the new one, and never something between."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from bot.models import Handle
from storage.backing_up import back_up
from storage.copying import Inventory
from storage.opening import open_sqlite
from storage.pulse import look_at
from tests.clock import ManualClock
from tests.faults.child import PATIENCE, ROOT

KILLS = 8


async def _backup(folder: Path, members: int) -> Path:
    store = await open_sqlite(folder / f"{members}.db", ManualClock())
    for number in range(members):
        await store.people.enter(Handle("p", "", str(number)), f"member {number}")
    await store.close()
    back_up(folder / f"{members}.db", folder / f"{members}.backup")
    return folder / f"{members}.backup"


async def _restore_until_killed(target: Path, backups: list[Path], lines: int, chance: random.Random) -> None:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.restoring_child", str(target), *map(str, backups)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert child.stdout
        async with asyncio.timeout(PATIENCE):
            for _ in range(lines):
                assert await child.stdout.readline() == b"begins\n"
            for _ in range(chance.randrange(2_000)):
                await asyncio.sleep(0)
    finally:
        child.kill()
        await child.wait()


async def test_a_restore_is_whole_or_not_at_all(tmp_path: Path) -> None:
    backups, chance = [await _backup(tmp_path, members) for members in (3, 40)], random.Random(5)
    target, seen = tmp_path / "live.db", set[int]()
    for kill in range(KILLS):
        await _restore_until_killed(target, backups, 2 + kill % 3, chance)
        inventory: Inventory = look_at(target)
        seen.add(inventory.members)
    assert seen <= {3, 40}
    store = await open_sqlite(target, ManualClock())
    assert (await store.verify()).differences == ()
    await store.close()
