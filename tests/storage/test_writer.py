"""The writer alone, on a small table: who shares a transaction, who is served when, and who fails."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from bot.ports import StoreError, Trouble
from storage.driver import DatabaseError, connect
from storage.line import Line
from storage.writer import Writer

BOUND = 8


def _connect(path: Path) -> sqlite3.Connection:
    connection = connect(str(path), busy_seconds=0.05)
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT")
    return connection


@pytest.fixture
async def line(path: Path) -> AsyncIterator[Line]:
    line = await Line(path, partial(_connect, path)).open()
    yield line
    await line.close()


@pytest.fixture
def writer(line: Line) -> Writer:
    return Writer(line, bound=BOUND)


@pytest.fixture
async def statements(line: Line) -> list[str]:
    """What the connection was told to do since."""
    told: list[str] = []
    await line.run(lambda connection: connection.set_trace_callback(told.append))
    return told


def add(text: str) -> Callable[[sqlite3.Connection], str]:
    def write(connection: sqlite3.Connection) -> str:
        connection.execute("INSERT INTO notes (text) VALUES (?)", (text,))
        return text

    return write


def notes(path: Path) -> list[str]:
    """Read what is committed, from another connection."""
    connection = connect(str(path), busy_seconds=1)
    found = [text for (text,) in connection.execute("SELECT text FROM notes ORDER BY id")]
    connection.close()
    return found


def hold(line: Line) -> Event:
    """Keep the connection's thread busy until the event is set."""
    gate = Event()
    asyncio.ensure_future(line.run(lambda _: gate.wait(30)))  # noqa: RUF006 - the gate keeps it alive
    return gate


async def test_callers_that_wait_together_share_a_transaction(
    writer: Writer, statements: list[str], path: Path
) -> None:
    texts = [str(n) for n in range(BOUND)]
    assert await asyncio.gather(*(writer.run(add(text)) for text in texts)) == texts
    assert Counter(statements)["COMMIT"] == 1
    assert notes(path) == [str(n) for n in range(BOUND)]


async def test_a_group_is_bounded(writer: Writer, statements: list[str]) -> None:
    await asyncio.gather(*(writer.run(add(str(n))) for n in range(3 * BOUND)))
    assert Counter(statements)["COMMIT"] == 3


async def test_every_transaction_is_a_writers_from_its_beginning(writer: Writer, statements: list[str]) -> None:
    await writer.run(add("a"))
    assert [told for told in statements if told.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]


async def test_an_answer_means_that_it_is_committed(writer: Writer, path: Path) -> None:
    async def caller(number: int) -> None:
        for turn in range(3):
            text = await writer.run(add(f"{number}-{turn}"))
            assert text in notes(path), "another connection sees what was acknowledged"

    await asyncio.gather(*(caller(number) for number in range(3 * BOUND)))


async def test_256_callers_in_a_loop_are_served_in_arrival_order(line: Line, path: Path) -> None:
    writer, asked, answered = Writer(line), list[str](), list[str]()

    async def caller(number: int) -> None:
        for turn in range(8):
            asked.append(f"{number}-{turn}")
            answered.append(await writer.run(add(f"{number}-{turn}")))

    await asyncio.gather(*(caller(number) for number in range(256)))
    assert notes(path) == asked == answered
    served = Counter(text.partition("-")[0] for text in answered[: 256 * 4])
    assert set(served.values()) == {4}, "halfway, everybody has had the same"


@pytest.mark.parametrize("place", [0, 3, BOUND - 1])
async def test_a_failing_caller_does_not_fail_its_neighbours(
    writer: Writer, statements: list[str], path: Path, place: int
) -> None:
    await writer.run(add("taken"))
    texts = [str(n) for n in range(BOUND)]
    texts[place] = "taken"
    results = await asyncio.gather(*(writer.run(add(text)) for text in texts), return_exceptions=True)
    assert isinstance(results.pop(place), DatabaseError)
    del texts[place]
    assert results == texts
    assert notes(path) == ["taken", *texts]
    assert Counter(statements)["COMMIT"] == 2, "one for the first note, one for all the neighbours"


