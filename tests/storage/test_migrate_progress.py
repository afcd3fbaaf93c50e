"""What was in a database of the second version is all there after the third, and goes on as it did."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.models import Activity, DayCount, Person, Place
from bot.ports import Store
from storage.driver import connect
from storage.migrate import migrate, shipped
from tests.storage.conftest import ADA, BO, GUILD, Reopen

AT = datetime(2026, 2, 1, 23, 30, tzinfo=UTC)
_OLD = "2026-02-01T23:30:00.000000+00:00"
SECOND_VERSION = (
    f"INSERT INTO communities (id, platform, place_key, name) VALUES (3, '{GUILD.platform}', '{GUILD.key}', 'Guild')",
    "INSERT INTO people (id, name, zone, reminders) VALUES (5, 'Ada', 'Asia/Tokyo', 1), (7, 'Bo', NULL, 0)",
    "INSERT INTO identities VALUES ('discord', '', '1', 5), ('slack', 'T1', 'U1', 5), ('discord', '', '2', 7)",
    "INSERT INTO activities (id, person_id, community_id, kind, subject, at, zone, day, key) VALUES "
    f"(11, 5, 3, 'tip-tried', 'tip-a', '{_OLD}', 'Asia/Tokyo', '2026-02-02', 'tip-tried:5:tip-a:2026-02-02'), "
    f"(12, 5, NULL, 'tip-tried', 'tip-a', '{_OLD}', 'Asia/Tokyo', '2026-02-03', 'tip-tried:5:tip-a:2026-02-03'), "
    f"(13, 5, 3, 'resource-done', 'res-a', '{_OLD}', 'Asia/Tokyo', '2026-02-03', 'resource-done:5:res-a'), "
    f"(14, 7, 3, 'tip-tried', 'tip-a', '{_OLD}', 'UTC', '2026-02-01', 'tip-tried:7:tip-a:2026-02-01')",
    f"INSERT INTO saves (person_id, kind, entry, at) VALUES (5, 'tip', 'tip-a', '{_OLD}')",
    f"INSERT INTO calls (id, outcome, at) VALUES ('c1', 'said', '{_OLD}')",
    "INSERT INTO stash (key, value, until) VALUES ('s1', 'long', '2050-01-01')",
)


@pytest.fixture
async def store(path: Path, reopen: Reopen) -> Store:
    connection = connect(str(path), busy_seconds=1)
    migrate(connection, path, shipped()[:2])
    for statement in SECOND_VERSION:
        connection.execute(statement)
    connection.close()
    return await reopen()


@pytest.fixture
async def ada(store: Store) -> Person:
    found = await store.people.find(ADA)
    assert found is not None
    return found


async def test_every_fact_is_there_under_its_new_key_and_with_its_points(store: Store, ada: Person) -> None:
    def fact(number: int, kind: str, subject: str, day: int, key: str, points: int) -> Activity:
        community = None if number == 12 else 3
        on = date(2026, 2, day)
        return Activity(5, community, kind, subject, AT, "Asia/Tokyo", on, key, True, points, None, number)

    assert await store.activities.of(ada.id) == [
        fact(11, "tip-tried", "tip-a", 2, "tip-tried:tip-a:2026-02-02", 2),
        fact(12, "tip-tried", "tip-a", 3, "tip-tried:tip-a:2026-02-03", 2),
        fact(13, "resource-done", "res-a", 3, "resource-done:res-a", 3),
    ]
    days = await store.activities.days(ada.id, date(2026, 1, 1))
    assert days == [DayCount(date(2026, 2, 2), 1, 2), DayCount(date(2026, 2, 3), 2, 5)]


async def test_what_was_done_before_counts_once_and_new_facts_get_new_ids(store: Store, ada: Person) -> None:
    (first, *_) = await store.activities.of(ada.id)
    assert await store.activities.record(first) is False
    new = Activity(ada.id, 3, "tip-tried", "tip-b", AT, "UTC", date(2026, 2, 1), "tip-tried:tip-b:2026-02-01")
    assert await store.activities.record(new) is True
    found = await store.activities.standing(ada.id, new.key)
    assert found is not None
    assert found.id > 14


async def test_streaks_and_boards_begin_from_the_old_facts(store: Store, ada: Person) -> None:
    assert await store.streaks.kept(ada.id) is None
    assert (await store.verify()).differences == ()
    community = await store.communities.find(GUILD)
    assert community is not None
    assert await store.boards.has(community.id, ada.id) is False
    await store.boards.join(community.id, ada.id)
    board = await store.boards.show(community.id, "all", ada.id, top=5, near=1)
    assert [(line.person_id, line.points) for line in board.top] == [(ada.id, 7)]
    new = Activity(ada.id, 3, "check-in", "x", AT + timedelta(days=1), "UTC", date(2026, 2, 2), "k")
    await store.activities.record(new)
    assert await store.streaks.kept(ada.id) is not None
    verdict = await store.verify()
    assert (verdict.differences, verdict.checked["streaks"]) == ((), 1)


async def test_who_was_active_where_is_a_member_there(store: Store, path: Path) -> None:
    connection = connect(str(path), busy_seconds=1)
    members = connection.execute("SELECT community_id, person_id, on_board FROM memberships").fetchall()
    born = connection.execute("SELECT DISTINCT born_id = person_id FROM identities").fetchall()
    columns = {row[1] for row in connection.execute("PRAGMA table_info(people)").fetchall()}
    connection.close()
    assert members == [(3, 5, 0), (3, 7, 0)]
    assert born == [(1,)]
    assert "reminders" not in columns


async def test_who_was_reminded_is_reminded_in_one_of_their_places(store: Store, ada: Person) -> None:
    reminder = await store.reminders.of(ada.id)
    assert reminder is not None
    assert reminder.handle in await store.people.handles(ada.id)
    assert (reminder.wall, reminder.sent, reminder.ignored) == (time(18), None, 0)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert abs(reminder.due - tomorrow) < timedelta(minutes=5)
    bo = await store.people.find(BO)
    assert bo is not None
    assert await store.reminders.of(bo.id) is None


async def test_the_rest_stays_as_it_was(store: Store, ada: Person) -> None:
    assert (ada.id, ada.name, ada.preferences.zone) == (5, "Ada", "Asia/Tokyo")
    assert [each.entry for each in await store.saves.of(ada.id)] == ["tip-a"]
    assert await store.calls.find("c1") == "said"
    assert await store.stash.get("s1") == "long"
    assert (await store.communities.enter(Place("slack", "T1"), "There")).id == 4
