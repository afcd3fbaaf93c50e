from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.models import Activity, Community, DayCount, Excused, Person
from bot.ports import Store
from storage.driver import DatabaseError, connect
from tests.storage.conftest import ADA, BO, GUILD


@pytest.fixture
def fact(ada: Person, guild: Community) -> Activity:
    at = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)
    return Activity(ada.id, guild.id, "tip", "tip-1", at, "Asia/Tokyo", date(2026, 3, 1), "key-1", points=2)


async def kept(store: Store, person_id: int) -> list[Activity]:
    """Return a person's facts as they were before the store gave them ids."""
    return [replace(each, id=0) for each in await store.activities.of(person_id)]


@pytest.mark.parametrize("changes", [{}, {"credited": False, "points": 0}, {"community_id": None}])
async def test_a_fact_comes_back_as_it_was(store: Store, fact: Activity, changes: dict[str, object]) -> None:
    fact = replace(fact, **changes)  # type: ignore[arg-type]
    assert await store.activities.record(fact) is True
    assert await kept(store, fact.person_id) == [fact]


async def test_who_adds_a_fact_hears_how_its_member_stood_before(store: Store, fact: Activity) -> None:
    added, before = await store.activities.add(fact)
    assert (added, before) == (replace(fact, id=1), (None, Excused(), []))
    nothing, then = await store.activities.add(fact)
    assert nothing is None
    assert then == (await store.streaks.kept(fact.person_id), Excused(), [])


@pytest.mark.parametrize("unreadable", ["0 00000000 []", "1 00000000 []", "nonsense"])
async def test_what_of_a_streak_cannot_be_read_is_told_by_the_facts_before(
    store: Store, fact: Activity, path: Path, unreadable: str
) -> None:
    first, _ = await store.activities.add(fact)
    with closing(connect(str(path), busy_seconds=1)) as connection:
        connection.execute("UPDATE streaks SET state = ?", (unreadable,))
    _, before = await store.activities.add(replace(fact, key="key-2"))
    assert before == (None, Excused(), [first])
    assert await store.streaks.kept(fact.person_id) != unreadable


async def test_who_adds_a_fact_at_a_second_delivery_hears_how_its_member_stands(store: Store, fact: Activity) -> None:
    added, _ = await store.during("call").activities.add(fact)
    again, now = await store.during("call").activities.add(fact)
    assert again == added
    assert now == await store.streaks.standing(fact.person_id)
    assert now.kept is not None


async def test_a_fact_remembers_the_joined_account_that_did_it(store: Store, fact: Activity) -> None:
    await store.activities.record(replace(fact, origin_id=77))
    assert [each.origin_id for each in await store.activities.of(fact.person_id)] == [77]


async def test_a_key_counts_once_for_a_person_and_the_first_fact_stays(store: Store, fact: Activity) -> None:
    await store.activities.record(fact)
    assert await store.activities.record(replace(fact, subject="tip-2")) is False
    assert await kept(store, fact.person_id) == [fact]
    bo = await store.people.enter(BO, "Bo")
    assert await store.activities.record(replace(fact, person_id=bo.id)) is True


async def test_facts_come_oldest_first_whatever_zone_they_were_told_in(store: Store, fact: Activity) -> None:
    later = replace(fact, at=fact.at.astimezone(ZoneInfo("Asia/Tokyo")) + timedelta(minutes=1), key="later")
    earlier = replace(fact, at=fact.at.astimezone(ZoneInfo("America/Lima")) - timedelta(minutes=1), key="earlier")
    for each in (later, fact, earlier):
        await store.activities.record(each)
    assert [found.key for found in await store.activities.of(fact.person_id)] == ["earlier", "key-1", "later"]


async def test_facts_of_some_kinds(store: Store, fact: Activity) -> None:
    for number, kind in enumerate(["tip", "step", "tip", "check-in"]):
        at = fact.at + timedelta(minutes=number)
        await store.activities.record(replace(fact, kind=kind, key=f"{number}", at=at))
    assert [each.key for each in await store.activities.of(fact.person_id, ["tip", "check-in"])] == ["0", "2", "3"]
    last = await store.activities.last(fact.person_id, {"tip", "step"})
    assert last is not None
    assert last.key == "2"
    last = await store.activities.last(fact.person_id)
    assert last is not None
    assert last.key == "3"
    assert await store.activities.last(fact.person_id, ["challenge"]) is None