async def test_half_a_failing_write_is_taken_back(writer: Writer, path: Path) -> None:
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO notes (text) VALUES ('half')")
        raise RuntimeError("in the middle")

    results = await asyncio.gather(writer.run(half), writer.run(add("whole")), return_exceptions=True)
    assert isinstance(results[0], RuntimeError)
    assert notes(path) == ["whole"]


async def test_a_write_that_runs_out_of_rows_gets_an_answer(writer: Writer, path: Path) -> None:
    def empty(connection: sqlite3.Connection) -> object:
        return next(connection.execute("SELECT 1 WHERE 0"))

    results = await asyncio.gather(writer.run(empty), writer.run(add("a")), return_exceptions=True)
    assert isinstance(results[0], RuntimeError)
    assert results[1] == "a"


async def test_a_write_that_ends_the_transaction_fails_alone(writer: Writer, path: Path) -> None:
    """SQLite itself takes a whole transaction back for some errors."""

    def tear(connection: sqlite3.Connection) -> None:
        connection.execute("ROLLBACK")
        raise RuntimeError("torn")

    works = (add("a"), tear, add("b"))
    results = await asyncio.gather(*(writer.run(work) for work in works), return_exceptions=True)
    assert (results[0], results[2]) == ("a", "b")
    assert isinstance(results[1], RuntimeError)
    assert notes(path) == ["a", "b"]


async def test_a_caller_that_left_before_its_group_began_writes_nothing(writer: Writer, line: Line, path: Path) -> None:
    gate = hold(line)
    first = asyncio.ensure_future(writer.run(add("first")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    left, stayed = (asyncio.ensure_future(writer.run(add(text))) for text in ("left", "stayed"))
    left.cancel()
    gate.set()
    await asyncio.gather(first, stayed)
    assert notes(path) == ["first", "stayed"]


async def test_a_caller_that_left_later_breaks_nothing(writer: Writer, line: Line, path: Path) -> None:
    gate = hold(line)
    first = asyncio.ensure_future(writer.run(add("first")))
    neighbour = asyncio.ensure_future(writer.run(add("neighbour")))
    for _ in range(3):
        await asyncio.sleep(0)  # their group is on its way
    first.cancel()
    gate.set()
    assert await neighbour == "neighbour"
    assert notes(path) == ["first", "neighbour"], "it was cancelled too late, and is whole"
    assert await writer.run(add("next")) == "next"


async def test_closing_finishes_what_waits_and_refuses_the_rest(writer: Writer, path: Path) -> None:
    waiting = [asyncio.ensure_future(writer.run(add(str(n)))) for n in range(3 * BOUND)]
    await writer.close()
    assert [each.result() for each in waiting] == [str(n) for n in range(3 * BOUND)]
    with pytest.raises(StoreError) as refused:
        await writer.run(add("late"))
    assert refused.value.trouble is Trouble.CLOSED
    await writer.close()


async def test_nobody_waits_for_a_connection_that_is_gone(writer: Writer, line: Line) -> None:
    await line.close()
    results = await asyncio.gather(*(writer.run(add(str(n))) for n in range(20)), return_exceptions=True)
    assert [type(each) for each in results] == [StoreError] * 20


async def test_a_cancelled_hop_leaves_nobody_waiting(writer: Writer, line: Line, path: Path) -> None:
    gate = hold(line)
    waiting = [asyncio.ensure_future(writer.run(add(str(n)))) for n in range(3)]
    for _ in range(3):
        await asyncio.sleep(0)
    assert writer._hop
    writer._hop.cancel()  # as asyncio does with every task when the program ends
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in results] == [asyncio.CancelledError] * 3
    gate.set()
    assert await writer.run(add("next")) == "next"


async def test_everybody_hears_of_a_lock_at_once(writer: Writer, path: Path) -> None:
    other = connect(str(path), busy_seconds=1)
    other.execute("BEGIN IMMEDIATE")
    results = await asyncio.gather(*(writer.run(add(str(n))) for n in range(BOUND)), return_exceptions=True)
    assert {each.trouble for each in results if isinstance(each, StoreError)} == {Trouble.LOCKED}
    assert len(results) == BOUND
    other.execute("ROLLBACK")
    other.close()
    assert await writer.run(add("later")) == "later"
