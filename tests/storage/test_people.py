from __future__ import annotations

import asyncio
from datetime import time

import pytest

from bot.models import Handle, Person, Preferences, QuietHours
from bot.ports import Store
from tests.storage.conftest import ADA, BO


async def test_a_handle_nobody_wrote_from_is_unknown(store: Store) -> None:
    assert await store.people.find(ADA) is None


async def test_a_person_begins_with_nothing_told(store: Store, ada: Person) -> None:
    assert await store.people.find(ADA) == ada == Person(ada.id, "Ada", Preferences())


async def test_many_first_messages_at_once_make_one_person(store: Store) -> None:
    people = await asyncio.gather(*(store.people.enter(ADA, "Ada") for _ in range(20)))
    assert len({person.id for person in people}) == 1


async def test_a_new_name_is_kept(store: Store, ada: Person) -> None:
    await store.people.prefer(ada.id, Preferences("Europe/Rome", zone_asked=True, level="expert"))
    for _ in range(2):
        entered = await store.people.enter(ADA, "Ada L.")
        assert (entered.id, entered.name) == (ada.id, "Ada L.")
        assert await store.people.find(ADA) == entered


async def test_the_same_user_id_in_another_realm_is_somebody_else(store: Store) -> None:
    here = await store.people.enter(Handle("slack", "T1", "U1"), "Ada")
    there = await store.people.enter(Handle("slack", "T2", "U1"), "Bo")
    assert here.id != there.id


async def test_one_person_may_have_many_handles(store: Store, ada: Person) -> None:
    slack = Handle("slack", "T1", "U1")
    await store.people.attach(ada.id, slack)
    assert await store.people.find(slack) == ada
    assert list(await store.people.handles(ada.id)) == [ADA, slack]


async def test_an_attached_handle_leaves_its_former_person(store: Store, ada: Person) -> None:
    slack = Handle("slack", "T1", "U1")
    other = await store.people.enter(slack, "Ada too")
    await store.people.attach(ada.id, slack)
    assert await store.people.find(slack) == ada
    assert await store.people.handles(other.id) == []


async def test_a_handle_cannot_mean_nobody(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.people.attach(404, ADA)


@pytest.mark.parametrize(
    "told",
    [
        Preferences("Asia/Kolkata", True, QuietHours(time(22, 30), time(7)), "advanced"),
        Preferences(zone_asked=True),
        Preferences(),
    ],
)
async def test_preferences_come_back_as_they_were_told(store: Store, ada: Person, told: Preferences) -> None:
    await store.people.prefer(ada.id, Preferences("UTC", True, QuietHours(time(1), time(2)), "beginner"))
    await store.people.prefer(ada.id, told)
    assert await store.people.find(ADA) == Person(ada.id, "Ada", told)


async def test_the_preferences_of_nobody_are_refused(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.people.prefer(404, Preferences())


async def test_a_person_is_found_by_their_number(store: Store, ada: Person) -> None:
    assert await store.people.named(ada.id) == ada
    assert await store.people.named(404) is None


async def test_an_attached_handle_is_no_joined_account(store: Store, ada: Person) -> None:
    await store.people.enter(BO, "Ada too")
    await store.people.attach(ada.id, BO)
    assert await store.people.find(BO) == ada
    assert await store.joins.part(BO) is None
