"""Secrets are found by their key, and leave nothing behind."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.ports import Store
from storage import secrets as shelf
from storage.driver import connect
from tests.storage.conftest import Reopen


def left_in(path: Path, *texts: str) -> list[str]:
    """List what still stands in the database file or in one of the files beside it."""
    data = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    return [text for text in texts if text.encode() in data]


async def test_a_secret_is_kept_over_a_restart(store: Store, reopen: Reopen) -> None:
    await store.secrets.put("slack:T1", "sealed")
    again = await reopen()
    assert await again.secrets.get("slack:T1") == "sealed"
    assert await again.secrets.get("slack:T2") is None


async def test_a_later_secret_takes_the_place_of_the_one_before(store: Store) -> None:
    await store.secrets.put("slack:T1", "old")
    await store.secrets.put("slack:T1", "new")
    assert await store.secrets.get("slack:T1") == "new"
    assert await store.secrets.keys("slack:") == ["slack:T1"]


async def test_keys_are_found_by_how_they_begin(store: Store) -> None:
    for key in ("slack:T2", "slack:T1", "slack:\U0001f600", "slacker:T1", "slack", "other:T1"):
        await store.secrets.put(key, "sealed")
    assert await store.secrets.keys("slack:") == ["slack:T1", "slack:T2", "slack:\U0001f600"]
    assert await store.secrets.keys("nothing") == []
    assert len(await store.secrets.keys("")) == 6


async def test_deleting_twice_is_no_error(store: Store) -> None:
    await store.secrets.put("slack:T1", "sealed")
    assert await store.secrets.delete("slack:T1")
    assert not await store.secrets.delete("slack:T1")
    assert await store.secrets.get("slack:T1") is None


async def test_a_deleted_secret_is_in_no_file(store: Store, path: Path) -> None:
    texts = [secrets.token_hex(length) for length in (20, 300, 900, 6000) for _ in range(10)]
    for n, text in enumerate(texts):
        await store.secrets.put(f"slack:T{n}", text)
    heads = [text[:30] for text in texts]  # a long text lies on several pages
    assert left_in(path, *heads) == heads
    await asyncio.gather(*(store.secrets.delete(f"slack:T{n}") for n in range(len(texts))))
    assert left_in(path, *(text[n : n + 30] for text in texts for n in range(0, len(text), 600))) == []


async def test_neither_is_one_that_was_replaced_before(store: Store, path: Path) -> None:
    texts = [secrets.token_hex(100) for _ in range(20)]
    for text in texts:
        await store.secrets.put("slack:T1", text)
    await store.secrets.delete("slack:T1")
    assert left_in(path, *texts) == []


async def test_a_long_reader_stops_neither_the_deletion_nor_what_comes_after(store: Store, path: Path) -> None:
    await store.secrets.put("slack:T1", "sealed")
    with closing(connect(str(path), busy_seconds=1)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM sealed").fetchone() == (1,)
        assert await store.secrets.delete("slack:T1")
        await store.secrets.put("slack:T2", "sealed")
    assert await store.secrets.keys("slack:") == ["slack:T2"]


async def test_a_second_delivery_of_the_deletion_hears_the_same(store: Store) -> None:
    await store.secrets.put("slack:T1", "sealed")
    assert await store.during("c1").secrets.delete("slack:T1")
    assert await store.during("c1").secrets.delete("slack:T1")


@pytest.mark.parametrize("statement", ["_GET", "_DELETE", "_KEYS"])
async def test_no_statement_walks_over_the_table(store: Store, path: Path, statement: str) -> None:
    text: str = getattr(shelf, statement)
    with closing(connect(str(path), busy_seconds=1)) as connection:
        plan = _plan(connection, text)
    assert [step for step in plan if not step.startswith("SEARCH sealed USING PRIMARY KEY")] == []


def _plan(connection: sqlite3.Connection, statement: str) -> list[str]:
    values = ("x",) * statement.count("?")
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()]
