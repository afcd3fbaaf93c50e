"""No statement walks over a whole table, and nothing of a person is searched for row by row when they go."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from bot.models import AdditionState, Community, NewAddition, Person
from bot.ports import Store
from storage import additions, gaps, notices, saves, tip_log, votes
from storage.driver import connect

OWN = ("saves", "tip_log", "votes", "gaps", "gap_askers", "additions", "notices")
# Each row of it is somebody for whom something waits, and its index has one entry for each of them.
WALKS_ITS_INDEX = "_WAITING"


def _statements(*modules: ModuleType) -> Iterator[tuple[str, str]]:
    for module in modules:
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, str) and name != "_SELECT":
                yield name, value


STATEMENTS = list(_statements(additions, gaps, notices, saves, tip_log, votes))


@pytest.fixture
def connection(store: Store, path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(str(path), busy_seconds=1)
    opened.execute("PRAGMA foreign_keys = ON")
    yield opened
    opened.close()


@pytest.mark.parametrize(("name", "statement"), STATEMENTS, ids=[name for name, _ in STATEMENTS])
def test_no_statement_walks_over_a_table(connection: sqlite3.Connection, name: str, statement: str) -> None:
    values = (1,) * statement.count("?")
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()]
    walks = [step for step in plan if re.match(r"SCAN (?!.*USING COVERING INDEX)", step)]
    assert walks == []
    assert name == WALKS_ITS_INDEX or not any(step.startswith("SCAN") for step in plan), plan


def test_lists_that_may_grow_long_come_sorted_from_their_index(connection: sqlite3.Connection) -> None:
    for statement in (gaps._OPEN, additions._OF, additions._LIVE):
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", (1,) * statement.count("?")).fetchall()
        assert not any("TEMP B-TREE" in row[3] for row in plan), plan


@pytest.mark.parametrize("table", OWN)
def test_every_reference_has_an_index(connection: sqlite3.Connection, table: str) -> None:
    indexes = [row[1] for row in connection.execute(f"PRAGMA index_list({table})").fetchall()]
    first = {connection.execute(f"PRAGMA index_info({index})").fetchone()[2] for index in indexes}
    references = {row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()}
    assert references <= first


async def test_all_of_a_person_goes_with_them(
    store: Store, connection: sqlite3.Connection, ada: Person, guild: Community
) -> None:
    await _live(store, ada, guild)
    connection.execute("DELETE FROM people")
    assert {table for table in OWN if _count(connection, table)} == {"additions"}
    assert await store.gaps.count(guild.id) == 0


async def test_all_of_a_community_goes_with_it(
    store: Store, connection: sqlite3.Connection, ada: Person, guild: Community
) -> None:
    await _live(store, ada, guild)
    connection.execute("DELETE FROM communities")
    assert {table for table in OWN if not _count(connection, table)} == {"gaps", "gap_askers", "additions"}


async def _live(store: Store, ada: Person, guild: Community) -> None:
    """Leave a row in every table."""
    await store.saves.keep(ada.id, "tip", "a")
    await store.tips.show(ada.id, "a", date(2026, 3, 1))
    await store.votes.cast(ada.id, "a", helped=True)
    await store.gaps.ask(guild.id, "Why?", ada.id)
    await store.additions.add(NewAddition(guild.id, "tip", "a", "{}", AdditionState.LIVE, ada.id))
    await store.notices.leave(ada.id, "hello")


def _count(connection: sqlite3.Connection, table: str) -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found
