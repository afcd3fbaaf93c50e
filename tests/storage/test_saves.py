from __future__ import annotations

from datetime import timedelta

import pytest

from bot.models import Handle, Person, Saved
from bot.ports import Store
from tests.storage.conftest import SetClock

BO = Handle("discord", "", "2")


async def test_what_is_kept_comes_newest_first(store: Store, ada: Person, clock: SetClock) -> None:
    first = clock.now()
    assert await store.saves.keep(ada.id, "tip", "ask-early") is True
    assert await store.saves.keep(ada.id, "faq", "need-a-phd") is True
    clock.forward(timedelta(hours=1))
    assert await store.saves.keep(ada.id, "resource", "a-book") is True
    assert list(await store.saves.of(ada.id)) == [
        Saved("resource", "a-book", clock.now()),
        Saved("faq", "need-a-phd", first),
        Saved("tip", "ask-early", first),
    ]


async def test_an_entry_is_kept_once_and_since_the_first_time(store: Store, ada: Person, clock: SetClock) -> None:
    first = clock.now()
    await store.saves.keep(ada.id, "tip", "small-steps")
    clock.forward(timedelta(hours=1))
    assert await store.saves.keep(ada.id, "tip", "small-steps") is False
    assert list(await store.saves.of(ada.id)) == [Saved("tip", "small-steps", first)]


async def test_what_is_dropped_can_be_kept_again(store: Store, ada: Person) -> None:
    await store.saves.keep(ada.id, "tip", "small-steps")
    assert await store.saves.drop(ada.id, "small-steps") is True
    assert await store.saves.drop(ada.id, "small-steps") is False
    assert await store.saves.of(ada.id) == []
    assert await store.saves.keep(ada.id, "tip", "small-steps") is True


async def test_everybody_keeps_for_themselves(store: Store, ada: Person) -> None:
    bo = await store.people.enter(BO, "Bo")
    for person in (ada, bo):
        assert await store.saves.keep(person.id, "tip", "small-steps") is True
    await store.saves.drop(bo.id, "small-steps")
    assert [saved.entry for saved in await store.saves.of(ada.id)] == ["small-steps"]


async def test_nobody_keeps_nothing(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.saves.keep(404, "tip", "small-steps")
    assert await store.saves.of(404) == []


async def test_a_call_keeps_and_drops_once(store: Store, ada: Person) -> None:
    for _ in range(2):
        view = store.during("c1")
        assert await view.saves.keep(ada.id, "tip", "small-steps") is True
        assert await view.saves.drop(ada.id, "small-steps") is True
    await store.saves.keep(ada.id, "tip", "small-steps")
    assert await store.during("c1").saves.drop(ada.id, "small-steps") is True
    assert len(await store.saves.of(ada.id)) == 1, "that call had dropped it before"
