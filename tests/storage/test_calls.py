from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.models import Handle
from bot.ports import Store
from storage.calls import ROWS_AT_ONCE
from storage.driver import connect
from storage.whose import text_of
from tests.storage.conftest import ADA, Reopen, SetClock, remember


async def test_the_first_answer_stays(store: Store) -> None:
    assert await store.calls.find("c1") is None
    await remember(store.calls, "c1", "hello")
    await remember(store.calls, "c1", "other")
    assert await store.calls.find("c1") == "hello"


async def test_an_answer_survives_a_restart(reopen: Reopen) -> None:
    await remember((await reopen()).calls, "c1", "hello")
    assert await (await reopen()).calls.find("c1") == "hello"


async def test_whose_an_answer_is_can_be_found_but_not_read(store: Store, path: Path) -> None:
    await remember(store.during("by its view", ADA).calls, "by its view", "x")
    await remember(store.calls, "nobody's", "x")
    connection = connect(str(path), busy_seconds=1)
    kept = dict(connection.execute("SELECT id, whose FROM calls").fetchall())
    connection.close()
    assert kept == {"by its view": text_of(ADA), "nobody's": None}


def test_handles_are_told_apart() -> None:
    alike = [Handle("a", "b", "c"), Handle("a", "", "bc"), Handle("ab", "", "c"), Handle("a", "b", "C")]
    assert len({text_of(handle) for handle in alike}) == len(alike)
    assert text_of(Handle("a", "b", "c")) == text_of(alike[0])
    assert text_of(Handle("a", "", "half \ud83d"))


async def test_recent_answers_are_listed_oldest_first(store: Store, clock: SetClock) -> None:
    await remember(store.calls, "old", "x")
    clock.forward(timedelta(minutes=5))
    since = clock.now()
    for call_id in ("b", "a"):
        await remember(store.calls, call_id, "x")
        clock.forward(timedelta(seconds=1))
    assert list(await store.calls.recent(since)) == ["b", "a"]


async def test_what_is_old_is_forgotten_and_the_rest_stays(store: Store, clock: SetClock) -> None:
    begin = clock.now()
    key = await store.during("old").stash.put("x", until=begin + timedelta(days=9))
    short = await store.stash.put("x", until=begin + timedelta(hours=1))
    await remember(store.calls, "old", "x")
    clock.forward(timedelta(days=2))
    await remember(store.calls, "new", "x")

    assert await store.calls.forget_before(begin + timedelta(days=1)) == 1

    assert await store.calls.find("old") is None
    assert await store.calls.find("new") == "x"
    assert await store.stash.get(key) == "x"
    assert await store.stash.get(short) is None
    again = await store.during("old").stash.put("x", until=begin + timedelta(days=9))
    assert again != key, "its step was forgotten too"


async def test_many_old_answers_go_in_small_portions(store: Store, clock: SetClock) -> None:
    await asyncio.gather(*(remember(store.calls, str(number), "x") for number in range(ROWS_AT_ONCE + 1)))
    clock.forward(timedelta(days=1))
    assert await store.calls.forget_before(clock.now()) == ROWS_AT_ONCE + 1


async def test_remembering_is_no_write_of_the_call(store: Store) -> None:
    view = store.during("c1")
    await remember(view.calls, "c1", "hello")
    assert view.wrote is False
