from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.models import CheckIn, Person
from bot.ports import Store
from tests.storage.conftest import BO

DAY = date(2026, 3, 1)


@pytest.fixture
async def written(store: Store, ada: Person) -> list[CheckIn]:
    """Three days' texts, the newest first."""
    for number in (1, 2, 0):
        await store.check_ins.write(ada.id, DAY + timedelta(days=number), f"day {number}")
    return list(await store.check_ins.of(ada.id))


async def test_texts_come_back_the_newest_day_first(store: Store, ada: Person, written: list[CheckIn]) -> None:
    assert [each.text for each in written] == ["day 2", "day 1", "day 0"]
    assert await store.check_ins.of(ada.id, offset=1, limit=1) == written[1:2]
    assert await store.check_ins.count(ada.id) == 3


async def test_a_later_text_of_a_day_takes_the_place_of_the_earlier(store: Store, ada: Person) -> None:
    await store.check_ins.write(ada.id, DAY, "first")
    await store.check_ins.write(ada.id, DAY, "second")
    assert [each.text for each in await store.check_ins.of(ada.id)] == ["second"]


async def test_a_text_is_its_members_alone(store: Store, ada: Person, written: list[CheckIn]) -> None:
    bo = await store.people.enter(BO, "Bo")
    first = written[0]
    assert await store.check_ins.find(ada.id, first.id) == first
    assert await store.check_ins.find(bo.id, first.id) is None
    assert await store.check_ins.erase(bo.id, first.id) is False
    assert await store.check_ins.of(bo.id) == []


async def test_an_erased_text_is_gone(store: Store, ada: Person, written: list[CheckIn]) -> None:
    assert await store.check_ins.erase(ada.id, written[0].id) is True
    assert await store.check_ins.erase(ada.id, written[0].id) is False
    assert await store.check_ins.of(ada.id) == written[1:]


async def test_a_text_of_nobody_is_refused(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.check_ins.write(404, DAY, "hello")
