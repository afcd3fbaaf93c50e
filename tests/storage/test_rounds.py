"""The weeks of the communities, with their challenges."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models import Community, Person, Place
from bot.models.challenges import Round
from bot.ports import Store
from storage.driver import connect
from storage.opening import open_sqlite
from tests.storage.conftest import Reopen, SetClock
from tests.storage.weeks import MONDAY, WEEK, open_week, sends


async def test_a_round_comes_back_as_it_was_opened(store: Store, guild: Community) -> None:
    opened = await open_week(store, guild)
    assert opened == Round(opened.id, guild.id, "weigh", '{"id": "weigh"}', MONDAY, MONDAY + WEEK)
    assert await store.rounds.find(opened.id) == opened
    assert await store.rounds.find(404) is None


async def test_a_round_is_opened_once(store: Store, guild: Community) -> None:
    opened = await open_week(store, guild)
    others = await asyncio.gather(*(open_week(store, guild, challenge="other") for _ in range(5)))
    assert set(others) == {opened}
    assert await store.rounds.of(guild.id) == [opened]
    there = await store.communities.enter(Place("slack", "T1"), "There")
    assert (await open_week(store, there)).id != opened.id


async def test_a_second_delivery_opens_the_same_round(store: Store, guild: Community) -> None:
    opened = await open_week(store.during("c1"), guild)
    await store.rounds.wind_up(opened.id)
    assert await open_week(store.during("c1"), guild) == opened


async def test_rounds_need_a_community_and_an_end_after_their_beginning(store: Store, guild: Community) -> None:
    with pytest.raises(LookupError):
        await store.rounds.open(404, "weigh", "{}", MONDAY, MONDAY + WEEK)
    with pytest.raises(Exception, match="CHECK"):
        await store.rounds.open(guild.id, "weigh", "{}", MONDAY, MONDAY)


async def test_the_round_of_now_runs_from_its_first_moment_to_before_its_last(store: Store, guild: Community) -> None:
    first, second = await open_week(store, guild), await open_week(store, guild, 2)
    moments = (MONDAY, MONDAY + WEEK - timedelta(microseconds=1), MONDAY + WEEK, MONDAY + 2 * WEEK)
    assert [await store.rounds.at(guild.id, moment) for moment in moments] == [first, first, None, second]
    assert await store.rounds.at(guild.id, MONDAY - timedelta(microseconds=1)) is None
    assert await store.rounds.at(guild.id + 1, MONDAY) is None


async def test_where_two_rounds_overlap_the_later_one_counts(store: Store, guild: Community) -> None:
    await open_week(store, guild)
    moved = MONDAY + 6 * timedelta(days=1)
    later = await store.rounds.open(guild.id, "plan", "{}", moved, moved + WEEK)
    assert await store.rounds.at(guild.id, moved) == later


async def test_a_communitys_rounds_come_latest_first_by_pages(store: Store, guild: Community) -> None:
    rounds = [await open_week(store, guild, week) for week in (3, 0, 2, 1)]
    latest = sorted(rounds, key=lambda each: each.opens, reverse=True)
    assert await store.rounds.of(guild.id) == latest
    assert await store.rounds.of(guild.id, offset=1, limit=2) == latest[1:3]


async def test_it_is_known_which_challenges_were_used_and_when(store: Store, guild: Community) -> None:
    for week, challenge in enumerate(["a", "b", "a", "c"]):
        await open_week(store, guild, week, challenge)
    used = {"a": MONDAY + 2 * WEEK, "b": MONDAY + WEEK, "c": MONDAY + 3 * WEEK}
    assert await store.rounds.used(guild.id, MONDAY) == used
    assert await store.rounds.used(guild.id, MONDAY + 3 * WEEK) == {"c": MONDAY + 3 * WEEK}


async def test_plans_are_kept_changed_and_left(store: Store, guild: Community) -> None:
    await store.rounds.plan(guild.id, MONDAY, "a")
    await store.rounds.plan(guild.id, MONDAY, "b")
    await store.rounds.plan(guild.id, MONDAY + WEEK, None)
    assert await store.rounds.plans(guild.id, MONDAY) == {MONDAY: "b", MONDAY + WEEK: None}
    assert await store.rounds.plans(guild.id, MONDAY + WEEK) == {MONDAY + WEEK: None}
    assert [await store.rounds.unplan(guild.id, MONDAY) for _ in range(2)] == [True, False]
    assert await store.rounds.plans(guild.id, MONDAY) == {MONDAY + WEEK: None}


async def test_a_round_gets_another_challenge_until_somebody_tried_it(
    store: Store, guild: Community, ada: Person
) -> None:
    opened = await open_week(store, guild)
    await store.efforts.enter(opened.id, ada.id)
    assert [await store.rounds.swap_content(opened.id, "plan", "{}") for _ in range(2)] == [True, True]
    assert await store.rounds.find(opened.id) == replace(opened, challenge="plan", content="{}")
    await sends(store, opened.id, ada.id)()
    assert await store.rounds.swap_content(opened.id, "weigh", "[]") is False
    assert await store.rounds.find(opened.id) == replace(opened, challenge="plan", content="{}")
    assert await store.rounds.swap_content(404, "plan", "{}") is False


async def test_hints_to_a_challenge_that_was_swapped_cost_nothing(store: Store, guild: Community, ada: Person) -> None:
    opened = await open_week(store, guild)
    await store.efforts.hint(opened.id, ada.id, 0)
    await store.rounds.swap_content(opened.id, "weigh", "a typo less")
    assert await store.efforts.hints(opened.id, ada.id) == [0]
    await store.rounds.swap_content(opened.id, "plan", "{}")
    assert await store.efforts.hints(opened.id, ada.id) == []


async def test_rounds_that_are_over_are_settled_once(store: Store, guild: Community, clock: SetClock) -> None:
    first, second, _ = [await open_week(store, guild, week) for week in range(3)]
    assert await store.rounds.to_wind_up(first.closes - timedelta(microseconds=1), 9) == []
    assert await store.rounds.to_wind_up(second.closes, 9) == [first, second]
    assert await store.rounds.to_wind_up(second.closes, 1) == [first]
    assert [await store.rounds.wind_up(first.id) for _ in range(2)] == [True, False]
    assert await store.during("c1").rounds.wind_up(second.id) is True
    clock.forward(WEEK)
    assert await store.during("c1").rounds.wind_up(second.id) is True, "the same delivery is told the same"
    assert await store.rounds.wind_up(404) is False
    assert await store.rounds.to_wind_up(second.closes, 9) == []
    found = await store.rounds.find(second.id)
    assert found is not None
    assert found.wound_up == clock.now() - WEEK


async def test_the_secret_is_the_same_for_ever(reopen: Reopen, clock: SetClock, path: Path) -> None:
    store = await reopen()
    other = await open_sqlite(path, clock)  # another program, at the same time
    try:
        found = await asyncio.gather(*(each.rounds.secret() for each in (store, other) * 10))
    finally:
        await other.close()
    assert len(set(found)) == 1
    assert len(found[0]) == 32
    assert await (await reopen()).rounds.secret() == found[0]


async def test_each_database_has_a_secret_of_its_own(store: Store, clock: SetClock, tmp_path: Path) -> None:
    other = await open_sqlite(tmp_path / "other.db", clock)
    theirs = await other.rounds.secret()
    await other.close()
    assert theirs != await store.rounds.secret()


async def test_the_secret_is_in_no_step_of_a_call(store: Store, path: Path) -> None:
    found = await store.during("c1").rounds.secret()
    assert await store.during("c1").rounds.secret() == found == await store.rounds.secret()
    connection = connect(str(path), busy_seconds=1)
    assert connection.execute("SELECT result FROM call_steps").fetchall() == [("null",)]
    connection.close()
