"""Reads that are asked together go together, and fail apart."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.ports import StoreError
from storage.driver import DatabaseError, connect
from storage.line import Line, Work
from storage.reads import Reads


class CountingLine(Line):
    """A line that counts its hops."""

    hops = 0

    async def run(self, work: Work[object]) -> object:  # type: ignore[override]
        self.hops += 1
        return await super().run(work)


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[CountingLine]:
    path = tmp_path / "some.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO things VALUES (?)", [(number,) for number in range(100)])
    connection.close()
    line = CountingLine(path, partial(connect, str(path), busy_seconds=1.0))
    await line.open()
    yield line
    await line.close()


@pytest.fixture
def reads(line: CountingLine) -> Reads:
    return Reads([line])


ONE = "SELECT id FROM things WHERE id = ?"


async def test_what_is_asked_together_goes_together(reads: Reads, line: CountingLine) -> None:
    async with asyncio.timeout(30):
        found = await asyncio.gather(*(reads.row(ONE, number) for number in range(50)))
        assert found == [(number,) for number in range(50)]
        assert line.hops == 1
        assert await reads.rows(ONE, 200) == []
    assert line.hops == 2


async def test_a_failing_query_fails_alone(reads: Reads) -> None:
    async with asyncio.timeout(30):
        good, bad, rest, pair = await asyncio.gather(
            reads.row(ONE, 1),
            reads.rows("SELECT some FROM nowhere"),
            reads.glance(lambda connection: next(connection.execute(ONE, (1000,)))),
            reads.glance(lambda connection: [connection.execute(ONE, (one,)).fetchone() for one in (2, 3)]),
            return_exceptions=True,
        )
    assert good == (1,)
    assert isinstance(bad, DatabaseError)
    assert isinstance(rest, RuntimeError)
    assert pair == [(2,), (3,)]


async def test_whoever_leaves_takes_nobody_along(reads: Reads) -> None:
    async with asyncio.timeout(30):
        stays, leaves = asyncio.ensure_future(reads.row(ONE, 1)), asyncio.ensure_future(reads.row(ONE, 2))
        await asyncio.sleep(0)
        leaves.cancel()
        assert await stays == (1,)
        with pytest.raises(asyncio.CancelledError):
            await leaves


async def test_several_queries_see_one_moment(reads: Reads, line: CountingLine) -> None:
    def look(connection: sqlite3.Connection) -> tuple[bool, int]:
        return connection.in_transaction, connection.execute("SELECT count(*) FROM things").fetchone()[0]

    async with asyncio.timeout(30):
        assert await reads.glance(look) == (True, 100)
        assert await reads.run(look) == (True, 100)
        assert await line.run(lambda connection: connection.in_transaction) is False


async def test_nobody_waits_for_a_connection_that_is_gone(reads: Reads) -> None:
    await reads.close()
    async with asyncio.timeout(30):
        with pytest.raises(StoreError):
            await reads.row(ONE, 1)
