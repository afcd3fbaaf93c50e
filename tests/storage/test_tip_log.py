from __future__ import annotations

from datetime import date

import pytest

from bot.models import Handle, Person, ShownTip
from bot.ports import Store

FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)


async def test_tips_come_by_day_and_within_a_day_as_they_were_shown(store: Store, ada: Person) -> None:
    shown = [("b", SATURDAY), ("z", FRIDAY), ("a", SATURDAY)]
    for tip, day in shown:
        await store.tips.show(ada.id, tip, day)
    assert list(await store.tips.of(ada.id)) == [
        ShownTip("z", FRIDAY),
        ShownTip("b", SATURDAY),
        ShownTip("a", SATURDAY),
    ]


async def test_a_tip_is_noted_once_a_day_and_again_on_another(store: Store, ada: Person) -> None:
    for day in (FRIDAY, FRIDAY, SATURDAY):
        await store.tips.show(ada.id, "a", day)
    assert list(await store.tips.of(ada.id)) == [ShownTip("a", FRIDAY), ShownTip("a", SATURDAY)]


async def test_noting_it_again_does_not_move_it(store: Store, ada: Person) -> None:
    for tip in ("a", "b", "a"):
        await store.tips.show(ada.id, tip, FRIDAY)
    assert [shown.tip for shown in await store.tips.of(ada.id)] == ["a", "b"]


async def test_everybody_has_their_own_log(store: Store, ada: Person) -> None:
    bo = await store.people.enter(Handle("discord", "", "2"), "Bo")
    await store.tips.show(ada.id, "a", FRIDAY)
    await store.tips.show(bo.id, "a", SATURDAY)
    assert list(await store.tips.of(bo.id)) == [ShownTip("a", SATURDAY)]


async def test_nobody_sees_nothing(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.tips.show(404, "a", FRIDAY)
    assert await store.tips.of(404) == []


async def test_a_second_delivery_notes_nothing_new(store: Store, ada: Person) -> None:
    await store.during("c1").tips.show(ada.id, "a", FRIDAY)
    await store.during("c1").tips.show(ada.id, "b", FRIDAY)
    assert [shown.tip for shown in await store.tips.of(ada.id)] == ["a"]


async def test_a_tip_that_any_delivery_would_choose_is_no_step_of_a_call(store: Store, ada: Person) -> None:
    call = store.during("c1")
    await call.tips.choose(ada.id, "a", FRIDAY)
    await store.during("c1").tips.choose(ada.id, "b", FRIDAY)
    assert [shown.tip for shown in await store.tips.of(ada.id)] == ["a", "b"]
    assert not call.wrote, "its answer can be found anew"