async def test_standing_facts_are_counted_by_kind(store: Store, fact: Activity) -> None:
    for number, kind in enumerate(["tip", "step", "tip"]):
        await store.activities.record(replace(fact, kind=kind, key=f"{number}"))
    last = await store.activities.last(fact.person_id, ["tip"])
    assert last is not None
    assert await store.activities.counts(fact.person_id) == {"tip": 2, "step": 1}
    await store.activities.take_back(fact.person_id, last.id)
    assert await store.activities.counts(fact.person_id) == {"tip": 1, "step": 1}


async def test_the_standing_fact_of_a_key(store: Store, fact: Activity) -> None:
    await store.activities.record(fact)
    found = await store.activities.standing(fact.person_id, fact.key)
    assert found is not None
    assert replace(found, id=0) == fact
    assert found.id > 0
    assert await store.activities.standing(fact.person_id, "other") is None
    assert await store.activities.standing(404, fact.key) is None


async def test_only_so_many_of_a_kind_and_day_give_points(store: Store, fact: Activity) -> None:
    tomorrow, ask = fact.day + timedelta(days=1), {"kind": "question"}
    for number, changes in enumerate([{}, ask, {}, {}, {"day": tomorrow}, {"points": 0}, {}]):
        one = replace(fact, key=f"{number}", **changes)  # type: ignore[arg-type]
        assert await store.activities.record(one, paid_a_day=2) is True
    assert [each.points for each in await store.activities.of(fact.person_id)] == [2, 2, 2, 0, 2, 0, 0]
    assert all(each.credited for each in await store.activities.of(fact.person_id))


async def test_what_was_taken_back_frees_its_key_and_its_pay(store: Store, fact: Activity) -> None:
    await store.activities.record(fact, paid_a_day=1)
    first = await store.activities.standing(fact.person_id, fact.key)
    assert first is not None
    assert await store.activities.take_back(404, first.id) is False
    assert await store.activities.take_back(fact.person_id, first.id) is True
    assert await store.activities.take_back(fact.person_id, first.id) is False
    assert await store.activities.of(fact.person_id) == []
    assert await store.activities.last(fact.person_id, [fact.kind]) is None
    assert await store.activities.record(fact, paid_a_day=1) is True
    again = await store.activities.standing(fact.person_id, fact.key)
    assert again is not None
    assert (again.points, again.id > first.id) == (2, True)


async def test_the_days_with_credited_facts(store: Store, fact: Activity) -> None:
    day = fact.day
    for number, changes in enumerate(
        [{}, {"points": 3}, {"credited": False}, {"day": day + timedelta(days=2)}, {"day": day - timedelta(days=1)}]
    ):
        await store.activities.record(replace(fact, key=f"{number}", **changes))  # type: ignore[arg-type]
    counts = await store.activities.days(fact.person_id, day)
    assert counts == [DayCount(day, 2, 5), DayCount(day + timedelta(days=2), 1, 2)]
    assert await store.activities.days(fact.person_id, day + timedelta(days=3)) == []


@pytest.mark.parametrize("stranger", [{"person_id": 404}, {"community_id": 404}])
async def test_a_fact_of_nobody_is_refused(store: Store, fact: Activity, stranger: dict[str, int]) -> None:
    with pytest.raises(LookupError):
        await store.activities.record(replace(fact, **stranger))  # type: ignore[arg-type]


async def test_a_moment_without_a_zone_is_refused(store: Store, fact: Activity) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        await store.activities.record(replace(fact, at=fact.at.replace(tzinfo=None)))


async def test_nobody_has_no_facts(store: Store) -> None:
    assert await store.activities.of(404) == []


@pytest.mark.parametrize("column", ["kind", "subject", "at", "zone", "day", "key", "credited", "points"])
async def test_what_a_fact_says_cannot_be_changed(store: Store, fact: Activity, path: Path, column: str) -> None:
    await store.activities.record(fact)
    connection = connect(str(path), busy_seconds=1)
    with pytest.raises(DatabaseError, match="cannot be changed"):
        connection.execute(f"UPDATE activities SET {column} = 1")
    connection.close()


async def test_facts_go_with_their_person_and_outlive_their_community(store: Store, fact: Activity, path: Path) -> None:
    await store.activities.record(fact)
    connection = connect(str(path), busy_seconds=1)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM communities")
    assert await kept(store, fact.person_id) == [replace(fact, community_id=None)]
    connection.execute("DELETE FROM people")
    connection.close()
    assert await store.activities.of(fact.person_id) == []
    assert await store.people.find(ADA) is None
    # and nobody inherits the ids
    assert (await store.people.enter(ADA, "Ada")).id > fact.person_id
    assert (await store.communities.enter(GUILD, "Guild")).id > (fact.community_id or 0)
