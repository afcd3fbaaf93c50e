"""What communities have posted by themselves is kept, and who waits for a word is found by index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.models import Activity, Community, Handle, Person, Place
from bot.models.challenges import Round
from bot.models.weekly import Nudge, Weekly
from bot.ports import Store
from storage import activities, weekly
from storage.driver import connect
from tests.storage.conftest import GUILD, Reopen, SetClock
from tests.storage.weeks import MONDAY, WEEK, open_week, sends

FULL = Weekly("c1", role="r1", track="compost", recap=False, tips="c2", digest=False)
CLOSING = MONDAY + WEEK
PLATFORMS = ("discord", "slack")


@pytest.fixture
def connection(store: Store, path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(str(path), busy_seconds=1)
    opened.execute("PRAGMA foreign_keys = ON")
    yield opened
    opened.close()


@pytest.fixture
async def running(store: Store, guild: Community) -> Round:
    return await open_week(store, guild)


async def waiting(store: Store, limit: int = 9, after: Nudge | None = None) -> list[Nudge]:
    return list(await store.weekly.to_nudge(CLOSING, PLATFORMS, limit, after))


async def somebody(store: Store, guild: Community, number: int) -> Person:
    person = await store.people.enter(Handle("discord", "", f"m{number}"), f"M{number}")
    await store.weekly.wish(guild.id, person.id, nudged=True)
    return person


class TestWhatIsPosted:
    async def test_is_nothing_before_it_is_set_up(self, store: Store, guild: Community) -> None:
        assert await store.weekly.of(guild.id) is None
        assert not await store.weekly.drop(guild.id)

    async def test_is_kept_over_a_restart_and_replaced_as_a_whole(
        self, store: Store, guild: Community, reopen: Reopen
    ) -> None:
        await store.weekly.keep(guild.id, FULL)
        again = await reopen()
        assert await again.weekly.of(guild.id) == FULL
        await again.weekly.keep(guild.id, Weekly("c3"))
        assert await again.weekly.of(guild.id) == Weekly("c3")
        assert await again.weekly.drop(guild.id)
        assert await again.weekly.of(guild.id) is None

    async def test_is_of_one_community(self, store: Store, guild: Community) -> None:
        other = await store.communities.enter(Place("discord", "901"), "Other")
        await store.weekly.keep(guild.id, FULL)
        assert await store.weekly.of(other.id) is None

    async def test_is_written_once_by_a_call_that_comes_twice(self, store: Store, guild: Community) -> None:
        await store.during("call").weekly.keep(guild.id, Weekly("c1"))
        await store.weekly.keep(guild.id, Weekly("c2"))
        await store.during("call").weekly.keep(guild.id, Weekly("c1"))
        assert await store.weekly.of(guild.id) == Weekly("c2")

    async def test_goes_with_its_community(
        self, store: Store, guild: Community, connection: sqlite3.Connection
    ) -> None:
        await store.weekly.keep(guild.id, FULL)
        connection.execute("DELETE FROM communities")
        assert connection.execute("SELECT count(*) FROM weekly").fetchone() == (0,)


class TestWhoWaits:
    async def test_is_nobody_who_did_not_ask(
        self, store: Store, guild: Community, ada: Person, running: Round, clock: SetClock
    ) -> None:
        await store.boards.join(guild.id, ada.id)
        assert await waiting(store) == []
        assert not await store.weekly.wishes(guild.id, ada.id)

    async def test_is_whoever_asked_until_they_are_told(
        self, store: Store, guild: Community, ada: Person, running: Round
    ) -> None:
        assert await store.weekly.wish(guild.id, ada.id, nudged=True)
        assert not await store.weekly.wish(guild.id, ada.id, nudged=True), "nothing new"
        assert await store.weekly.wishes(guild.id, ada.id)
        (nudge,) = await waiting(store)
        assert nudge == Nudge(running.id, guild.id, ada.id, GUILD, CLOSING)
        assert await store.weekly.nudged(nudge)
        assert not await store.weekly.nudged(nudge), "by somebody else"
        assert await waiting(store) == []

    async def test_is_not_whoever_asked_no_longer(
        self, store: Store, guild: Community, ada: Person, running: Round
    ) -> None:
        await store.weekly.wish(guild.id, ada.id, nudged=True)
        (nudge,) = await waiting(store)
        await store.weekly.wish(guild.id, ada.id, nudged=False)
        assert await waiting(store) == []
        assert not await store.weekly.nudged(nudge)

    async def test_asking_changes_nothing_on_the_board(self, store: Store, guild: Community, ada: Person) -> None:
        await store.weekly.wish(guild.id, ada.id, nudged=True)
        assert await store.boards.names(guild.id, [ada.id]) == {}
        await store.boards.join(guild.id, ada.id)
        await store.weekly.wish(guild.id, ada.id, nudged=False)
        assert list(await store.boards.names(guild.id, [ada.id])) == [ada.id]

    async def test_has_not_finished(self, store: Store, guild: Community, ada: Person, running: Round) -> None:
        await store.weekly.wish(guild.id, ada.id, nudged=True)
        await sends(store, running.id, ada.id)()
        assert len(await waiting(store)) == 1
        await store.efforts.reward(running.id, ada.id, 5, solved=True)
        assert await waiting(store) == []

    @pytest.mark.parametrize(
        ("moment", "waits"),
        [
            (MONDAY - timedelta(seconds=1), False),
            (MONDAY, True),
            (CLOSING - timedelta(seconds=1), True),
            (CLOSING, False),
        ],
    )
    async def test_is_in_an_open_round(
        self,
        moment: datetime,
        waits: bool,
        store: Store,
        guild: Community,
        ada: Person,
        running: Round,
        clock: SetClock,
    ) -> None:
        await store.weekly.wish(guild.id, ada.id, nudged=True)
        clock.moment = moment
        assert bool(await waiting(store)) is waits

    async def test_is_in_a_round_that_closes_by_then(
        self, store: Store, guild: Community, ada: Person, running: Round
    ) -> None:
        await store.weekly.wish(guild.id, ada.id, nudged=True)
        sooner = CLOSING - timedelta(seconds=1)
        assert list(await store.weekly.to_nudge(sooner, PLATFORMS, 9)) == []

    async def test_is_on_a_platform_that_can_tell_them(
        self, store: Store, guild: Community, ada: Person, running: Round
    ) -> None:
        await store.weekly.wish(guild.id, ada.id, nudged=True)
        assert list(await store.weekly.to_nudge(CLOSING, ("slack",), 9)) == []

    async def test_is_not_in_a_community_that_sent_the_bot_away(
        self, store: Store, guild: Community, ada: Person, running: Round, clock: SetClock
    ) -> None:
        await store.weekly.wish(guild.id, ada.id, nudged=True)
        await store.communities.leave(GUILD, clock.now())
        assert await waiting(store) == []

    async def test_is_forgotten_with_the_person(
        self, store: Store, guild: Community, ada: Person, running: Round
    ) -> None:
        await store.weekly.wish(guild.id, ada.id, nudged=True)
        await store.people.forget(ada.id)
        assert await waiting(store) == []

    async def test_come_page_by_page(self, store: Store, guild: Community, running: Round) -> None:
        people = [await somebody(store, guild, number) for number in range(5)]
        first = await waiting(store, limit=2)
        second = await waiting(store, limit=2, after=first[-1])
        third = await waiting(store, limit=2, after=second[-1])
        assert [one.person_id for one in (*first, *second, *third)] == [one.id for one in people]
        assert await waiting(store, limit=2, after=third[-1]) == []


class TestHowManyWereActive:
    async def test_counts_each_member_once_and_only_in_that_time(
        self, store: Store, guild: Community, ada: Person
    ) -> None:
        bo = await store.people.enter(Handle("discord", "", "bo"), "bo")
        moments = [(ada, 0), (ada, 1), (bo, 2), (bo, 9)]
        for number, (person, day) in enumerate(moments):
            at = MONDAY + timedelta(days=day)
            fact = Activity(person.id, guild.id, "tip", str(number), at, "UTC", at.date(), str(number), points=1)
            await store.activities.record(fact)
        assert await store.activities.members(guild.id, MONDAY, CLOSING) == 2
        assert await store.activities.members(guild.id, CLOSING, CLOSING + WEEK) == 1
        assert await store.activities.members(guild.id, CLOSING + WEEK, CLOSING + 2 * WEEK) == 0

    async def test_is_read_by_an_index(self, connection: sqlite3.Connection) -> None:
        values = (1, "2026-01-01", "2026-01-08")
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {activities.MEMBERS}", values)]
        assert any("activities_of_community (community_id=? AND at>? AND at<?" in step for step in plan), plan


async def test_no_statement_walks_over_a_table(store: Store, guild: Community, connection: sqlite3.Connection) -> None:
    for number in range(3):
        await somebody(store, guild, number)
    for name, values in (("OF", 1), ("WISHES", 2), ("TO_NUDGE", 5), ("_WISH", 3), ("_NUDGED", 3), ("_DROP", 1)):
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {vars(weekly)[name]}", ("1",) * values)]
        assert not [step for step in plan if step.startswith("SCAN")], (name, plan)


def test_who_waits_is_found_by_index_from_the_rounds_that_close(connection: sqlite3.Connection) -> None:
    statement = weekly.TO_NUDGE + " AND c.platform IN (?) ORDER BY r.closes, r.id, m.person_id LIMIT ?"
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", ("1",) * 7)]
    assert plan[0] == "SEARCH r USING INDEX rounds_to_wind_up (closes>? AND closes<?)"
    assert "memberships_to_nudge (community_id=?" in plan[1]
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step], plan
