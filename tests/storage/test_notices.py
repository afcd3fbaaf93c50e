from __future__ import annotations

import asyncio

import pytest

from bot.models import Handle, Person
from bot.ports import Store


@pytest.fixture
async def bo(store: Store) -> Person:
    return await store.people.enter(Handle("discord", "", "2"), "Bo")


async def test_words_wait_until_they_are_taken_oldest_first(store: Store, ada: Person, bo: Person) -> None:
    for person, text in ((ada, "one"), (bo, "for Bo"), (ada, "two")):
        await store.notices.leave(person.id, text)
    assert list(await store.notices.waiting()) == [ada.id, bo.id]
    taken = await store.notices.take(ada.id)
    assert [(notice.person_id, notice.text) for notice in taken] == [(ada.id, "one"), (ada.id, "two")]
    assert await store.notices.take(ada.id) == []
    assert list(await store.notices.waiting()) == [bo.id]


async def test_nothing_waits_for_nobody(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.notices.leave(404, "hello")
    assert await store.notices.waiting() == []
    assert await store.notices.take(404) == []


async def test_a_second_delivery_takes_the_same_and_leaves_what_came_since(store: Store, ada: Person) -> None:
    await store.notices.leave(ada.id, "one")
    taken = await store.during("c1").notices.take(ada.id)
    await store.notices.leave(ada.id, "two")
    assert await store.during("c1").notices.take(ada.id) == taken
    assert [notice.text for notice in taken] == ["one"]
    assert [notice.text for notice in await store.during("c2").notices.take(ada.id)] == ["two"]


async def test_two_who_take_at_once_do_not_both_get_it(store: Store, ada: Person) -> None:
    await store.notices.leave(ada.id, "one")
    taken = await asyncio.gather(*(store.notices.take(ada.id) for _ in range(5)))
    assert sorted(len(notices) for notices in taken) == [0, 0, 0, 0, 1]


async def test_a_call_leaves_a_word_once(store: Store, ada: Person) -> None:
    for _ in range(2):
        await store.during("c1").notices.leave(ada.id, "one")
    assert len(await store.notices.take(ada.id)) == 1


async def test_ids_are_not_given_again(store: Store, ada: Person) -> None:
    await store.notices.leave(ada.id, "one")
    (first,) = await store.notices.take(ada.id)
    await store.notices.leave(ada.id, "two")
    (second,) = await store.notices.take(ada.id)
    assert second.id > first.id
