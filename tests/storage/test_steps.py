from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from bot.models import Activity, Community, Handle, Person, Preferences, Slot
from bot.ports import Store
from tests.storage.conftest import ADA, Reopen, SetClock

BO = Handle("discord", "", "2")


async def test_a_write_of_a_call_happens_once_across_restarts(reopen: Reopen, clock: SetClock) -> None:
    until = clock.now() + timedelta(days=1)
    first = await (await reopen()).during("c1").stash.put("x", until=until)
    assert await (await reopen()).during("c1").stash.put("x", until=until) == first
    assert await (await reopen()).during("c2").stash.put("x", until=until) != first


async def test_a_second_delivery_goes_on_where_the_first_was_cut(store: Store, clock: SetClock) -> None:
    until = clock.now() + timedelta(days=1)
    cut = store.during("c1")
    first = await cut.stash.put("one", until=until)
    again = store.during("c1")
    assert await again.stash.put("one", until=until) == first
    second = await again.stash.put("two", until=until)
    assert second != first
    assert [await store.stash.get(key) for key in (first, second)] == ["one", "two"]


async def test_different_methods_may_come_in_any_order(store: Store, ada: Person, clock: SetClock) -> None:
    until = clock.now() + timedelta(days=1)
    view = store.during("c1")
    key = await view.stash.put("x", until=until)
    await view.people.prefer(ada.id, Preferences(zone="UTC"))
    again = store.during("c1")
    await again.people.prefer(ada.id, Preferences(zone="Asia/Tokyo"))
    assert await again.stash.put("x", until=until) == key
    found = await store.people.find(ADA)
    assert found is not None
    assert found.preferences.zone == "UTC", "it was told once"


async def test_the_result_is_the_first_one(store: Store, ada: Person, guild: Community, clock: SetClock) -> None:
    fact = Activity(ada.id, guild.id, "tip", "t", clock.now(), "UTC", date(2026, 3, 1), "k")
    assert await store.during("c1").activities.record(fact) is True
    assert await store.activities.record(fact) is False
    assert await store.during("c1").activities.record(fact) is True


async def test_rows_come_back_as_the_same_values(store: Store, guild: Community, clock: SetClock) -> None:
    await store.posts.plan(Slot(guild.id, "job", clock.now()))
    lease = timedelta(minutes=1)
    claimed = await store.during("c1").posts.claim("w", "discord", lease=lease, limit=5)
    assert len(claimed) == 1
    assert await store.during("c1").posts.claim("w", "discord", lease=lease, limit=5) == claimed


async def test_people_who_are_known_by_now_do_not_shift_the_steps(store: Store) -> None:
    first = store.during("c1")
    ada = await first.people.enter(ADA, "Ada")  # and here the first delivery was cut
    again = store.during("c1")
    assert await again.people.enter(ADA, "Ada") == ada
    bo = await again.people.enter(BO, "Bo")
    assert (bo.name, await store.people.find(BO)) == ("Bo", bo)


async def test_a_step_that_failed_is_tried_again(store: Store, ada: Person, clock: SetClock) -> None:
    fact = Activity(404, None, "tip", "t", clock.now(), "UTC", date(2026, 3, 1), "k")
    with pytest.raises(LookupError):
        await store.during("c1").activities.record(fact)
    right = Activity(ada.id, None, "tip", "t", clock.now(), "UTC", date(2026, 3, 1), "k")
    assert await store.during("c1").activities.record(right) is True


async def test_two_deliveries_at_once_write_once(store: Store, clock: SetClock) -> None:
    until = clock.now() + timedelta(days=1)
    keys = await asyncio.gather(*(store.during("c1").stash.put("x", until=until) for _ in range(20)))
    assert len(set(keys)) == 1


async def test_a_view_knows_whether_it_wrote(store: Store, clock: SetClock) -> None:
    views = [store.during(call_id) for call_id in ("reads", "writes", "reads again")]
    await views[0].people.find(ADA)
    await views[1].people.enter(ADA, "Ada")
    await views[2].people.find(ADA)
    assert [view.wrote for view in views] == [False, True, False]
