"""Schedules: looked at when their moment comes, changed without losing or repeating anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.models import Community, PostState, Slot
from bot.models.posting import Ending, News, Planned, Rule, Schedule, Why
from bot.ports import Store
from tests.storage.conftest import SetClock

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
LEASE = timedelta(minutes=2)


@pytest.fixture
async def schedule(store: Store, guild: Community, clock: SetClock) -> Schedule:
    rule = Rule(time(9, 30), "Europe/Berlin", 6)
    await store.posts.arrange(Schedule(guild.id, "challenge", rule, since=clock.now(), next=clock.now() + HOUR))
    (kept,) = await store.posts.arranged(guild.id)
    return kept


def planned(schedule: Schedule, why: Why | None = None) -> Planned:
    return Planned(Slot(schedule.community_id, schedule.job, schedule.next), schedule.next + 2 * DAY, why)


async def lay_out(store: Store, schedule: Schedule, why: Why | None = None) -> bool:
    return await store.posts.lay_out(schedule, [planned(schedule, why)], schedule.next + WEEK)


async def stuck(store: Store, trouble: str = "gone") -> None:
    """Let the job's post fail for a reason that only somebody can change."""
    (post,) = await store.posts.claim("w", "discord", lease=LEASE, limit=1)
    await store.posts.end(post, Ending(PostState.PENDING, turn=post.turn, trouble=trouble))


async def test_what_was_arranged_is_kept(store: Store, schedule: Schedule, clock: SetClock) -> None:
    rule = Rule(time(9, 30), "Europe/Berlin", 6)
    assert schedule == Schedule(
        schedule.community_id, "challenge", rule, since=clock.now(), next=clock.now() + HOUR, revision=1
    )


async def test_a_schedule_is_ripe_when_its_moment_has_come(store: Store, schedule: Schedule, clock: SetClock) -> None:
    assert await store.posts.ripe(10) == []
    clock.forward(HOUR)
    assert await store.posts.ripe(10) == [schedule]
    assert await lay_out(store, schedule)
    assert await store.posts.ripe(10) == []
    (after,) = await store.posts.arranged(schedule.community_id)
    assert (after.last, after.next) == (schedule.next, schedule.next + WEEK)


async def test_what_was_looked_at_by_a_fast_clock_is_looked_at_again(
    store: Store, schedule: Schedule, clock: SetClock
) -> None:
    clock.forward(HOUR)
    assert await lay_out(store, schedule)
    clock.forward(-2 * HOUR)
    (again,) = await store.posts.ripe(10)
    assert again.last == schedule.next, "the slot is known, so it is not planned a second time"


async def test_who_saw_an_older_rule_lays_nothing_out(store: Store, schedule: Schedule) -> None:
    assert await store.posts.pause(schedule.community_id, schedule.job, paused=True)
    assert await lay_out(store, schedule) is False
    assert await store.posts.find(planned(schedule).slot) is None


async def test_a_new_rule_forgets_what_lies_ahead_and_the_trouble(
    store: Store, schedule: Schedule, clock: SetClock
) -> None:
    clock.forward(HOUR)
    await lay_out(store, schedule)
    await stuck(store)
    clock.forward(-2 * HOUR)
    await store.posts.arrange(replace(schedule, next=schedule.next + DAY))
    (changed,) = await store.posts.arranged(schedule.community_id)
    assert (changed.trouble, changed.last, changed.revision) == ("", None, 3)
    assert await store.posts.log(schedule.community_id, 10) == []


async def test_a_job_that_is_stuck_says_so_once(store: Store, schedule: Schedule, clock: SetClock) -> None:
    clock.forward(HOUR)
    await lay_out(store, schedule)
    for _ in range(2):
        await stuck(store)
    (news,) = await store.posts.take_news(10, lease=LEASE)
    assert (news.news, news.trouble) == (News.STUCK, "gone")
    await store.posts.told(news)
    await stuck(store)
    assert await store.posts.take_news(10, lease=LEASE) == []
    await stuck(store, "forbidden")
    assert [post.trouble for post in await store.posts.take_news(10, lease=LEASE)] == ["forbidden"]


async def test_a_job_goes_on_when_a_post_goes_out(store: Store, schedule: Schedule, clock: SetClock) -> None:
    clock.forward(HOUR)
    await lay_out(store, schedule)
    await stuck(store)
    (post,) = await store.posts.claim("w", "discord", lease=LEASE, limit=1)
    await store.posts.begin(post, lease=LEASE)
    await store.posts.confirm(post, "m1")
    (after,) = await store.posts.arranged(schedule.community_id)
    assert after.trouble == ""
    assert await store.posts.take_news(10, lease=LEASE) == []


async def test_of_what_was_missed_an_organiser_hears(store: Store, schedule: Schedule, clock: SetClock) -> None:
    await lay_out(store, schedule, Why.LATE)
    (news,) = await store.posts.take_news(10, lease=LEASE)
    assert (news.state, news.why, news.news) == (PostState.MISSED, Why.LATE, News.MISSED)


async def test_of_what_was_paused_nobody_hears(store: Store, schedule: Schedule) -> None:
    await lay_out(store, schedule, Why.PAUSED)
    assert await store.posts.take_news(10, lease=LEASE) == []


async def test_a_cancelled_job_leaves_out_what_it_has_not_begun(
    store: Store, schedule: Schedule, clock: SetClock
) -> None:
    clock.forward(HOUR)
    await lay_out(store, schedule)
    (post,) = await store.posts.claim("w", "discord", lease=LEASE, limit=1)
    assert await store.posts.cancel(schedule.community_id, schedule.job) is True
    assert await store.posts.cancel(schedule.community_id, schedule.job) is False
    assert await store.posts.begin(post, lease=LEASE) is False, "whoever had claimed it posts nothing"
    (left,) = await store.posts.log(schedule.community_id, 10)
    assert (left.state, left.why) == (PostState.MISSED, Why.SKIPPED)
