"""Members get all that is kept about them, and when they go, nothing of it stays."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.models import Activity, AdditionState, Community, Handle, NewAddition, Person, Place
from bot.ports import Store
from storage import personal
from storage.driver import connect
from storage.instants import to_text
from storage.personal import OF_CALL, OF_MEMBER, OF_PERSON
from storage.whose import text_of
from tests.storage.conftest import BO, Reopen, SetClock, remember

NAME, ACCOUNT = "Zanzibara", "998877665544332211"
HERS = Handle("discord", "", ACCOUNT)
SLACK = Handle("slack", "T777", "U887766")
HIDDEN = {"outcome of a call", "hash of a code", "result of a step"}
KEPT_BY_THE_COMMUNITY = {"additions", "audit"}
# Written by hand where a table allows no other value.
ALLOWED = {("additions", "state"): "live"}


@pytest.fixture
async def zan(store: Store) -> Person:
    return await store.people.enter(HERS, NAME)


@pytest.fixture
def connection(store: Store, path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(str(path), busy_seconds=1)
    opened.execute("PRAGMA foreign_keys = ON")
    yield opened
    opened.close()


def tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return [name for (name,) in found if not name.startswith("sqlite_")]


def columns_about(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns of a table that name a person or a member's handle."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]
    people = {
        row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall() if row[2] == "people"
    }
    return [name for name in names if name in people or name in {"person_id", "author_id", "whose"}]


def personal_tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    every = {table: columns_about(connection, table) for table in tables(connection)}
    return {table: columns for table, columns in every.items() if columns}


class Planter:
    """Writes a row about a member into any table, and whatever rows that row needs."""

    def __init__(self, connection: sqlite3.Connection, person: Person, member: str) -> None:
        self.connection, self.person, self.member = connection, person, member
        self._rows: dict[str, dict[str, object]] = {}
        self._number = 0

    def plant(self, table: str) -> dict[str, object]:
        """Return the row in this table, written if it is not there yet."""
        if table not in self._rows:
            values = self._values(table)
            marks = ", ".join("?" * len(values))
            self.connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", [*values.values()])
            names = ", ".join(row[1] for row in self.connection.execute(f"PRAGMA table_info({table})").fetchall())
            row = self.connection.execute(f"SELECT {names} FROM {table}").fetchone()
            self._rows[table] = dict(zip(names.split(", "), row, strict=True))
        return self._rows[table]

    def _values(self, table: str) -> dict[str, object]:
        """Return a value for each column that needs one."""
        keys = self.connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        parents = {row[3]: (row[2], row[4]) for row in keys}
        values: dict[str, object] = {}
        for _, name, kind, needed, default, _key in self.connection.execute(f"PRAGMA table_info({table})").fetchall():
            if name == "whose":
                values[name] = self.member
            elif name in parents and parents[name][0] == "people":
                values[name] = self.person.id
            elif needed and default is None:
                values[name] = self._of(*parents[name]) if name in parents else self._value(table, name, kind)
        return values

    def _of(self, parent: str, column: str) -> object:
        return self.plant(parent)[column]

    def _value(self, table: str, column: str, kind: str) -> object:
        self._number += 1  # of two columns the later one has the greater value
        hidden = f"{column} of a {table.rstrip('s').rpartition('_')[2]}"
        other = hidden if hidden in HIDDEN else f"{self._number:05}"
        return ALLOWED.get((table, column), other if kind == "TEXT" else 1)


@pytest.fixture
def planted(connection: sqlite3.Connection, zan: Person) -> dict[str, list[str]]:
    """Leave a row about the member in every table that can have one."""
    personal = personal_tables(connection)
    planter = Planter(connection, zan, text_of(HERS))
    for table in sorted(personal, key=lambda table: table == "streaks"):  # others drop what is kept of a streak
        planter.plant(table)
    return personal


def rows_about(connection: sqlite3.Connection, columns: dict[str, list[str]], person: Person) -> dict[str, int]:
    """Count the rows about a member, by table."""
    counts: dict[str, int] = {}
    for table, names in columns.items():
        where = " OR ".join(f"{name} IN (?1, ?2)" for name in names)
        query = f"SELECT count(*) FROM {table} WHERE {where}"
        counts[table] = connection.execute(query, (person.id, text_of(HERS))).fetchone()[0]
    return counts


async def test_every_table_about_members_is_in_the_export(
    store: Store, connection: sqlite3.Connection, zan: Person, planted: dict[str, list[str]]
) -> None:
    sections = {section.table: section.name for section in (*OF_PERSON, *OF_CALL, *OF_MEMBER)}
    assert sections.keys() == planted.keys(), "a new table about members needs a section in storage/personal.py"
    found = await store.people.export(zan.id)
    assert {name for name, rows in found.items() if not rows} == set()
    assert found.keys() == set(sections.values())


async def test_an_export_is_plain_and_tells_no_secrets(
    store: Store, zan: Person, planted: dict[str, list[str]], path: Path
) -> None:
    everything = "".join(_dump(path))
    assert [secret for secret in HIDDEN if secret not in everything] == []
    text = json.dumps(await store.people.export(zan.id))
    assert NAME in text
    assert ACCOUNT in text
    assert [secret for secret in HIDDEN if secret in text] == []


async def test_every_row_about_a_member_goes_with_them(
    store: Store, connection: sqlite3.Connection, zan: Person, planted: dict[str, list[str]]
) -> None:
    before = rows_about(connection, planted, zan)
    assert {table for table, count in before.items() if not count} == set(), "or this would prove nothing"
    await store.people.forget(zan.id)
    assert {table for table, count in rows_about(connection, planted, zan).items() if count} == set()
    assert {table for table in planted if not _is_empty(connection, table)} == KEPT_BY_THE_COMMUNITY


def _is_empty(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {table}").fetchone() is None


async def test_what_was_joined_is_in_the_export_and_goes_too(store: Store, zan: Person, clock: SetClock) -> None:
    other = await store.people.enter(SLACK, "Zanzi")
    for person in (zan, other):  # the double waits with the joined account
        await store.activities.record(
            Activity(person.id, None, "tip", "t", clock.now(), "UTC", date(2026, 3, 1), "both", points=3)
        )
    await store.during("c1", SLACK).stash.put("x", until=clock.now() + timedelta(days=1))
    await store.joins.offer(zan.id, "code", clock.now() + timedelta(minutes=1))
    await store.joins.join("code", SLACK)

    for number in (zan.id, other.id):  # an old number means the person of now
        found = await store.people.export(number)
        assert [row["name"] for row in found["people"]] == [NAME, "Zanzi"]
        assert [row["account"] for row in found["accounts"]] == [ACCOUNT, "U887766"]
        assert len(found["activities"]) == 2
        assert [row["call_id"] for row in found["steps_of_calls"]] == ["c1"]

    await store.people.forget(other.id)
    assert await store.people.named(zan.id) is await store.people.named(other.id) is None
    assert await store.people.find(SLACK) is None
    assert await store.activities.of(zan.id) == await store.activities.of(other.id) == []


async def test_nobody_else_goes(store: Store, zan: Person, guild: Community, clock: SetClock) -> None:
    bo = await store.people.enter(BO, "Bo")
    for person, points in ((zan, 5), (bo, 3)):
        await store.activities.record(
            Activity(person.id, guild.id, "tip", "t", clock.now(), "UTC", date(2026, 3, 1), "k", points=points)
        )
        await store.boards.join(guild.id, person.id)
        await store.gaps.ask(guild.id, "Why?", person.id)
    await store.gaps.ask(guild.id, "Hers alone?", zan.id)
    addition = await store.additions.add(NewAddition(guild.id, "tip", "a", "{}", AdditionState.LIVE, zan.id))
    await remember(store.during("bo's", BO).calls, "bo's", "hello Bo")
    assert (await store.boards.show(guild.id, "all", bo.id, top=5, near=1)).top[1].rank == 2

    await store.people.forget(zan.id)

    board = await store.boards.show(guild.id, "all", bo.id, top=5, near=1)
    assert (board.members, [(line.rank, line.name) for line in board.top]) == (1, [(1, "Bo")])
    assert [(gap.question, gap.asked) for gap in await store.gaps.open(guild.id)] == [("Why?", 1)]
    kept = await store.additions.find(addition.id)
    assert kept is not None
    assert kept.author_id is None
    assert await store.calls.find("bo's") == "hello Bo"
    assert await store.people.find(BO) == bo
    assert (await store.verify()).differences == ()


async def test_nobody_can_be_forgotten_twice_or_exported_after(store: Store, zan: Person) -> None:
    await store.people.forget(zan.id)
    await store.people.forget(zan.id)
    assert {name for name, rows in (await store.people.export(zan.id)).items() if rows} == set()


async def test_no_trace_stays_in_the_file(reopen: Reopen, path: Path, clock: SetClock) -> None:
    """Neither the calls before, nor those under way, nor the very call that forgets leave a word behind."""
    store = await reopen()
    until = clock.now() + timedelta(days=1)
    earlier, waiting, last = (store.during(call_id, HERS) for call_id in ("c1", "c2", "c3"))
    zan = await earlier.people.enter(HERS, NAME)
    community = await earlier.communities.enter(Place("discord", "900"), "Guild")
    await earlier.check_ins.write(zan.id, date(2026, 3, 1), f"{NAME} learned a lot")
    await earlier.gaps.ask(community.id, f"Who is {NAME}?", zan.id)
    await earlier.stash.put(f"for {NAME}", until=until)
    await earlier.notices.leave(zan.id, f"Hello {NAME}")
    await remember(earlier.calls, "c1", f"Welcome {NAME}")
    clock.forward(timedelta(hours=1))  # so that it is found as old calls are, and the next as new ones
    await last.notices.take(zan.id)

    await last.people.forget(zan.id)
    await remember(last.calls, "c3", f"Farewell {NAME}")
    await remember(waiting.calls, "c2", f"Your page, {NAME}")

    for handed_out in (NAME, ACCOUNT, text_of(HERS)):
        assert [table for table in _dump(path) if handed_out in table] == []
    await store.close()
    assert not path.with_name(f"{path.name}-wal").exists()
    assert _words_in(path) == []


async def test_what_was_written_after_it_was_looked_for_goes_too(
    store: Store, connection: sqlite3.Connection, zan: Person, clock: SetClock, path: Path
) -> None:
    looked = clock.now()
    view = store.during("c1", HERS)
    await view.people.prefer(zan.id, zan.preferences)
    await remember(view.calls, "c1", f"Hello {NAME}")
    assert personal.forget(connection, zan.id, seen=(), since=to_text(looked)) == [text_of(HERS)]
    assert [table for table in _dump(path) if NAME in table or text_of(HERS) in table] == []


def _words_in(path: Path) -> list[str]:
    left = path.read_bytes()
    return [word for word in (NAME, ACCOUNT, text_of(HERS)) if word.encode() in left]


def _dump(path: Path) -> list[str]:
    connection = connect(str(path), busy_seconds=1)
    try:
        return [f"{table}: {connection.execute(f'SELECT * FROM {table}').fetchall()}" for table in tables(connection)]
    finally:
        connection.close()


async def test_a_second_delivery_of_the_call_that_forgot_forgets_nobody_new(store: Store, zan: Person) -> None:
    await store.during("c1", HERS).people.forget(zan.id)
    again = await store.people.enter(HERS, NAME)
    await store.during("c1", HERS).people.forget(again.id)
    assert await store.people.find(HERS) == again


async def test_who_comes_again_is_remembered_like_anybody(store: Store, zan: Person, clock: SetClock) -> None:
    await store.during("c1", HERS).people.forget(zan.id)
    anew = store.during("c2", HERS)
    again = await anew.people.enter(HERS, NAME)
    await remember(anew.calls, "c2", "hello")
    assert again.id > zan.id
    assert await store.calls.find("c2") == "hello"
    assert [row["id"] for row in (await store.people.export(again.id))["calls"]] == ["c2"]
