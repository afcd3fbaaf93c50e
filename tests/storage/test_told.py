from __future__ import annotations

import pytest

from bot.models import Person
from bot.ports import Store
from tests.storage.conftest import BO


async def test_each_thing_is_told_once(store: Store, ada: Person) -> None:
    assert await store.told.tell(ada.id, ["b", "a", "b"]) == ["b", "a"]
    assert await store.told.tell(ada.id, ["a", "c"]) == ["c"]
    assert await store.told.tell(ada.id, []) == []
    assert set(await store.told.of(ada.id)) == {"a", "b", "c"}


async def test_each_member_is_told(store: Store, ada: Person) -> None:
    bo = await store.people.enter(BO, "Bo")
    await store.told.tell(ada.id, ["a"])
    assert set(await store.told.of(bo.id)) == set()
    assert await store.told.tell(bo.id, ["a"]) == ["a"]


async def test_a_second_delivery_is_told_the_same(store: Store, ada: Person) -> None:
    assert await store.during("c1").told.tell(ada.id, ["a"]) == ["a"]
    assert await store.during("c1").told.tell(ada.id, ["a"]) == ["a"]
    assert await store.during("c2").told.tell(ada.id, ["a"]) == []


async def test_nobody_is_told_nothing(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.told.tell(404, ["a"])
