from __future__ import annotations

from datetime import timedelta

from bot.ports import Store
from tests.storage.conftest import ADA, BO, SetClock


async def test_a_value_stays_until_its_time_is_over(store: Store, clock: SetClock) -> None:
    key = await store.stash.put("ünïcode\n" * 1000, until=clock.now() + timedelta(hours=1))
    clock.forward(timedelta(minutes=59))
    assert await store.stash.get(key) == "ünïcode\n" * 1000
    clock.forward(timedelta(minutes=1))
    assert await store.stash.get(key) is None


async def test_a_key_is_short_and_fits_a_token(store: Store, clock: SetClock) -> None:
    key = await store.stash.put("x", until=clock.now() + timedelta(hours=1))
    assert len(key) <= 16
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


async def test_equal_values_have_their_own_keys(store: Store, clock: SetClock) -> None:
    until = clock.now() + timedelta(hours=1)
    assert await store.stash.put("x", until=until) != await store.stash.put("x", until=until)


async def test_an_unknown_key_has_no_value(store: Store) -> None:
    assert await store.stash.get("nothing") is None


async def test_a_value_goes_with_its_member_and_with_nobody_else(store: Store, clock: SetClock) -> None:
    until = clock.now() + timedelta(hours=1)
    hers = await store.during("c1", ADA).stash.put("hers", until=until)
    his = await store.during("c2", BO).stash.put("his", until=until)
    nobodys = await store.stash.put("nobody's", until=until)
    ada = await store.people.enter(ADA, "Ada")
    await store.people.forget(ada.id)
    assert [await store.stash.get(key) for key in (hers, his, nobodys)] == [None, "his", "nobody's"]
