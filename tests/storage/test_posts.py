"""Posts: claimed by one at a time, begun before they are sent, ended once, and never forgotten by a wrong clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.models import Community, PostState, Slot
from bot.models.posting import CATCH_UP, Ending, News, Post, Why
from bot.ports import Store
from storage.posts import LONGEST_LEASE, LONGEST_WAIT
from tests.storage.conftest import SetClock

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEASE, DOUBT = 2 * MINUTE, 5 * MINUTE


@pytest.fixture
async def slot(store: Store, guild: Community, clock: SetClock) -> Slot:
    slot = Slot(guild.id, "challenge", clock.now())
    assert await store.posts.plan(slot) is True
    return slot


async def claim(store: Store, worker: str = "w1", lease: timedelta = LEASE, limit: int = 10) -> Sequence[Post]:
    return await store.posts.claim(worker, "discord", lease=lease, limit=limit)


async def recover(store: Store) -> int:
    return await store.posts.recover("discord", doubt=DOUBT)


async def kept(store: Store, slot: Slot) -> Post:
    found = await store.posts.find(slot)
    assert found is not None
    return found


async def test_a_slot_is_planned_once(store: Store, slot: Slot) -> None:
    assert await store.posts.plan(slot) is False
    found = await kept(store, slot)
    assert found == Post(found.id, slot, "discord", PostState.PENDING, slot.due + CATCH_UP, slot.due)


async def test_a_slot_nobody_planned_is_unknown(store: Store, slot: Slot) -> None:
    assert await store.posts.find(replace(slot, job="other")) is None


async def test_a_claim_takes_what_is_due_in_order_and_up_to_its_limit(
    store: Store, slot: Slot, clock: SetClock
) -> None:
    for number in (2, 1):
        await store.posts.plan(replace(slot, job=f"job{number}", due=slot.due - number * HOUR))
    await store.posts.plan(replace(slot, due=slot.due + HOUR))
    first = await claim(store, limit=2)
    assert [post.slot.due for post in first] == [slot.due - 2 * HOUR, slot.due - HOUR]
    assert [post.slot for post in await claim(store)] == [slot]
    assert await claim(store) == []
    clock.forward(HOUR + MINUTE)
    assert len(await claim(store)) == 1


async def test_a_claim_is_for_one_platform(store: Store, slot: Slot) -> None:
    assert await store.posts.claim("w1", "slack", lease=LEASE, limit=10) == []


async def test_communities_take_turns(store: Store, slot: Slot, guild: Community) -> None:
    other = await store.communities.enter(replace(guild.place, key="901"), "Another")
    for number in range(3):
        await store.posts.plan(replace(slot, job=f"more{number}"))
    await store.posts.plan(replace(slot, community_id=other.id))
    assert {post.slot.community_id for post in await claim(store, limit=2)} == {guild.id, other.id}


async def test_a_claimed_post_is_nobody_elses_until_its_lease_ends(store: Store, slot: Slot, clock: SetClock) -> None:
    (mine,) = await claim(store, "w1")
    assert (mine.state, mine.fence) == (PostState.PENDING, 1)
    clock.forward(LEASE - timedelta(seconds=1))
    assert (await recover(store), await claim(store, "w2")) == (0, [])
    clock.forward(timedelta(seconds=1))
    assert await recover(store) == 1
    (theirs,) = await claim(store, "w2")
    assert (theirs.id, theirs.fence) == (mine.id, 3)


async def test_what_may_have_been_sent_waits_until_it_must_have_arrived(
    store: Store, slot: Slot, clock: SetClock
) -> None:
    (mine,) = await claim(store)
    assert await store.posts.begin(mine, lease=LEASE)
    clock.forward(LEASE)
    assert (await recover(store), await claim(store, "w2")) == (1, [])
    clock.forward(DOUBT)
    (theirs,) = await claim(store, "w2")
    assert (theirs.state, theirs.began) == (PostState.SENDING, slot.due)


async def test_who_comes_back_too_late_begins_and_ends_nothing(store: Store, slot: Slot, clock: SetClock) -> None:
    (mine,) = await claim(store, "w1")
    clock.forward(LEASE)
    await recover(store)
    assert await store.posts.begin(mine, lease=LEASE) is False
    (theirs,) = await claim(store, "w2")
    assert await store.posts.begin(mine, lease=LEASE) is False
    assert await store.posts.end(mine, Ending(PostState.MISSED, why=Why.REFUSED)) is False
    assert await store.posts.begin(theirs, lease=LEASE) is True


async def test_what_was_sent_is_sent_whoever_says_so(store: Store, slot: Slot, clock: SetClock) -> None:
    (mine,) = await claim(store, "w1")
    await store.posts.begin(mine, lease=LEASE)
    clock.forward(LEASE)
    await recover(store)
    assert await store.posts.confirm(mine, "m1") is True
    assert await store.posts.confirm(mine, "m2") is False
    found = await kept(store, slot)
    assert (found.state, found.message, found.ended) == (PostState.SENT, "m1", clock.now())
    clock.forward(DAY)
    assert (await recover(store), await claim(store, "w2")) == (0, [])


@pytest.mark.parametrize("state", [PostState.UNKNOWN, PostState.MISSED])
async def test_what_is_over_is_not_claimed_again(store: Store, slot: Slot, clock: SetClock, state: PostState) -> None:
    (mine,) = await claim(store)
    assert await store.posts.end(mine, Ending(state)) is True
    assert await store.posts.end(mine, Ending(state)) is False
    clock.forward(DAY)
    assert (await recover(store), await claim(store)) == (0, [])


async def test_what_was_put_off_comes_again_in_its_turn(store: Store, slot: Slot, clock: SetClock) -> None:
    (mine,) = await claim(store)
    assert await store.posts.end(mine, Ending(PostState.PENDING, turn=clock.now() + HOUR))
    assert await claim(store) == []
    clock.forward(HOUR)
    assert [(post.tries, post.state) for post in await claim(store, "w2")] == [(1, PostState.PENDING)]


@pytest.mark.parametrize(
    "ending", [Ending(PostState.SENT), Ending(PostState.PENDING), Ending(PostState.SENDING), Ending(PostState.UNKNOWN)]
)
async def test_an_end_that_makes_no_sense_is_refused(store: Store, slot: Slot, ending: Ending) -> None:
    (mine,) = await claim(store)
    wrong = replace(ending, turn=slot.due) if ending.state is PostState.UNKNOWN else ending
    with pytest.raises(ValueError, match="A post"):
        await store.posts.end(mine, wrong)


async def test_no_lease_is_longer_than_the_longest(store: Store, slot: Slot, clock: SetClock) -> None:
    assert await claim(store, lease=30 * DAY)
    clock.forward(LONGEST_LEASE)
    assert await recover(store) == 1


async def test_a_lease_stamped_by_a_fast_clock_blocks_nobody(store: Store, slot: Slot, clock: SetClock) -> None:
    clock.forward(DAY)
    assert await claim(store, "fast")
    clock.forward(-DAY)
    assert await recover(store) == 1
    assert await claim(store, "w2")


async def test_what_a_fast_clock_put_off_too_far_is_taken_up(store: Store, slot: Slot, clock: SetClock) -> None:
    (mine,) = await claim(store)
    await store.posts.end(mine, Ending(PostState.PENDING, turn=clock.now() + LONGEST_WAIT + MINUTE))
    assert await recover(store) == 1
    assert await claim(store, "w2")


async def test_what_a_fast_clock_wrote_off_is_taken_up(store: Store, slot: Slot, clock: SetClock) -> None:
    (mine,) = await claim(store)
    await store.posts.end(mine, Ending(PostState.MISSED, why=Why.LATE, news=News.MISSED))
    assert await recover(store) == 1
    (found,) = await claim(store, "w2")
    assert (found.state, found.why, found.news) == (PostState.PENDING, None, None)


async def test_a_post_of_nobody_is_refused(store: Store, slot: Slot) -> None:
    with pytest.raises(LookupError):
        await store.posts.plan(replace(slot, community_id=404))


async def unsure(store: Store) -> Post:
    (mine,) = await claim(store)
    await store.posts.begin(mine, lease=LEASE)
    await store.posts.end(mine, Ending(PostState.UNKNOWN, news=News.UNSURE))
    return mine


async def test_an_organiser_says_that_it_is_there(store: Store, slot: Slot, clock: SetClock) -> None:
    post = await unsure(store)
    assert await store.posts.is_there(post.id) is True
    assert (await kept(store, slot)).state is PostState.SENT
    assert await store.posts.is_there(post.id) is False
    assert await store.posts.again(post.id, clock.now() + DAY) is False


async def test_an_organiser_has_it_posted_again(store: Store, slot: Slot, clock: SetClock) -> None:
    post = await unsure(store)
    assert await store.posts.again(post.id, clock.now() + 3 * DAY) is True
    assert await store.posts.again(post.id, clock.now() + DAY) is False, "a second press posts nothing more"
    (again,) = await claim(store)
    assert (again.id, again.state, again.until) == (post.id, PostState.PENDING, clock.now() + 3 * DAY)


async def test_a_second_try_never_shortens_the_time_that_there_was(store: Store, slot: Slot, clock: SetClock) -> None:
    post = await unsure(store)
    clock.forward(-20 * DAY)
    assert await store.posts.again(post.id, clock.now() + 2 * DAY) is True
    assert (await kept(store, slot)).until == slot.due + CATCH_UP, "the clock had run ahead"


async def test_news_is_told_once(store: Store, slot: Slot, clock: SetClock) -> None:
    await unsure(store)
    (taken,) = await store.posts.take_news(10, lease=LEASE)
    assert taken.news is News.UNSURE
    assert await store.posts.take_news(10, lease=LEASE) == []
    clock.forward(LEASE)
    assert await store.posts.take_news(10, lease=LEASE) == [taken], "whoever took it never said that it was told"
    await store.posts.told(taken)
    clock.forward(LEASE)
    assert await store.posts.take_news(10, lease=LEASE) == []


async def test_the_log_begins_with_the_latest(store: Store, slot: Slot) -> None:
    for number in range(1, 4):
        await store.posts.plan(replace(slot, due=slot.due - number * DAY))
    assert [post.slot.due for post in await store.posts.log(slot.community_id, 2)] == [slot.due, slot.due - DAY]
