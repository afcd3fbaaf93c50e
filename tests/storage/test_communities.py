from __future__ import annotations

import pytest

from bot.models import Community, Place
from bot.ports import Store
from tests.storage.conftest import GUILD


async def test_a_place_nobody_entered_is_unknown(store: Store) -> None:
    assert await store.communities.find(GUILD) is None


async def test_entering_twice_gives_the_same_community(store: Store) -> None:
    first = await store.communities.enter(GUILD, "Guild")
    assert await store.communities.enter(GUILD, "Guild") == first == await store.communities.find(GUILD)
    assert first == Community(first.id, GUILD, "Guild", None)
    assert await store.communities.named(first.id) == first
    assert await store.communities.named(first.id + 1) is None


async def test_a_new_name_is_kept(store: Store, guild: Community) -> None:
    renamed = await store.communities.enter(GUILD, "The Guild")
    assert (renamed.id, renamed.name) == (guild.id, "The Guild")


async def test_the_same_key_on_another_platform_is_another_place(store: Store, guild: Community) -> None:
    assert (await store.communities.enter(Place("slack", GUILD.key), "Guild")).id != guild.id


async def test_a_zone_is_kept_and_taken_back(store: Store, guild: Community) -> None:
    for zone in ("Europe/Paris", None):
        await store.communities.set_zone(guild.id, zone)
        found = await store.communities.find(GUILD)
        assert found is not None
        assert found.zone == zone


async def test_the_zone_of_nobody_is_refused(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.communities.set_zone(404, "UTC")
