"""Killed at any moment, the store has everything that it acknowledged, and everything once."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from storage.driver import connect
from storage.verifying import differences
from tests.storage.acknowledging_child import LATER

ROOT = Path(__file__).parents[2]
MEMBERS = 12
KILLS = 36


async def _start(path: Path, firsts: Sequence[int]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.storage.acknowledging_child", str(path), *map(str, firsts)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )


async def _live_and_die(path: Path, firsts: Sequence[int], lines: int) -> list[str]:
    """Run the child, kill it when it has said so many lines, and return all that it said."""
    child = await _start(path, firsts)
    assert child.stdout
    said = [await child.stdout.readline() for _ in range(lines)]
    child.kill()
    rest = await child.stdout.read()
    assert await child.wait() == -signal.SIGKILL
    whole = b"".join(said) + rest
    return [line.decode() for line in whole.splitlines(keepends=True) if line.endswith(b"\n")]


def _note(acknowledged: list[int], said: Sequence[str]) -> None:
    for line in said:
        if line != "ready\n":
            number, turn = map(int, line.split("-"))
            assert turn == acknowledged[number], "each member's turns come one after the other"
            acknowledged[number] += 1


def _kept(path: Path, query: str) -> dict[str, int]:
    connection = connect(str(path), busy_seconds=5)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert [*differences(connection, LATER)] == [], "streaks and boards say what the ledger says"
    kept = dict(connection.execute(query).fetchall())
    connection.close()
    return kept


@pytest.mark.slow
async def test_nothing_acknowledged_is_missing_or_doubled_after_many_kills(path: Path) -> None:
    chance = random.Random(20260301)
    acknowledged = [0] * MEMBERS
    for _ in range(KILLS):
        # Each start goes on from the first turn that was not acknowledged, which may be written already.
        lines = chance.choice([0, 1, chance.randrange(2, 40), chance.randrange(2, 600)])
        _note(acknowledged, await _live_and_die(path, acknowledged, lines))
    _note(acknowledged, await _live_and_die(path, acknowledged, 10 * MEMBERS))

    facts = _kept(path, "SELECT key, count(*) FROM activities GROUP BY key")
    stashed = _kept(path, "SELECT value, count(*) FROM stash GROUP BY value")
    promised = {f"{number}-{turn}" for number, turns in enumerate(acknowledged) for turn in range(turns)}
    assert len(promised) > 1_000
    assert promised <= facts.keys()
    assert promised <= stashed.keys()
    assert set(facts.values()) == set(stashed.values()) == {1}


async def test_two_programs_write_at_once(path: Path) -> None:
    """They share the members, so each call reaches both; it is written once."""
    firsts, lines = [0] * MEMBERS, 300
    said = await asyncio.gather(*(_live_and_die(path, firsts, lines) for _ in range(2)))
    promised = {line.strip() for each in said for line in each} - {"ready"}
    stashed = _kept(path, "SELECT value, count(*) FROM stash GROUP BY value")
    assert promised <= stashed.keys()
    assert set(stashed.values()) == {1}
