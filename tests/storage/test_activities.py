from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.models import Activity, Community, Person
from bot.ports import Store
from storage.driver import DatabaseError, connect
from tests.storage.conftest import ADA, GUILD


@pytest.fixture
def fact(ada: Person, guild: Community) -> Activity:
    at = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)
    return Activity(ada.id, guild.id, "tip", "tip-1", at, "Asia/Tokyo", date(2026, 3, 1), "key-1")


async def test_a_fact_comes_back_as_it_was(store: Store, fact: Activity) -> None:
    assert await store.activities.record(fact) is True
    assert list(await store.activities.of(fact.person_id)) == [fact]


async def test_a_key_counts_once_and_the_first_fact_stays(store: Store, fact: Activity) -> None:
    await store.activities.record(fact)
    assert await store.activities.record(replace(fact, subject="tip-2")) is False
    assert list(await store.activities.of(fact.person_id)) == [fact]


async def test_facts_come_oldest_first_whatever_zone_they_were_told_in(store: Store, fact: Activity) -> None:
    later = replace(fact, at=fact.at.astimezone(ZoneInfo("Asia/Tokyo")) + timedelta(minutes=1), key="later")
    earlier = replace(fact, at=fact.at.astimezone(ZoneInfo("America/Lima")) - timedelta(minutes=1), key="earlier")
    for each in (later, fact, earlier):
        await store.activities.record(each)
    assert [found.key for found in await store.activities.of(fact.person_id)] == ["earlier", "key-1", "later"]


async def test_a_fact_may_have_no_community(store: Store, fact: Activity) -> None:
    alone = replace(fact, community_id=None)
    await store.activities.record(alone)
    assert list(await store.activities.of(fact.person_id)) == [alone]


@pytest.mark.parametrize("stranger", [{"person_id": 404}, {"community_id": 404}])
async def test_a_fact_of_nobody_is_refused(store: Store, fact: Activity, stranger: dict[str, int]) -> None:
    with pytest.raises(LookupError):
        await store.activities.record(replace(fact, **stranger))  # type: ignore[arg-type]


async def test_a_moment_without_a_zone_is_refused(store: Store, fact: Activity) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        await store.activities.record(replace(fact, at=fact.at.replace(tzinfo=None)))


async def test_nobody_has_no_facts(store: Store) -> None:
    assert await store.activities.of(404) == []


@pytest.mark.parametrize("column", ["kind", "subject", "at", "zone", "day", "key"])
async def test_what_a_fact_says_cannot_be_changed(store: Store, fact: Activity, path: Path, column: str) -> None:
    await store.activities.record(fact)
    connection = connect(str(path), busy_seconds=1)
    with pytest.raises(DatabaseError, match="cannot be changed"):
        connection.execute(f"UPDATE activities SET {column} = 'other'")
    connection.close()


async def test_facts_go_with_their_person_and_outlive_their_community(store: Store, fact: Activity, path: Path) -> None:
    await store.activities.record(fact)
    connection = connect(str(path), busy_seconds=1)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM communities")
    assert list(await store.activities.of(fact.person_id)) == [replace(fact, community_id=None)]
    connection.execute("DELETE FROM people")
    connection.close()
    assert await store.activities.of(fact.person_id) == []
    assert await store.people.find(ADA) is None
    # and nobody inherits the ids
    assert (await store.people.enter(ADA, "Ada")).id > fact.person_id
    assert (await store.communities.enter(GUILD, "Guild")).id > (fact.community_id or 0)
