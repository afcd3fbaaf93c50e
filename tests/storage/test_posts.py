from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models import Community, Post, PostState, Slot
from bot.ports import Store
from storage.driver import connect
from storage.posts import CLAIM, LONGEST_LEASE
from tests.storage.conftest import SetClock

LEASE = timedelta(minutes=2)


@pytest.fixture
async def slot(store: Store, guild: Community, clock: SetClock) -> Slot:
    slot = Slot(guild.id, "challenge", clock.now())
    assert await store.posts.plan(slot) is True
    return slot


async def claim(store: Store, worker: str = "w1", lease: timedelta = LEASE) -> Sequence[Post]:
    return await store.posts.claim(worker, lease=lease, limit=10)


async def test_a_slot_is_planned_once(store: Store, slot: Slot) -> None:
    assert await store.posts.plan(slot) is False
    found = await store.posts.find(slot)
    assert found is not None
    assert found == Post(found.id, slot, PostState.PENDING, 0, None)


async def test_a_slot_nobody_planned_is_unknown(store: Store, slot: Slot) -> None:
    assert await store.posts.find(replace(slot, job="other")) is None


async def test_a_claim_takes_what_is_due_in_order_and_up_to_its_limit(
    store: Store, slot: Slot, clock: SetClock
) -> None:
    due = [slot.due - timedelta(hours=2), slot.due - timedelta(hours=1)]
    for moment in (due[1], due[0], slot.due + timedelta(seconds=1)):
        await store.posts.plan(replace(slot, due=moment))
    first = await store.posts.claim("w1", lease=LEASE, limit=2)
    assert [post.slot.due for post in first] == due
    assert [post.slot.due for post in await claim(store)] == [slot.due]
    assert await claim(store) == []
    clock.forward(timedelta(seconds=1))
    assert len(await claim(store)) == 1


async def test_a_claimed_post_is_nobody_elses_until_its_lease_ends(store: Store, slot: Slot, clock: SetClock) -> None:
    (mine,) = await claim(store, "w1")
    assert (mine.state, mine.fence) == (PostState.SENDING, 1)
    clock.forward(LEASE - timedelta(seconds=1))
    assert await claim(store, "w2") == []
    clock.forward(timedelta(seconds=1))
    (theirs,) = await claim(store, "w2")
    assert (theirs.id, theirs.fence) == (mine.id, 2)


async def test_only_the_last_claim_can_settle(store: Store, slot: Slot, clock: SetClock) -> None:
    (mine,) = await claim(store, "w1")
    clock.forward(LEASE)
    (theirs,) = await claim(store, "w2")
    assert await store.posts.settle(mine, PostState.SENT, "m1") is False
    assert await store.posts.settle(theirs, PostState.SENT, "m2") is True
    found = await store.posts.find(slot)
    assert found is not None
    assert (found.state, found.message) == (PostState.SENT, "m2")


@pytest.mark.parametrize("state", [PostState.SENT, PostState.UNKNOWN, PostState.MISSED])
async def test_a_settled_post_is_not_claimed_again(store: Store, slot: Slot, clock: SetClock, state: PostState) -> None:
    (mine,) = await claim(store)
    assert await store.posts.settle(mine, state) is True
    assert await store.posts.settle(mine, state) is True, "an answer that got lost may be asked for again"
    clock.forward(timedelta(days=1))
    assert await claim(store) == []


async def test_an_unknown_post_may_be_found_later_and_keeps_its_message(store: Store, slot: Slot) -> None:
    (mine,) = await claim(store)
    assert await store.posts.settle(mine, PostState.UNKNOWN, "m1")
    assert await store.posts.settle(mine, PostState.SENT)
    found = await store.posts.find(slot)
    assert found is not None
    assert (found.state, found.message) == (PostState.SENT, "m1")


async def test_a_post_can_be_given_back(store: Store, slot: Slot) -> None:
    (mine,) = await claim(store)
    assert await store.posts.settle(mine, PostState.PENDING)
    assert [post.fence for post in await claim(store, "w2")] == [2]


async def test_sending_is_no_way_to_end(store: Store, slot: Slot) -> None:
    (mine,) = await claim(store)
    with pytest.raises(ValueError, match="Sending"):
        await store.posts.settle(mine, PostState.SENDING)


async def test_no_lease_is_longer_than_the_longest(store: Store, slot: Slot, clock: SetClock) -> None:
    assert await claim(store, lease=timedelta(days=30))
    clock.forward(LONGEST_LEASE)
    assert await claim(store, "w2")


async def test_a_lease_stamped_by_a_fast_clock_blocks_nobody(store: Store, slot: Slot, clock: SetClock) -> None:
    clock.forward(timedelta(days=400))
    assert await claim(store, "fast")
    clock.forward(-timedelta(days=400))
    assert await claim(store, "w2")


async def test_a_post_of_nobody_is_refused(store: Store, slot: Slot) -> None:
    with pytest.raises(LookupError):
        await store.posts.plan(replace(slot, community_id=404))


async def test_a_claim_walks_over_the_open_posts_only(store: Store, path: Path) -> None:
    connection = connect(str(path), busy_seconds=1)
    plan = connection.execute(f"EXPLAIN QUERY PLAN {CLAIM}", ("w", "x", "x", "x", "x", 1)).fetchall()
    connection.close()
    assert any("posts_to_claim" in row[3] for row in plan), plan
