"""Killed at any moment, no answer and no upload that was acknowledged is lost, and no limit was ever exceeded."""

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
from tests.storage.attempting_child import A_DAY

ROOT = Path(__file__).parents[2]
MEMBERS = 6
# By member and turn, as the program tells them.
UPLOADS = """
SELECT replace(p.name, 'Member ', '') || '-' || CAST(u.public AS INTEGER), count(*)
FROM uploads AS u JOIN people AS p ON p.id = u.person_id GROUP BY u.person_id, u.day
"""


async def _live_and_die(path: Path, firsts: Sequence[int], lines: int) -> list[str]:
    """Run the program, kill it when it has said so many lines, and return all that it said of its turns."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.storage.attempting_child", str(path), *map(str, firsts)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert child.stdout
    try:
        said = [await child.stdout.readline() for _ in range(lines)]
    finally:
        child.kill()
    whole = b"".join(said) + await child.stdout.read()
    assert await child.wait() == -signal.SIGKILL
    spoken = [line.decode() for line in whole.splitlines(keepends=True) if line.endswith(b"\n")]
    return [line.strip() for line in spoken if line != "ready\n"]


def _rows(path: Path, query: str) -> list[tuple[str, int]]:
    connection = connect(str(path), busy_seconds=5)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert [*differences(connection, LATER)] == [], "efforts count what there is"
        return [(str(key), number) for key, number in connection.execute(query).fetchall()]
    finally:
        connection.close()


async def _kill_often(path: Path, kills: int, programs: int) -> set[str]:
    """Return the turns that were acknowledged."""
    chance = random.Random(20260301)
    acknowledged = [0] * MEMBERS
    told: set[str] = set()
    for _ in range(kills):
        lines = chance.choice([1, chance.randrange(2, 40), chance.randrange(2, 200)])
        lives = [_live_and_die(path, acknowledged, lines) for _ in range(programs)]
        for line in (line for life in await asyncio.gather(*lives) for line in life):
            turn, answers, uploads = line.split()
            assert (answers, uploads) == ("1", str(A_DAY)), "what is told at a second delivery is what was told"
            number, last = map(int, turn.split("-"))
            acknowledged[number] = max(acknowledged[number], last + 1)
            told.add(turn)
    return told


def _nothing_is_lost_or_exceeded(path: Path, told: set[str]) -> None:
    answers = _rows(path, "SELECT mark, count(*) FROM attempts GROUP BY mark")
    assert told <= {mark for mark, _ in answers}
    assert {count for _, count in answers} == {1}
    uploads = dict(_rows(path, UPLOADS))
    assert set(uploads.values()) <= set(range(1, A_DAY + 1))
    assert {uploads[turn] for turn in told} == {A_DAY}


@pytest.mark.slow
async def test_after_many_kills_every_answer_is_there_once(path: Path) -> None:
    told = await _kill_often(path, kills=24, programs=1)
    assert len(told) > 500
    _nothing_is_lost_or_exceeded(path, told)


async def test_two_programs_that_are_killed_share_the_limits(path: Path) -> None:
    """Both send the same calls of the same members."""
    told = await _kill_often(path, kills=2, programs=2)
    assert told
    _nothing_is_lost_or_exceeded(path, told)
