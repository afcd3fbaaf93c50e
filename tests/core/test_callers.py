"""Who calls is looked up once, and never remembered as they were before a change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.callers import KEPT_SECONDS, Callers
from bot.core.calls import Speaker
from bot.models import Handle, Person, Place
from bot.ports import Store
from storage import open_store
from storage.people import SqlitePeople
from tests.clock import ManualClock

ADA = Speaker(Handle("fake", "", "ada"), "ada", Place("fake", "lab"), "The Lab")


@pytest.fixture
async def store(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'callers.db'}", clock)
    yield opened
    await opened.close()


async def test_a_stranger_is_nobody_until_they_are_remembered(store: Store, clock: ManualClock) -> None:
    callers = Callers(store, clock)
    assert await callers.person(ADA.handle) is None
    person = await callers.enter(store, ADA)
    assert await callers.person(ADA.handle) == person
    assert await callers.community(ADA.place) is None
    community = await callers.settle(store, ADA)
    assert community is not None
    assert community.name == "The Lab"
    assert await callers.community(ADA.place) == community
    assert await callers.community(None) is None


async def test_what_another_process_changed_is_seen_after_a_moment(store: Store, clock: ManualClock) -> None:
    callers = Callers(store, clock)
    assert await callers.person(ADA.handle) is None
    person = await store.people.enter(ADA.handle, "ada")
    assert await callers.person(ADA.handle) is None
    clock.advance(seconds=KEPT_SECONDS + 1)
    assert await callers.person(ADA.handle) == person


async def test_a_look_up_that_began_before_a_change_is_not_kept(
    store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    callers, find = Callers(store, clock), SqlitePeople.find
    seen, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(self: SqlitePeople, handle: Handle) -> Person | None:
        found = await find(self, handle)
        seen.set()
        await go_on.wait()
        return found

    monkeypatch.setattr(SqlitePeople, "find", slowly)
    early = asyncio.create_task(callers.person(ADA.handle))
    await seen.wait()
    monkeypatch.setattr(SqlitePeople, "find", find)
    person = await callers.enter(store, ADA)
    go_on.set()
    assert await early is None
    assert await callers.person(ADA.handle) == person
